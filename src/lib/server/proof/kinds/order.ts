/** Proof of `order`: every order is run, or so many as can be. */
import { arrangedText, distractorsIn, programWith, toAnswer } from '#lib/domain/arrangement.ts';
import { arrangementsToRun } from '#lib/domain/choose-arrangements.ts';
import type { Finding, Lesson, OrderExercise, PlacedLine } from '#lib/domain/exercise.ts';
import type { Expectation } from '../../sandbox/port.ts';
import { placeIn, type Case } from '../broken-parts.ts';
import { expectFindings, notAlike, outcomeOf, requestFor, runOne } from '../cases.ts';
import { observedSentence, whatHappened } from '../happened.ts';
import { agrees, held } from '../observe.ts';
import type { ExerciseBench, KindProof } from './kind.ts';

/** An order that was run, and what its author says of it; null: nothing, the run decides. */
interface OrderCase extends Case {
  claimed: 'right' | 'wrong' | null;
}

/** What is claimed of an arrangement. @param index - Among those to run: the declared ones come first. */
function claimOf(
  exercise: OrderExercise,
  placed: readonly PlacedLine[],
  index: number,
): OrderCase['claimed'] {
  if (index < exercise.orders.length) return 'right';
  return distractorsIn(exercise, placed).length > 0 ? 'wrong' : null;
}

/** Where in the file an arrangement is spoken of. */
function pathOf(exercise: OrderExercise, placed: readonly PlacedLine[], index: number): string {
  if (index > 0 && index < exercise.orders.length) return `orders.${index - 1}`;
  const [first] = distractorsIn(exercise, placed);
  return first ? `distractors.${exercise.distractors.indexOf(first)}` : 'lines';
}

function runOrders(
  exercise: OrderExercise,
  lesson: Lesson,
  bench: ExerciseBench,
  chosen: PlacedLine[][],
): Promise<OrderCase[]> {
  const expectations: Expectation[] = [{ id: 'expect', kind: 'expect', source: exercise.expect }];
  return Promise.all(
    chosen.map(async (placed, index) => {
      const request = requestFor(exercise, lesson, programWith(exercise, placed));
      const claimed = claimOf(exercise, placed, index);
      const patient = claimed === 'right';
      const observed = await runOne(bench, { request, expectations, patient });
      return {
        answer: toAnswer(placed),
        said: arrangedText(exercise, placed).join(' / '),
        claimed,
        declared: claimed ?? (held(observed, 'expect') ? 'right' : 'wrong'),
        ...{ observed, expectation: 'expect', path: pathOf(exercise, placed, index) },
      };
    }),
  );
}

function orderFindings(exercise: OrderExercise, cases: readonly OrderCase[]): Finding[] {
  const unlike = cases.find(({ observed }) => !agrees(observed, 'expect'));
  return [
    ...(unlike ? [notAlike(exercise, unlike)] : []),
    ...cases.flatMap((each) => failing(exercise, each)),
    ...passingDistractors(exercise, cases),
  ];
}

function failing(exercise: OrderExercise, { claimed, observed, path }: OrderCase): Finding[] {
  if (claimed !== 'right' || !agrees(observed, 'expect') || held(observed, 'expect')) return [];
  return [
    {
      ...placeIn(exercise, path),
      expected: 'this order, declared right, to satisfy the expectation',
      found: whatHappened(observed, 'expect'),
      fix: 'Mend the order, or the program, the drive or the expectation.',
    },
  ];
}

/** One finding for each distractor that does no harm: the program works with it in the place of a line. */
function passingDistractors(exercise: OrderExercise, cases: readonly OrderCase[]): Finding[] {
  const passing = cases.filter(
    ({ claimed, observed }) => claimed === 'wrong' && held(observed, 'expect'),
  );
  return exercise.distractors.flatMap(({ text }, index) => {
    const first = passing.find(({ path }) => path === `distractors.${index}`);
    return first
      ? [
          {
            ...placeIn(exercise, first.path),
            expected: `no order with \`${text}\` in it to satisfy the expectation`,
            found: `\`${first.said}\` did; ${observedSentence(first.observed)}`,
            fix: 'Sharpen the expectation so that it fails, or choose another line.',
          },
        ]
      : [];
  });
}

export const orderProof: KindProof<OrderExercise> = {
  programsOf: (exercise) => arrangementsToRun(exercise).chosen.length,
  prove: async (exercise, lesson, bench) => {
    const { chosen, possible } = arrangementsToRun(exercise);
    const cases = await runOrders(exercise, lesson, bench, chosen);
    const outcome = outcomeOf(exercise, cases, (sound, isComplete) =>
      expectFindings(exercise, sound, isComplete, (each) => orderFindings(exercise, each)),
    );
    return { ...outcome, possible: possible > chosen.length ? possible : null };
  },
  isWhole: (exercise, locked) => {
    const found = new Map(locked.map(({ answer, declared }) => [JSON.stringify(answer), declared]));
    const { chosen } = arrangementsToRun(exercise);
    return (
      locked.length === chosen.length &&
      chosen.every((placed, index) => {
        const declared = found.get(JSON.stringify(toAnswer(placed)));
        return (
          declared !== undefined && declared === (claimOf(exercise, placed, index) ?? declared)
        );
      })
    );
  },
};
