/**
 * Runs a program of files and has each check of its exercise judge it: by the same code when an exercise is
 * proven and when a learner answers it.
 */
import type { Check, CodeExercise, Lesson, ProgramFiles } from '#lib/domain/exercise.ts';
import type { JsonValue, Observations, RunError } from '#lib/domain/run.ts';
import { inputsProblem } from '../sandbox/inputs.ts';
import type { Expectation, RunRequest } from '../sandbox/port.ts';
import { errorSentence, whatHappened } from './happened.ts';
import { held, type Asked, type Observed } from './observe.ts';

/** Runs and judges; in its turn, where there are turns. */
export type Observe = (asked: Asked) => Promise<Observed>;

/** Of programs: the same for all, so that one that asks for chance gets the same each time. */
const programSeed = 1;

/** What a check is made with at one seed. */
export interface Setup {
  /** Null: the check takes none. */
  given: { inputs: JsonValue[]; reference: Observations['values'] } | null;
}

/** `broken`: the author's to mend; `path` is where it stands, in the check. */
export type SetupResult =
  | { kind: 'ready'; setup: Setup; runs: number }
  | { kind: 'broken'; path: 'inputs' | 'answer'; found: string; line: number | null }
  | { kind: 'trouble'; problem: string };

/** A program and its lesson's runtime and fixture. */
export interface Reference {
  exercise: CodeExercise;
  lesson: Lesson;
}

/**
 * Makes a check's inputs by a seed, in a run of their own, and has the reference solution work on them.
 * Neither is ever in a run of a learner's program, but for the input that its drive has asked for.
 */
export async function setUp(
  { exercise, lesson }: Reference,
  check: Check,
  seed: number,
  observe: Observe,
): Promise<SetupResult> {
  if (check.inputs === null) return { kind: 'ready', setup: { given: null }, runs: 0 };
  const { runtime, rows, apps } = lesson;
  const made = await observe({
    request: { runtime, program: '', drive: check.inputs, rows, apps, seed },
    expectations: [],
    patient: true,
  });
  if (made.trouble !== null) return { kind: 'trouble', problem: made.trouble };
  const problem = problemOfInputs(made);
  if (problem !== null) {
    return { kind: 'broken', path: 'inputs', found: problem, line: lineIn(made, 'drive') };
  }
  const inputs = made.evidence.values['inputs'] as JsonValue[];
  const request = requestFor({ exercise, lesson }, check, exercise.answer, inputs);
  const reference = await observe({ request, expectations: [], patient: true });
  if (reference.trouble !== null) return { kind: 'trouble', problem: reference.trouble };
  if (reference.evidence.outcome !== 'finished') {
    const found = whatHappened(reference, '');
    return { kind: 'broken', path: 'answer', found, line: null };
  }
  const given = { inputs, reference: reference.evidence.values };
  return { kind: 'ready', setup: { given }, runs: made.runs + reference.runs };
}

function problemOfInputs({ evidence }: Observed): string | null {
  if (evidence.error) return errorSentence(evidence.error);
  if (evidence.outcome !== 'finished') return `a run that ended as ${evidence.outcome}`;
  const inputs = evidence.values['inputs'];
  if (!Array.isArray(inputs)) return 'no list observed under the name `inputs`';
  if (inputs.length === 0) return 'an empty list';
  return inputsProblem({ inputs });
}

function lineIn({ evidence: { error } }: Observed, place: RunError['place']): number | null {
  return error?.place === place ? error.line : null;
}

function requestFor(
  { exercise, lesson }: Reference,
  { serve, drive }: Check,
  files: ProgramFiles,
  inputs: JsonValue[] | null,
): RunRequest {
  const { main, given } = exercise;
  const { [main]: program = '', ...others } = files;
  const { runtime, rows, apps } = lesson;
  return {
    ...{ runtime, program, fileName: main, files: { ...given, ...others } },
    ...{ serve, drive, rows, apps, seed: programSeed },
    ...(inputs && { inputs }),
  };
}

/** The reference solution, as Run shows a learner's program. */
export function demoRequest({ exercise, lesson }: Reference): RunRequest {
  const { serve, demo, answer } = exercise;
  const check = { id: 'demo', serve, drive: demo, expect: '', inputs: null };
  return requestFor({ exercise, lesson }, check, answer, null);
}

/** Id of the expectation by which a mistake is known. */
export const signId = (index: number) => `mistake-${index}`;

/** The id of a check's own expectation. */
export const expectId = 'expect';

interface Examining {
  observe: Observe;
  patient: boolean;
  isRepeated: boolean;
  isHasty: boolean;
}

/** Gives what a check is made with, by the check's place; asked only for checks that are come to. */
export type SetUpAt = (index: number) => Promise<SetupResult>;

/** How one answer fared. */
export interface Examined {
  kind: 'examined';
  verdict: 'right' | 'wrong';
  /** The check that failed, or else the exercise's own. */
  check: Check;
  /** What became of it there. */
  observed: Observed;
  /** What became of it at the exercise's own check. */
  own: Observed;
  /** Index of the mistake that it is like, when it is wrong and like one. */
  like: number | null;
  /** How many programs ran. */
  runs: number;
}

/**
 * Runs an answer against the checks of its exercise, up to the first that fails, or that cannot be set up.
 * Only the exercise's own check is repeated where requests overlap: those of earlier steps are proven there.
 * @param patient - Whether a run stopped by the clock deserves a second one.
 * @param isRepeated - Whether the answer was examined before, with inputs made by another seed.
 * @param isHasty - Whether the verdict is all that is wanted: a repetition that fails is the last one.
 */
export async function examine(
  reference: Reference,
  files: ProgramFiles,
  setUpAt: SetUpAt,
  { observe, patient, isRepeated, isHasty }: Examining,
): Promise<Examined | Exclude<SetupResult, { kind: 'ready' }>> {
  const { checks, mistakes } = reference.exercise;
  const signs = mistakes.flatMap(({ holds }, index): Expectation[] =>
    holds === null ? [] : [{ id: signId(index), kind: 'holds', source: holds }],
  );
  let own: Observed | null = null;
  let runs = 0;
  for (const [index, check] of checks.entries()) {
    const made = await setUpAt(index);
    if (made.kind !== 'ready') return made;
    const { given } = made.setup;
    const observed = await observe({
      request: requestFor(reference, check, files, given?.inputs ?? null),
      expectations: [{ id: expectId, kind: 'expect', source: check.expect }, ...signs],
      ...(given && { reference: given.reference }),
      patient,
      isRepeatedElsewhere: index > 0 || (isRepeated && given !== null),
      ...(isHasty && { settledBy: expectId }),
    });
    own ??= observed;
    runs += observed.runs;
    if (observed.trouble === null && held(observed, expectId)) continue;
    const like = likeWhich(reference.exercise, observed);
    return { kind: 'examined', verdict: 'wrong', check, observed, own, like, runs };
  }
  const [check] = checks;
  return {
    ...{ kind: 'examined', verdict: 'right', check: check!, observed: own!, own: own! },
    ...{ like: null, runs },
  };
}

/** The first mistake whose error or sign fits; null when none does. */
function likeWhich({ mistakes }: CodeExercise, observed: Observed): number | null {
  const { error } = observed.evidence;
  const index = mistakes.findIndex((mistake, at) =>
    mistake.error === null ? held(observed, signId(at)) : mistake.error === error?.type,
  );
  return index === -1 ? null : index;
}

/** What a bare assert is given for a message: it repeats the check, which is not for learners to see. */
const explained = /^`[^]*` does not hold(?:: left is [^]*)?$/;

/** What the author says with the assertion that did not hold; null when it says nothing. */
export function unmetOf({ judged }: Observed): string | null {
  for (const { judgements } of judged) {
    const error = judgements.get(expectId)?.error;
    if (!error) continue;
    const isAuthors = error.type === 'AssertionError' && !explained.test(error.message);
    return isAuthors && error.message !== '' ? error.message : null;
  }
  return null;
}
