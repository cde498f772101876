import { error, fail } from '@sveltejs/kit';
import { answerQuiz } from '#lib/server/use-cases/answer-quiz.ts';
import { showVisualize } from '#lib/server/use-cases/show-visualize.ts';
import { readForm } from '../../../../../read-form.server.ts';
import { lessonIdOf } from '../exercise-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, learnerId } = event.locals;
  const found = await showVisualize(app, learnerId, lessonIdOf(event), wantedStep(event.url));
  if (found.kind === 'not-recorded') {
    error(
      404,
      'This program has not been recorded on this site, so there is nothing to watch yet.',
    );
  }
  if (found.kind === 'not-found') error(404, 'There is no program to watch in this lesson.');
  return found.shown;
};

/** Number of the step in the address, where steps are numbered from 1; the first where it names none. */
function wantedStep(url: URL): number {
  const named = url.searchParams.get('step') ?? '';
  return /^\d{1,6}$/.test(named) ? Number(named) - 1 : 0;
}

const notComplete = 'This form is not complete. Reload the page and try again.';

export const actions: Actions = {
  /** Fields: `question` and `option`, by their ids. It gives the question back, answered. */
  quiz: async (event) => {
    const form = await readForm(event.request);
    const [id, option] = [form.get('question'), form.get('option')];
    if (typeof id !== 'string') error(400, notComplete);
    if (option === null) return fail(422, { problem: 'Choose an option first.' });
    if (typeof option !== 'string') error(400, notComplete);
    const { app, learnerId } = event.locals;
    const lessonId = lessonIdOf(event);
    const question = await answerQuiz(app, { learnerId, lessonId, question: id, option });
    if (!question) error(404, 'There is no such question in this lesson.');
    return { question };
  },
};
