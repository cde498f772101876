/** Runs all of an exercise's answers, right and wrong, and compares with what its author declared. */
import type {
  BlanksExercise,
  ChoiceExercise,
  Exercise,
  Finding,
  Lesson,
} from '#lib/domain/exercise.ts';
import {
  allFillings,
  fillOption,
  fillProgram,
  isDeclaredRight,
  sameAnswer,
} from '#lib/domain/fillings.ts';
import type { ExerciseProof, ProofStatus, ProvenAnswer } from '#lib/domain/proof.ts';
import type { Expectation, RunRequest } from '../sandbox/port.ts';
import {
  brokenExpectation,
  brokenForAll,
  judgesNothing,
  lessonFile,
  placeIn,
  stoppedRows,
  type Case,
} from './broken-parts.ts';
import { errorSentence, whatHappened, observedSentence } from './happened.ts';
import { agrees, held, observe, type Asked, type Bench, type Observed } from './observe.ts';

/** The same for every run, so that a program that asks for chance gets the same each time. */
const seed = 1;

export interface ExerciseBench extends Bench {
  /** Waits for its turn, then does the job. */
  inTurn<T>(job: () => Promise<T>): Promise<T>;
  /** ISO date and time. */
  now(): string;
  /** Called when one of the exercise's programs has been run and judged. */
  onRun(): void;
}

/** How many programs an exercise has to run, repetitions not counted. */
export function programsOf(exercise: Exercise): number {
  if (exercise.kind === 'blanks') return exercise.bank.length ** exercise.blanks;
  if (exercise.kind !== 'choice') return 0;
  return areClaims(exercise) ? 1 : exercise.options.length;
}

function areClaims(exercise: ChoiceExercise): boolean {
  return exercise.options.every((option) => option.holds !== null);
}

/** Proves an exercise by running it. Host trouble makes it unproven, never refuted. */
export async function proveExercise(
  exercise: Exercise,
  lesson: Lesson,
  bench: ExerciseBench,
): Promise<ExerciseProof> {
  if (lesson.runtime !== bench.runtime.name) return otherRuntime(exercise, lesson, bench);
  if (exercise.kind !== 'blanks' && exercise.kind !== 'choice') {
    return proofOf(exercise, bench, 'unproven', [], []);
  }
  const cases =
    exercise.kind === 'blanks'
      ? await runFillings(exercise, lesson, bench)
      : areClaims(exercise)
        ? await runClaims(exercise, lesson, bench)
        : await runOptions(exercise, lesson, bench);
  const trouble = hostTrouble(exercise, cases);
  const sound = cases.filter((each) => each.observed.trouble === null);
  const refuting =
    exercise.kind === 'choice' && areClaims(exercise)
      ? claimFindings(exercise, sound)
      : expectFindings(exercise, sound, trouble === null);
  const status = refuting.length > 0 ? 'refuted' : trouble ? 'unproven' : 'proven';
  return proofOf(exercise, bench, status, [...refuting, ...(trouble ? [trouble] : [])], cases);
}

function proofOf(
  exercise: Exercise,
  bench: Pick<ExerciseBench, 'runtime' | 'now'>,
  status: ProofStatus,
  findings: Finding[],
  cases: Case[],
): ExerciseProof {
  const sets = new Set(cases.map((each) => each.observed));
  return {
    uid: exercise.uid,
    id: exercise.id,
    kind: exercise.kind,
    status,
    findings,
    answers: cases.map(toProvenAnswer),
    contentVersion: exercise.contentVersion,
    possible: null,
    runs: [...sets].reduce((sum, observed) => sum + observed.runs, 0),
    versions: bench.runtime.versions,
    provenAt: bench.now(),
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

function otherRuntime(exercise: Exercise, lesson: Lesson, bench: ExerciseBench): ExerciseProof {
  const finding: Finding = {
    file: lessonFile(exercise, 'lesson.yaml'),
    line: 1,
    expected: `the runtime \`${bench.runtime.name}\``,
    found: `\`${lesson.runtime}\``,
    fix: 'Name a runtime that is installed; `assay doctor` lists them.',
  };
  return proofOf(exercise, bench, 'refuted', [finding], []);
}

function requestFor(exercise: Exercise, lesson: Lesson, program: string): RunRequest {
  const { serve, drive } = exercise;
  const { runtime, rows, apps } = lesson;
  return { runtime, program, serve, drive, rows, apps, seed };
}

async function runOne(bench: ExerciseBench, asked: Asked): Promise<Observed> {
  const observed = await bench.inTurn(() => observe(bench, asked));
  bench.onRun();
  return observed;
}

function runFillings(
  exercise: BlanksExercise,
  lesson: Lesson,
  bench: ExerciseBench,
): Promise<Case[]> {
  const expectations: Expectation[] = [{ id: 'expect', kind: 'expect', source: exercise.expect }];
  return Promise.all(
    allFillings(exercise.bank, exercise.blanks).map(async (answer) => {
      const right = isDeclaredRight(exercise.answers, answer);
      const index = exercise.answers.findIndex((each) => sameAnswer(each, answer));
      const request = requestFor(exercise, lesson, fillProgram(exercise.program, answer));
      const observed = await runOne(bench, { request, expectations, patient: right });
      const declared = right ? 'right' : 'wrong';
      const path = right ? `answers.${index}` : 'answers';
      return { answer, declared, observed, expectation: 'expect', path } satisfies Case;
    }),
  );
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

async function runClaims(
  exercise: ChoiceExercise,
  lesson: Lesson,
  bench: ExerciseBench,
): Promise<Case[]> {
  const expectations = exercise.options.map(({ id, holds }): Expectation => ({
    id,
    kind: 'holds',
    source: holds ?? '',
  }));
  const request = requestFor(exercise, lesson, exercise.program);
  const observed = await runOne(bench, { request, expectations, patient: true });
  return exercise.options.map(({ id }, index) => ({
    answer: [id],
    declared: exercise.answers.includes(id) ? 'right' : 'wrong',
    observed,
    expectation: id,
    path: `options.${index}.holds`,
  }));
}

/** One finding for all runs that say nothing because the host could not make them. */
function hostTrouble(exercise: Exercise, cases: Case[]): Finding | null {
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

function expectFindings(exercise: Exercise, cases: Case[], complete: boolean): Finding[] {
  const broken = brokenExpectation(exercise, 'expect', cases);
  if (broken) return [broken];
  // "All" and "none" can be said only when every answer was run.
  const whole = complete ? (brokenForAll(exercise, cases) ?? judgesNothing(exercise, cases)) : null;
  if (whole) return [whole];
  return cases.flatMap((each) => caseFindings(exercise, each));
}

function caseFindings(exercise: Exercise, each: Case): Finding[] {
  const { answer, declared, observed, expectation, path } = each;
  const said = `\`${answer.join(', ')}\``;
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

function notAlike(exercise: Exercise, { answer, observed, expectation, path }: Case): Finding {
  const rounds = observed.judged.length;
  const times = observed.judged.filter(
    ({ outcome, judgements }) =>
      outcome === 'finished' && judgements.get(expectation)?.holds === true,
  ).length;
  return {
    ...placeIn(exercise, path),
    expected: `\`${answer.join(', ')}\` to be judged the same each time`,
    found: `not the same each time: it held in ${times} of ${rounds} runs`,
    fix: 'Let the waits in the program be longer, or claim only what does not depend on chance.',
  };
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
  const broken = brokenExpectation(exercise, path, [each]);
  if (broken) return [broken];
  const error = observed.judged[0]?.judgements.get(expectation)?.error;
  if (error && error.type !== 'AssertionError') {
    return [
      {
        ...placeIn(exercise, path),
        expected: 'an expression that can be evaluated on what was observed',
        found: `${errorSentence(error)}; ${observedSentence(observed)}`,
        fix: 'Mend the expression.',
      },
    ];
  }
  if (!agrees(observed, expectation)) return [notAlike(exercise, each)];
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
