/** Proof of `choice`: every option's code, or every claim on one run. */
import type { ChoiceExercise, Finding, Lesson } from '#lib/domain/exercise.ts';
import { fillOption } from '#lib/domain/fillings.ts';
import type { Expectation } from '../../sandbox/port.ts';
import { brokenForAll, placeIn, type Case } from '../broken-parts.ts';
import { areExactly, expectFindings, outcomeOf, requestFor, runOne } from '../cases.ts';
import { observedSentence } from '../happened.ts';
import { held } from '../observe.ts';
import { brokenClaim, runClaims, type Claim } from './claims.ts';
import type { ExerciseBench, KindProof } from './kind.ts';

function areClaims(exercise: ChoiceExercise): boolean {
  return exercise.options.every((option) => option.holds !== null);
}

function runOptions(
  exercise: ChoiceExercise,
  lesson: Lesson,
  bench: ExerciseBench,
): Promise<Case[]> {
  const source = exercise.expect ?? '';
  const expectations: Expectation[] = [{ id: 'expect', kind: 'expect', source }];
  return Promise.all(
    exercise.options.map(async (option) => {
      const index = exercise.answers.indexOf(option.id);
      const program = fillOption(exercise.program, option.code ?? '');
      const request = requestFor(exercise, lesson, program);
      const observed = await runOne(bench, { request, expectations, patient: index !== -1 });
      return {
        answer: [option.id],
        declared: index === -1 ? 'wrong' : 'right',
        observed,
        expectation: 'expect',
        path: index === -1 ? 'answers' : `answers.${index}`,
      } satisfies Case;
    }),
  );
}

/** Every option as a claim on the one run. */
function claimsOf({ options, answers }: ChoiceExercise): Claim[] {
  return options.map(({ id, holds }, index) => ({
    ...{ id, holds: holds ?? '', path: `options.${index}.holds` },
    declared: answers.includes(id) ? 'right' : 'wrong',
  }));
}

function claimFindings(exercise: ChoiceExercise, cases: Case[]): Finding[] {
  const first = cases[0];
  if (!first) return [];
  const { outcome } = first.observed.evidence;
  const stopped = brokenForAll(exercise, cases);
  if (stopped) return [stopped];
  if (outcome !== 'finished') return [];
  return cases.flatMap((each) => claimFinding(exercise, each));
}

function claimFinding(exercise: ChoiceExercise, each: Case): Finding[] {
  const { answer, declared, observed, expectation, path } = each;
  const broken = brokenClaim(exercise, each);
  if (broken) return [broken];
  if (held(observed, expectation) === (declared === 'right')) return [];
  const id = answer[0]!;
  const index = exercise.answers.indexOf(id);
  return [
    declared === 'right'
      ? {
          ...placeIn(exercise, `answers.${index}`),
          expected: `the option \`${id}\`, declared right, to hold`,
          found: `it does not; ${observedSentence(observed)}`,
          fix: 'Take it out of `answers`, or mend what it claims.',
        }
      : {
          ...placeIn(exercise, path),
          expected: `the option \`${id}\`, not declared right, not to hold`,
          found: `it holds; ${observedSentence(observed)}`,
          fix: 'Declare it in `answers`, or let it claim something that is not so.',
        },
  ];
}

export const choiceProof: KindProof<ChoiceExercise> = {
  programsOf: (exercise) => (areClaims(exercise) ? 1 : exercise.options.length),
  prove: async (exercise, lesson, bench) =>
    areClaims(exercise)
      ? outcomeOf(exercise, await runClaims(exercise, lesson, bench, claimsOf(exercise)), (sound) =>
          claimFindings(exercise, sound),
        )
      : outcomeOf(exercise, await runOptions(exercise, lesson, bench), (sound, isComplete) =>
          expectFindings(exercise, sound, isComplete),
        ),
  isWhole: ({ options, answers }, locked) => {
    const wanted = options.map(({ id }): [string, 'right' | 'wrong'] => [
      JSON.stringify([id]),
      answers.includes(id) ? 'right' : 'wrong',
    ]);
    return areExactly(new Map(wanted), locked);
  },
};
