import { findExercise, findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { hintCount } from '#lib/domain/recall.ts';
import type { Store } from '../store/port.ts';

export interface AskForHelpDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'showHint' | 'endRound' | 'startRound'>;
  now: () => Date;
}

/** `hint`: one hint more. `show`: the answer, which ends the round. `again`: a new round. */
export type HelpWanted = 'hint' | 'show' | 'again';

export interface HelpRequest {
  learnerId: string;
  lessonId: string;
  exerciseUid: string;
  /** The round the learner saw; for `again`, the one that is over. */
  round: number;
  /** How many hints the learner saw when asking. */
  hintsShown: number;
  wanted: HelpWanted;
}

/** @returns False when there is no such exercise to be shown. */
export async function askForHelp(deps: AskForHelpDeps, request: HelpRequest): Promise<boolean> {
  const lesson = findLesson(deps.catalogue, request.lessonId);
  const served = lesson && findExercise(lesson, request.exerciseUid);
  if (!served) return false;
  const { exercise } = served;
  // Of what one recalls there is the answer to be asked for, as a hint, and nothing more to be shown.
  if (exercise.kind === 'recall' && request.wanted === 'show') return false;
  const ref = {
    learnerId: request.learnerId,
    exerciseUid: exercise.uid,
    contentVersion: exercise.contentVersion,
    round: request.round,
    at: deps.now().toISOString(),
  };
  if (request.wanted === 'hint') {
    await deps.store.showHint(ref, Math.min(request.hintsShown + 1, hintCount(exercise)));
  }
  if (request.wanted === 'show') await deps.store.endRound(ref, 'shown');
  if (request.wanted === 'again') await deps.store.startRound({ ...ref, round: ref.round + 1 });
  return true;
}
