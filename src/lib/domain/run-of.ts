/**
 * What a run from a page is a run of: an exercise that is answered with code, a program that prose shows, or the
 * one that a lesson records. The learner brings the text; what belongs to it besides is looked up here, in what is served.
 */
import { findExercise, findLesson, type ServedCatalogue, type ServedLesson } from './catalogue.ts';
import type { ProgramBlock } from './document.ts';
import { openPools, type CodeExercise, type ProgramFiles } from './exercise.ts';

/**
 * Names it: the lesson's id and, within the lesson, an exercise's uid, the id of a document's program, or the mode that
 * shows a recorded one.
 */
export type RunOf =
  | { lesson: string; exercise: string }
  | { lesson: string; program: string }
  | { lesson: string; mode: 'visualize' };

/** What belongs to a run besides the learner's text. Never a check: neither its drive nor its inputs. */
export interface RunParts {
  /** What the program is called in tracebacks. */
  fileName: string;
  /** The learner's other files, as they are where they are not sent; no others can be. */
  files: ProgramFiles;
  /** Files that stand beside the learner's and cannot be edited. */
  given: ProgramFiles;
  serve: Record<string, string>;
  /** What makes the program act; shown on the page. Empty: a script, unless something is served. */
  drive: string;
  rows: string | null;
  apps: Record<string, string>;
}

/** The part of the name that names nothing here. */
export type UnknownRunOf = { unknown: 'lesson' | 'exercise' | 'program' | 'mode' };

/**
 * @param isAsked - Whether a test asks the caller the exercise at this moment; of those that are only asked, no other
 *   can be run.
 * @returns What belongs to the run, of what is served only: nothing that is held back can be run.
 */
export function runPartsOf(
  catalogue: ServedCatalogue,
  of: RunOf,
  isAsked = false,
): RunParts | UnknownRunOf {
  const served = findLesson(catalogue, of.lesson);
  if (!served) return { unknown: 'lesson' };
  if ('exercise' in of) {
    const exercise = findExercise(served, of.exercise)?.exercise;
    const isCode = exercise?.kind === 'fix' || exercise?.kind === 'write';
    if (!isCode || !(isAsked || openPools.has(exercise.pool))) return { unknown: 'exercise' };
    return { ...partsOfExercise(exercise), ...fixtureOf(served) };
  }
  if ('mode' in of) {
    const { visualize } = served;
    if (!visualize) return { unknown: 'mode' };
    return { ...partsOfProgram(visualize.visualize), ...fixtureOf(served) };
  }
  const block = findProgram(served, of.program);
  return block ? { ...partsOfProgram(block), ...fixtureOf(served) } : { unknown: 'program' };
}

function partsOfExercise({ main, start, given, serve, demo, pool }: CodeExercise) {
  const { [main]: _, ...others } = start;
  // A project's step begins with the solution of the one before, which no run may read out.
  const files = pool === 'project' ? emptied(others) : others;
  return { fileName: main, files, given, serve, drive: demo };
}

const emptied = (files: ProgramFiles): ProgramFiles =>
  Object.fromEntries(Object.keys(files).map((path) => [path, '']));

function partsOfProgram({ serve, drive }: Pick<ProgramBlock, 'serve' | 'drive'>) {
  return { fileName: 'program.py', files: {}, given: {}, serve, drive };
}

function fixtureOf({ lesson: { rows, apps } }: ServedLesson) {
  return { rows, apps };
}

function findProgram({ documents }: ServedLesson, id: string): ProgramBlock | undefined {
  return documents
    .flatMap(({ document }) => document.blocks)
    .find((block): block is ProgramBlock => block.kind === 'program' && block.id === id);
}
