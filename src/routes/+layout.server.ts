import type { DueView } from '#lib/domain/review/due-view.ts';
import { countDue } from '#lib/server/use-cases/show-review.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, setHeaders }) => {
  // A page shows one learner's own state: no shared cache may keep it.
  setHeaders({ 'cache-control': 'private, no-cache' });
  const authoring = locals.app.authoring?.view();
  return {
    execution: locals.app.execution(),
    account: locals.account,
    due: await findDue(locals),
    ...(authoring ? { authoring } : {}),
  };
};

/** Null: nobody who has done anything yet, or it cannot be read; no page is lost by that. */
async function findDue(locals: App.Locals): Promise<DueView | null> {
  if (locals.isNewLearner) return null;
  try {
    return await countDue(locals.app, locals);
  } catch (error) {
    locals.app.log.warn({ err: error }, 'what is due could not be read');
    return null;
  }
}
