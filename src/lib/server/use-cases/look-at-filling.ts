import { findExercise, findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { HighlightCode } from '#lib/domain/present-evidence.ts';
import { currentRound } from '#lib/domain/present-exercise.ts';
import { mayLook, presentLook } from '#lib/domain/present-look.ts';
import type { LookView } from '#lib/domain/views.ts';
import type { Store } from '../store/port.ts';

export interface LookAtFillingDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectLatestRounds'>;
  highlight: HighlightCode;
}

export interface LookRequest {
  learnerId: string;
  lessonId: string;
  exerciseUid: string;
  /** Tokens by blank, or one option id; an empty string where nothing was chosen. */
  answer: string[];
}

/** `problem` is a sentence for the learner. */
export type LookResult =
  { kind: 'seen'; look: LookView } | { kind: 'problem'; problem: string } | { kind: 'not-found' };

/**
 * Shows what a filling or an option did when it was run. Uses no attempt and keeps nothing.
 * Which round the learner's page was of does not matter: only the round that is kept can allow it.
 */
export async function lookAtFilling(
  deps: LookAtFillingDeps,
  request: LookRequest,
): Promise<LookResult> {
  const lesson = findLesson(deps.catalogue, request.lessonId);
  const served = lesson && findExercise(lesson, request.exerciseUid);
  if (!served) return { kind: 'not-found' };
  const { exercise } = served;
  const rounds = await deps.store.selectLatestRounds(request.learnerId, [exercise.uid]);
  if (!mayLook(exercise, currentRound(exercise, rounds.get(exercise.uid)))) {
    return { kind: 'problem', problem: 'Answer once in this round first. Then you can look.' };
  }
  if (request.answer.includes('')) {
    const missing = exercise.kind === 'blanks' ? 'Fill every blank' : 'Choose an option';
    return { kind: 'problem', problem: `${missing} first, to see what it does.` };
  }
  const look = presentLook(served, request.answer, deps.highlight);
  return look
    ? { kind: 'seen', look }
    : { kind: 'problem', problem: 'That is not one of the answers this exercise offers.' };
}
