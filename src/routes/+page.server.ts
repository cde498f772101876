import { showCatalogue } from '#lib/server/use-cases/show-lesson.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  catalogue: await showCatalogue(locals.app, locals.learnerId),
});
