/** All of a learner's answers as a table, one row for each, as they can read it. */
import { answerInWords } from '../answer-words.ts';
import { findExercise, type ServedCatalogue, type ServedExercise } from '../catalogue.ts';
import type { Exercise, Lesson } from '../exercise.ts';
import { offeredOutputs } from '../outputs.ts';
import type { SittingAnswer } from '../sitting.ts';
import { inTextOrder } from '../text-order.ts';
import type { TellableLearner, TellableRound, TellableSitting } from './exported-learner.ts';

const columns = [
  ...['when', 'lesson', 'mode', 'exercise', 'uid', 'kind', 'difficulty', 'round', 'attempt'],
  ...['verdict', 'help', 'answer'],
];

interface Answer {
  exerciseUid: string;
  /** ISO date and time. */
  at: string;
  /** Of the exercise; null: it was asked in a Test, which has none. */
  round: number | null;
  attempt: number;
  verdict: SittingAnswer['verdict'] | null;
  /** Number of hints shown before it. */
  helpUsed: number;
  answer: string[];
}

interface Known {
  lesson: Lesson;
  exercise: Exercise;
  /** Undefined: it is not served, since it is not proven. */
  served: ServedExercise | undefined;
}

/**
 * @returns The names of the columns, then the answers, oldest first. What a lesson does not have any more has neither
 * title nor words.
 */
export function answerTable(catalogue: ServedCatalogue, learner: TellableLearner): string[][] {
  const known = exercisesOf(catalogue);
  const answers = [
    ...learner.rounds.flatMap(answersOfRound),
    ...learner.sittings.flatMap(answersOfSitting),
  ];
  const inOrder = answers.toSorted((a, b) => inTextOrder(a.at, b.at));
  return [columns, ...inOrder.map((answer) => rowOf(answer, known.get(answer.exerciseUid)))];
}

function answersOfRound({ exerciseUid, number, attempts }: TellableRound): Answer[] {
  return attempts.map(({ at, number: attempt, verdict, helpUsed, answer }) => ({
    ...{ exerciseUid, at, round: number, attempt, verdict, helpUsed, answer },
  }));
}

function answersOfSitting({ items }: TellableSitting): Answer[] {
  return items.flatMap(({ exerciseUid, answered }) => {
    if (!answered) return [];
    const { at, verdict, answer } = answered;
    return [{ exerciseUid, at, round: null, attempt: 1, verdict, helpUsed: 0, answer }];
  });
}

function rowOf(given: Answer, known: Known | undefined): string[] {
  const { exercise, lesson } = known ?? {};
  return [
    ...[given.at, lesson?.title ?? '', exercise?.pool ?? (given.round === null ? 'test' : '')],
    ...[exercise?.title ?? '', given.exerciseUid, exercise?.kind ?? ''],
    ...[exercise?.difficulty ?? '', String(given.round ?? ''), String(given.attempt)],
    ...[given.verdict ?? 'not told yet', String(given.helpUsed)],
    (known ? inWords(known, given.answer) : given.answer).join('\n'),
  ];
}

/** What was chosen, as it was read; right or wrong may make no difference to that, since it is not told of all. */
function inWords({ exercise, served }: Known, answer: string[]): string[] {
  switch (exercise.kind) {
    case 'choice':
      return answer.map((id) => exercise.options.find((each) => each.id === id)?.text || id);
    case 'predict': {
      const offered =
        served && exercise.ask === 'choose' ? offeredOutputs(exercise, served.proof) : [];
      return answer.map((id) => offered.find((each) => each.id === id)?.output ?? id);
    }
    default:
      return answerInWords(exercise, answer);
  }
}

function exercisesOf({ lessons }: ServedCatalogue): Map<string, Known> {
  const known = new Map<string, Known>();
  for (const served of lessons) {
    for (const exercise of served.lesson.exercises) {
      const { lesson } = served;
      known.set(exercise.uid, { lesson, exercise, served: findExercise(served, exercise.uid) });
    }
  }
  return known;
}
