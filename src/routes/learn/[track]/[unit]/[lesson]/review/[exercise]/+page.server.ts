import { error } from '@sveltejs/kit';
import { showLesson } from '#lib/server/use-cases/show-lesson.ts';
import { loadReviewed, reviewActions } from '../../../../../../review/review-page.server.ts';
import { lessonIdOf, type LessonEvent } from '../../exercise-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const lessonId = lessonIdOf(event);
  const lesson = await showLesson(event.locals.app, event.locals.learnerId, lessonId);
  if (!lesson) error(404, 'There is no such lesson here.');
  return { lesson, ...(await loadReviewed(event, lessonId, event.params.exercise)) };
};

export const actions: Actions = reviewActions<LessonEvent>(lessonIdOf);
