/**
 * What a learner is told of an answer of theirs: what happened when it was run, and what its author has to
 * say of it. Nothing here is said of any other answer.
 */
import { distractorsIn, toArrangement } from './arrangement.ts';
import type { ServedExercise } from './catalogue.ts';
import type { Exercise } from './exercise.ts';
import { agreeingBlanks, misconceptionFor } from './fillings.ts';
import { lookUp } from './look-up.ts';
import { believedOutput } from './outputs.ts';
import { presentEvidence, presentJudged, type HighlightCode } from './present-evidence.ts';
import { toProse } from './prose.ts';
import type { Attempt } from './round.ts';
import type { AttemptView } from './views.ts';

/** The reasons of the author; a right filling or program speaks for itself, and its steps follow. */
function reasonsOf(exercise: Exercise, { answer, verdict, judged }: Attempt): string[] {
  if (exercise.kind === 'choice') {
    return exercise.options.filter(({ id }) => id === answer[0]).map(({ why }) => why);
  }
  if (verdict === 'right') return [];
  switch (exercise.kind) {
    case 'blanks':
      return [misconceptionFor(exercise, answer)?.says ?? []].flat();
    case 'predict':
      return [believedOutput(exercise, answer)?.why ?? []].flat();
    case 'order': {
      const placed = toArrangement(exercise, answer);
      return placed ? distractorsIn(exercise, placed).map(({ why }) => why) : [];
    }
    case 'fix':
    case 'write':
      return [judged?.says ?? []].flat();
    case 'recall':
      return [];
  }
}

function evidenceOf(
  served: ServedExercise,
  { answer, judged }: Attempt,
  isOver: boolean,
  highlight: HighlightCode,
): Pick<AttemptView, 'evidence' | 'unshown'> {
  const { exercise, proof } = served;
  // What the program of a prediction printed is the key.
  if (exercise.kind === 'predict' && !isOver) return { evidence: null, unshown: 'withheld' };
  if (judged) {
    return { evidence: presentJudged(exercise, answer, judged, highlight), unshown: null };
  }
  const proven = lookUp(exercise, proof, answer);
  if (!proven && exercise.kind === 'recall') return { evidence: null, unshown: null };
  return proven
    ? { evidence: presentEvidence(served, proven, highlight), unshown: null }
    : { evidence: null, unshown: 'changed' };
}

/** @param isOver - Whether the round is, so that its solution is shown. */
export function presentAttempt(
  served: ServedExercise,
  attempt: Attempt,
  isOver: boolean,
  highlight: HighlightCode,
): AttemptView {
  const { exercise } = served;
  const { number, answer, verdict, judged } = attempt;
  const failed = judged?.failed ?? null;
  return {
    ...{ number, answer, verdict },
    rightBlanks: exercise.kind === 'blanks' ? agreeingBlanks(exercise.answers, answer) : [],
    says: reasonsOf(exercise, attempt).map(toProse),
    unmet: judged?.unmet ? toProse(judged.unmet) : null,
    brokenStep: failed === 'own' ? null : failed,
    ...evidenceOf(served, attempt, isOver, highlight),
  };
}
