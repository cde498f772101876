import { error } from '@sveltejs/kit';
import { showLesson } from '#lib/server/use-cases/show-lesson.ts';
import { loadReview } from '../../../../../review/review-page.server.ts';
import { lessonIdOf } from '../exercise-actions.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const lessonId = lessonIdOf(event);
  const lesson = await showLesson(event.locals.app, event.locals.learnerId, lessonId);
  if (!lesson?.modes.some(({ mode }) => mode === 'review'))
    error(404, 'There is no review in this lesson.');
  return { lesson, ...(await loadReview(event, lessonId)) };
};
