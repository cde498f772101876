import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, setHeaders }) => {
  // A page shows one learner's own state: no shared cache may keep it.
  setHeaders({ 'cache-control': 'private, no-cache' });
  const authoring = locals.app.authoring?.view();
  return { execution: locals.app.execution(), ...(authoring ? { authoring } : {}) };
};
