import { markOf } from './badge.ts';
import type { ServedExercise } from './catalogue.ts';
import { evidenceSentence } from './evidence-sentence.ts';
import { lookUp } from './look-up.ts';
import type { Attempt, Round } from './round.ts';
import type { BadgeView, MarkView } from './views.ts';

/**
 * A challenge's badge, and what stands behind each of its marks.
 * @param rounds - All of the learner's rounds by exercise, oldest first.
 */
export function presentBadge(
  served: readonly ServedExercise[],
  rounds: ReadonlyMap<string, readonly Round[]>,
): BadgeView {
  const marks = served.map((each) => presentMark(each, rounds.get(each.exercise.uid) ?? []));
  return { marks, isWhole: marks.length > 0 && marks.every(({ earned }) => earned !== null) };
}

function presentMark(served: ServedExercise, rounds: readonly Round[]): MarkView {
  const { uid, id, title, kind } = served.exercise;
  const mark = markOf(rounds);
  const shared = { uid, anchor: id, title, kind, isShown: mark.standing === 'shown' };
  if (mark.standing !== 'earned') return { ...shared, earned: null };
  const { round, attempt } = mark;
  const isPresent = round.contentVersion === served.exercise.contentVersion;
  return {
    ...shared,
    earned: {
      round: round.number,
      attempt: attempt.number,
      at: attempt.at,
      sentence: sentenceOf(served, attempt, isPresent),
    },
  };
}

/** What the answer did; null where it was looked up in a proof that is gone. */
function sentenceOf(
  { exercise, proof }: ServedExercise,
  { answer, judged }: Attempt,
  isPresent: boolean,
): string | null {
  if (judged) return evidenceSentence(judged.evidence, judged.versions);
  const proven = isPresent ? lookUp(exercise, proof, answer) : undefined;
  return proven ? evidenceSentence(proven.evidence, proof.versions) : null;
}
