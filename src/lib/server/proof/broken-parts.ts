/**
 * Finds what is wrong with an exercise as a whole: an expectation or a drive that is broken itself,
 * a program that never loads, an expectation that everything or nothing satisfies. Such a fault
 * makes every answer look wrong, and one finding at its place says more than one for each answer.
 */
import type { Exercise, Finding, SourcePlace } from '#lib/domain/exercise.ts';
import type { RunError } from '#lib/domain/run.ts';
import { rowsFault } from '../sandbox/port.ts';
import { errorSentence, observedSentence, whatHappened } from './happened.ts';
import { held, type Observed } from './observe.ts';

export interface Case {
  answer: string[];
  /** The answer in an author's words, where it is not written as it stands in the file. */
  said?: string;
  declared: 'right' | 'wrong';
  observed: Observed;
  /** Id of the expectation that judges this answer. */
  expectation: string;
  /** Path of the answer's own place in the exercise's file. */
  path: string;
}

/** The answer as a finding names it. */
export function saidOf({ answer, said }: Pick<Case, 'answer' | 'said'>): string {
  return `\`${said ?? answer.join(', ')}\``;
}

/** The place of a path in the exercise's file, or of what encloses it. */
export function placeIn(exercise: Exercise, path: string): SourcePlace {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const place = exercise.places[at];
    if (place) return place;
  }
  return exercise.places[''] ?? { file: exercise.id, line: 1 };
}

/** The path of a file of the exercise's lesson, as findings show it. */
export function lessonFile(exercise: Exercise, name: string): string {
  const { file } = placeIn(exercise, '');
  // A step of a project lies one folder deeper than an exercise in its file.
  const below = exercise.pool === 'project' ? 3 : 2;
  return [...file.split('/').slice(0, -below), name].join('/');
}

/** The line of a block of Python within the exercise's file. */
export function lineOf(exercise: Exercise, path: string, line: number | null): SourcePlace {
  const start = exercise.places[`${path}:text`];
  return start && line !== null
    ? { file: start.file, line: start.line + line - 1 }
    : placeIn(exercise, path);
}

/** Faults in Python that no observation can cause. */
const syntaxFaults = new Set(['SyntaxError', 'IndentationError', 'TabError']);

/**
 * What is wrong with an expectation itself, judged from all that became of it.
 * @param path - Where it stands: `expect`, `options.2.holds`.
 */
export function brokenExpectation(
  exercise: Exercise,
  path: string,
  cases: readonly Case[],
): Finding | null {
  const judged = cases.flatMap(({ observed, expectation }) =>
    observed.judged
      .filter((round) => round.outcome === 'finished')
      .map((round) => ({ observed, error: round.judgements.get(expectation)?.error ?? null })),
  );
  const names = new Set(cases.flatMap(({ observed }) => [...observed.names]));
  for (const { observed, error } of judged) {
    if (!error) continue;
    const place = lineOf(exercise, path, error.line);
    if (syntaxFaults.has(error.type)) {
      return {
        ...place,
        expected: 'Python that can be read',
        found: errorSentence(error),
        fix: 'Mend the expectation.',
      };
    }
    const name = /name '(\w+)' is not defined/.exec(error.message)?.[1];
    if (error.type === 'NameError' && name && !names.has(name)) {
      return {
        ...place,
        expected: 'only names that the drive observes, and the counts',
        found: `\`${name}\`, which no run observed; ${observedSentence(observed)}`,
        fix: `Observe it in the drive, \`observe("${name}", ...)\`, or mend the name.`,
      };
    }
  }
  return null;
}

/** An error that every run ended in alike: then it is the drive or the program, and no answer. */
export function brokenForAll(exercise: Exercise, cases: readonly Case[]): Finding | null {
  const outcomes = new Set(cases.map(({ observed }) => observed.evidence.outcome));
  if (outcomes.size !== 1 || outcomes.has('finished')) return null;
  const first = cases[0]!.observed.evidence;
  if (first.error === null) {
    return {
      ...placeIn(exercise, 'program'),
      expected: 'at least one answer with which the program comes to its end',
      found: `in each of ${cases.length} runs ${whatHappened(cases[0]!.observed, '')}`,
      fix: 'Look for what never ends or takes too much in the program or the drive.',
    };
  }
  const alike = cases.every(({ observed }) => sameError(observed.evidence.error, first.error));
  if (!alike) return null;
  const fixture = brokenFixture(exercise, cases[0]!.observed);
  if (fixture) return fixture;
  const inDrive = first.error.place === 'drive';
  return {
    ...lineOf(exercise, inDrive ? 'drive' : 'program', first.error.line),
    expected: 'at least one answer with which the program runs',
    found: `every run ended alike: ${errorSentence(first.error)}`,
    fix: inDrive
      ? 'Mend the drive.'
      : 'Mend the program, or what it is driven with; `assay run` shows what it does.',
  };
}

/** Rows that the clock stopped, twice: the host may have been busy, so it is no fault yet. */
export function stoppedRows(exercise: Exercise, observed: Observed): Finding | null {
  const { error } = observed.evidence;
  if (error?.type !== rowsFault) return null;
  return {
    file: lessonFile(exercise, 'fixture/rows.py'),
    line: 1,
    expected: 'rows that are made in the time that a run has',
    found: error.message,
    fix: 'Make fewer rows, or look for what never ends in them. On a busy host, try again.',
  };
}

/** Rows or an app that cannot be made use of; which of them, and where, the sandbox says in the message. */
export function brokenFixture(exercise: Exercise, observed: Observed): Finding | null {
  const { error } = observed.evidence;
  if (error?.type !== rowsFault) return null;
  const { message } = error;
  const app = /^The fixture's (\S+\.py)(?:, line (\d+),)? failed/.exec(message);
  if (app) {
    return {
      file: lessonFile(exercise, `fixture/${app[1]}`),
      line: Number(app[2] ?? 1),
      expected: 'an app that can be installed before a program starts',
      found: message,
      fix: 'Mend the app.',
    };
  }
  return {
    file: lessonFile(exercise, 'fixture/rows.py'),
    line: Number(/ in line (\d+)/.exec(message)?.[1] ?? 1),
    expected: 'rows that can be made before a program starts',
    found: message,
    fix: 'Mend the rows.',
  };
}

function sameError(left: RunError | null, right: RunError | null): boolean {
  return (
    left !== null &&
    right !== null &&
    left.type === right.type &&
    left.message === right.message &&
    left.line === right.line &&
    left.place === right.place
  );
}

/** An expectation that says yes to every answer, or to none. */
export function judgesNothing(exercise: Exercise, cases: readonly Case[]): Finding | null {
  const holding = cases.filter((each) => held(each.observed, each.expectation));
  if (holding.length === cases.length) {
    return {
      ...placeIn(exercise, 'expect'),
      expected: 'an expectation that the right answers satisfy and the wrong ones do not',
      found: `all ${cases.length} answers satisfied it`,
      fix: 'Assert what only the right answers do.',
    };
  }
  const right = cases.find((each) => each.declared === 'right');
  if (holding.length > 0 || !right) return null;
  const { error } = right.observed.evidence;
  return {
    ...(error?.place === 'drive'
      ? lineOf(exercise, 'drive', error.line)
      : placeIn(exercise, 'expect')),
    expected: 'an expectation that the right answers satisfy',
    found:
      `none of ${cases.length} answers did; ` +
      `with ${saidOf(right)} ${whatHappened(right.observed, right.expectation)}`,
    fix: 'Mend the expectation or the drive, or put an answer that works into the exercise.',
  };
}
