import { showCatalogue } from '#lib/server/use-cases/show-lesson.ts';
import { showStrengths } from '#lib/server/use-cases/show-strength.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const [catalogue, strengths] = await Promise.all([
    showCatalogue(locals.app, locals.learnerId),
    showStrengths(locals.app, locals),
  ]);
  return { catalogue, strengths };
};
