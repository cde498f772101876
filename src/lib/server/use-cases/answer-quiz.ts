import { findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { presentQuestion } from '#lib/domain/present-visualize.ts';
import type { QuestionView } from '#lib/domain/visualize-view.ts';
import type { Store } from '../store/port.ts';

export interface AnswerQuizDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'recordQuizRight' | 'selectQuizRights' | 'finishMode'>;
  now: () => Date;
}

export interface GivenAnswer {
  learnerId: string;
  lessonId: string;
  question: string;
  option: string;
}

/**
 * Answers a question about a lesson's recorded program. A right answer is kept; with the last one the mode is done.
 * Wrong ones are told and not kept: one may try again.
 * @returns The question with this answer; null when there is no such question, or no such option of it.
 */
export async function answerQuiz(
  { catalogue, store, now }: AnswerQuizDeps,
  { learnerId, lessonId, question, option }: GivenAnswer,
): Promise<QuestionView | null> {
  const served = findLesson(catalogue, lessonId)?.visualize;
  const asked = served?.visualize.quiz.find(({ id }) => id === question);
  if (!served || !asked) return null;
  const answered = presentQuestion(asked, served.proof, learnerId, option);
  const [answer] = answered.answers;
  if (!answer) return null;
  if (answer.verdict === 'wrong') return answered;
  const at = now().toISOString();
  await store.recordQuizRight({ learnerId, lessonId, question, at });
  const rights = await store.selectQuizRights(learnerId, lessonId);
  const isDone = served.visualize.quiz.every(({ id }) =>
    rights.some((each) => each.question === id),
  );
  if (isDone) await store.finishMode({ learnerId, lessonId, mode: 'visualize', at });
  return answered;
}
