/** Proof of `recall`: the program is run, and each point that says what it does must hold. */
import type { Finding, RecallExercise } from '#lib/domain/exercise.ts';
import { brokenForAll, placeIn, type Case } from '../broken-parts.ts';
import { areExactly, outcomeOf } from '../cases.ts';
import { observedSentence } from '../happened.ts';
import { held } from '../observe.ts';
import { brokenClaim, runClaims, type Claim } from './claims.ts';
import type { KindProof, ProofOutcome } from './kind.ts';

/** Where it states no fact there is nothing to be run, and nothing is said to have been. */
const nothingToRun: ProofOutcome = {
  ...{ answers: [], refuting: [], trouble: null, runs: 0, possible: null },
};

/** The points that a run has to bear out. */
function claimsOf({ rubric }: RecallExercise): Claim[] {
  return rubric.flatMap(({ id, holds }, index): Claim[] =>
    holds === null ? [] : [{ id, holds, declared: 'right', path: `rubric.${index}.holds` }],
  );
}

function pointFinding(exercise: RecallExercise, each: Case): Finding[] {
  const { answer, observed, expectation, path } = each;
  const broken = brokenClaim(exercise, each);
  if (broken) return [broken];
  if (held(observed, expectation)) return [];
  return [
    {
      ...placeIn(exercise, path),
      expected: `the point \`${answer[0]}\` to hold`,
      found: `it does not; ${observedSentence(observed)}`,
      fix: 'Mend what the point and the answer say, or the program and its drive.',
    },
  ];
}

function findingsOf(exercise: RecallExercise, sound: Case[]): Finding[] {
  const stopped = brokenForAll(exercise, sound);
  if (stopped) return [stopped];
  return sound.flatMap((each) => pointFinding(exercise, each));
}

export const recallProof: KindProof<RecallExercise> = {
  programsOf: ({ program }) => (program === '' ? 0 : 1),
  prove: async (exercise, lesson, bench) => {
    if (exercise.program === '') return nothingToRun;
    const cases = await runClaims(exercise, lesson, bench, claimsOf(exercise));
    return outcomeOf(exercise, cases, (sound) => findingsOf(exercise, sound));
  },
  isWhole: (exercise, locked) =>
    areExactly(
      new Map(claimsOf(exercise).map(({ id }) => [JSON.stringify([id]), 'right'])),
      locked,
    ),
};
