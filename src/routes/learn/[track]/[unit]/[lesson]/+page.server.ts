import { error } from '@sveltejs/kit';
import { showLesson } from '#lib/server/use-cases/show-lesson.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const id = `${params.track}/${params.unit}/${params.lesson}`;
  const lesson = await showLesson(locals.app, locals.learnerId, id);
  if (!lesson) error(404, 'There is no such lesson here.');
  return { lesson };
};
