import { listAuthoredLessons } from '#lib/server/use-cases/show-items.ts';
import { authorOnly } from './author-only.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  authorOnly(locals);
  return { lessons: await listAuthoredLessons(locals.app) };
};
