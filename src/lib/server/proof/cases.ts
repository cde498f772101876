/** Answers that one expectation each judges: how they are run, and what is found of them all. */
import type { Exercise, Finding, Lesson } from '#lib/domain/exercise.ts';
import type { ProvenAnswer } from '#lib/domain/proof.ts';
import type { RunRequest } from '../sandbox/port.ts';
import {
  brokenExpectation,
  brokenForAll,
  judgesNothing,
  placeIn,
  saidOf,
  stoppedRows,
  type Case,
} from './broken-parts.ts';
import { observedSentence, whatHappened } from './happened.ts';
import type { ExerciseBench, LockedAnswer, ProofOutcome } from './kinds/kind.ts';
import { agrees, held, observe, type Asked, type Observed } from './observe.ts';

/** The same for every run, so that a program that asks for chance gets the same each time. */
const seed = 1;

/** A program of an exercise, with what the exercise and its lesson say of how it is run. */
export function requestFor(exercise: Exercise, lesson: Lesson, program: string): RunRequest {
  const { serve, drive } = exercise;
  const { runtime, rows, apps } = lesson;
  return { runtime, program, serve, drive, rows, apps, seed };
}

/** Runs and judges in its turn. */
export async function runOne(bench: ExerciseBench, asked: Asked): Promise<Observed> {
  const observed = await bench.inTurn(() => observe(bench, asked));
  bench.onRun();
  return observed;
}

/** What cases come to, and what was found of those that could be run. */
export function outcomeOf<Each extends Case>(
  exercise: Exercise,
  cases: readonly Each[],
  findingsOf: (sound: Each[], isComplete: boolean) => Finding[],
): ProofOutcome {
  const trouble = hostTrouble(exercise, cases);
  const sound = cases.filter((each) => each.observed.trouble === null);
  const sets = new Set(cases.map((each) => each.observed));
  return {
    answers: cases.map(toProvenAnswer),
    refuting: findingsOf(sound, trouble === null),
    trouble,
    runs: [...sets].reduce((sum, observed) => sum + observed.runs, 0),
    possible: null,
  };
}

function toProvenAnswer({ answer, declared, observed, expectation }: Case): ProvenAnswer {
  const { evidence } = observed;
  return {
    answer,
    declared,
    observed: held(observed, expectation) ? 'right' : 'wrong',
    outcome: evidence.outcome,
    error: evidence.error,
    evidence,
  };
}

/** One finding for all runs that say nothing because the host could not make them. */
export function hostTrouble(
  exercise: Exercise,
  cases: readonly Pick<Case, 'observed'>[],
): Finding | null {
  const troubled = cases.filter((each) => each.observed.trouble !== null);
  if (troubled.length === 0) return null;
  const rows = stoppedRows(exercise, troubled[0]!.observed);
  if (rows) return rows;
  return {
    ...placeIn(exercise, ''),
    expected: `all ${cases.length} answers run`,
    found: `${troubled.length} not: ${troubled[0]!.observed.trouble}`,
    fix: 'This says nothing of the exercise. Try again; `assay doctor` says what the host lacks.',
  };
}

/**
 * What is found of answers that all have the one expectation of their exercise.
 * @param findingsOf - What is found of them one by one, when there is nothing wrong with all of them.
 */
export function expectFindings<Each extends Case>(
  exercise: Exercise,
  cases: Each[],
  complete: boolean,
  findingsOf = (each: Each[]): Finding[] => each.flatMap((one) => caseFindings(exercise, one)),
): Finding[] {
  const broken = brokenExpectation(exercise, 'expect', cases);
  if (broken) return [broken];
  // "All" and "none" can be said only when every answer was run.
  const whole = complete ? (brokenForAll(exercise, cases) ?? judgesNothing(exercise, cases)) : null;
  if (whole) return [whole];
  return findingsOf(cases);
}

function caseFindings(exercise: Exercise, each: Case): Finding[] {
  const { declared, observed, expectation, path } = each;
  const said = saidOf(each);
  if (!agrees(observed, expectation)) return [notAlike(exercise, each)];
  if (held(observed, expectation) === (declared === 'right')) return [];
  if (declared === 'right') {
    return [
      {
        ...placeIn(exercise, path),
        expected: `${said}, declared right, to satisfy the expectation`,
        found: whatHappened(observed, expectation),
        fix: 'Take it out of `answers`, or mend the program, the drive or the expectation.',
      },
    ];
  }
  return [
    {
      ...placeIn(exercise, path),
      expected: `${said}, not declared right, to fail`,
      found: `it satisfied the expectation; ${observedSentence(observed)}`,
      fix: 'Declare it in `answers`, or sharpen the exercise so that it fails.',
    },
  ];
}

/** The finding for an answer that is judged now so, now otherwise. */
export function notAlike(exercise: Exercise, each: Case): Finding {
  const { observed, expectation, path } = each;
  const rounds = observed.judged.length;
  const times = observed.judged.filter(
    ({ outcome, judgements }) =>
      outcome === 'finished' && judgements.get(expectation)?.holds === true,
  ).length;
  return {
    ...placeIn(exercise, path),
    expected: `${saidOf(each)} to be judged the same each time`,
    found: `not the same each time: it held in ${times} of ${rounds} runs`,
    fix: 'Let the waits in the program be longer, or claim only what does not depend on chance.',
  };
}

/** Whether a lock's answers are exactly these. @param wanted - By the answer as JSON. */
export function areExactly(
  wanted: ReadonlyMap<string, 'right' | 'wrong'>,
  locked: readonly LockedAnswer[],
): boolean {
  const found = new Map(locked.map(({ answer, declared }) => [JSON.stringify(answer), declared]));
  return (
    locked.length === wanted.size &&
    [...wanted].every(([answer, declared]) => found.get(answer) === declared)
  );
}
