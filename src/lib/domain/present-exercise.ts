/**
 * Turns an exercise, its proof and a learner's round into what the page may show. What is a secret until
 * when is decided here, in present-attempt.ts and in present-solution.ts: keys, reasons and evidence come
 * only out of attempts that were made, and the solution only once the round is over.
 */
import { deepestIndent, linesMark, offeredLines } from './arrangement.ts';
import type { ServedExercise } from './catalogue.ts';
import { pathsOf } from './code-answer.ts';
import type {
  ChoiceExercise,
  CodeExercise,
  Exercise,
  OrderExercise,
  ProgramFiles,
} from './exercise.ts';
import { offeredOutputs } from './outputs.ts';
import { presentAttempt } from './present-attempt.ts';
import type { HighlightCode } from './present-evidence.ts';
import { presentHallmark } from './present-hallmark.ts';
import { mayLook } from './present-look.ts';
import { isSolutionOpen, presentSolution } from './present-solution.ts';
import { toProse } from './prose.ts';
import { isRevealed, hintCount, presentRevealed } from './recall.ts';
import { attemptsAllowed, type Round } from './round.ts';
import { beginningOf, shownPaths } from './shown-files.ts';
import { shuffled } from './shuffle.ts';
import type { ChoiceView, CodeView, ExerciseView, OrderView, RoundView } from './views.ts';

/** What can be chosen from, before it is shuffled. */
function itemsOf({ exercise, proof }: ServedExercise): string[] {
  switch (exercise.kind) {
    case 'blanks':
      return exercise.bank;
    case 'choice':
      return exercise.options.map(({ id }) => id);
    case 'predict':
      return exercise.ask === 'choose' ? offeredOutputs(exercise, proof).map(({ id }) => id) : [];
    case 'order':
      return offeredLines(exercise).map(({ id }) => id);
    case 'fix':
    case 'write':
    case 'recall':
      return [];
  }
}

/**
 * Tokens of the bank, or ids of options, outputs or lines, in the order in which this learner sees them.
 * @param seed - The learner's id; in a test that of the sitting, so that the next one has another order.
 */
export function orderFor(served: ServedExercise, seed: string): string[] {
  return shuffled(itemsOf(served), `${seed} ${served.exercise.uid}`);
}

/** Of a round without end, as in a project, the newest are told: each carries a program and what it did. */
const attemptsShown = 10;

function presentRound(
  served: ServedExercise,
  round: Round | undefined,
  begun: ProgramFiles | undefined,
  highlight: HighlightCode,
): RoundView {
  const { exercise } = served;
  const hintsShown = Math.min(round?.hintsShown ?? 0, hintCount(exercise));
  const attempts = round?.attempts ?? [];
  const isOver = isSolutionOpen(exercise, round);
  return {
    number: round?.number ?? 1,
    attemptsAllowed: attemptsAllowed(exercise),
    attempts: attempts
      .slice(-attemptsShown)
      .map((attempt) => presentAttempt(served, attempt, isOver, highlight)),
    ending: round?.ending ?? null,
    hints: exercise.hints.slice(0, hintsShown).map(toProse),
    hintsLeft: hintCount(exercise) - hintsShown,
    solution: isOver
      ? presentSolution(served, { answer: attempts.at(-1)?.answer, begun }, highlight)
      : null,
  };
}

/** Those of `items` that `ids` name, in that order. */
function inOrder<T extends { id: string }>(ids: readonly string[], items: readonly T[]): T[] {
  return ids.flatMap((id) => items.find((item) => item.id === id) ?? []);
}

type Shared = Omit<ChoiceView, 'kind' | 'program' | 'options'>;

function presentChoice(
  shared: Shared,
  { program, options }: ChoiceExercise,
  order: string[],
  highlight: HighlightCode,
): ChoiceView {
  return {
    ...shared,
    kind: 'choice',
    program: highlight(program),
    options: inOrder(order, options).map(({ id, text, code }) => {
      return { id, text: toProse(text), code: code ? highlight(code) : [] };
    }),
  };
}

function presentOrder(
  shared: Shared,
  exercise: OrderExercise,
  order: string[],
  highlight: HighlightCode,
): OrderView {
  const lines = exercise.program.split('\n');
  const place = lines.findIndex((line) => line.trim() === linesMark);
  const indent = lines[place]?.search(/\S/) ?? 0;
  // A statement stands in, so that what follows is coloured as what it is.
  const around = highlight(exercise.program.replace(linesMark, 'pass'));
  return {
    ...shared,
    kind: 'order',
    program: around.slice(0, place),
    after: around.slice(place + 1),
    depth: Math.floor(indent / 4),
    lines: inOrder(order, offeredLines(exercise)).map(({ id, text }) => {
      return { id, code: highlight(text)[0] ?? [] };
    }),
    slots: exercise.lines.length,
    deepest: deepestIndent,
  };
}

function presentCode(
  shared: Shared,
  exercise: CodeExercise,
  begun: ProgramFiles | undefined,
  highlight: HighlightCode,
): CodeView {
  const { kind, main, given, demo } = exercise;
  const begin = beginningOf(exercise, begun);
  return {
    ...shared,
    kind,
    program: [],
    main,
    files: shownPaths(exercise).map((path) => ({ path, source: begin[path]! })),
    given: pathsOf(given).map((path) => ({ path, code: highlight(given[path]!) })),
    demo: demo ? highlight(demo) : [],
  };
}

/**
 * What one learner sees of one exercise, its options in their order of it.
 * @param latest - The learner's newest round of it. One of another content version is over and gone:
 *   its number is kept, so that the next round has a number of its own.
 * @param begun - For a step of a project: the files that the learner begins it with, their own of the step
 *   before or those of the project. Without them its files are empty.
 */
export function presentExercise(
  served: ServedExercise,
  learnerId: string,
  latest: Round | undefined,
  highlight: HighlightCode,
  begun?: ProgramFiles,
): ExerciseView {
  return presentInOrder(served, orderFor(served, learnerId), latest, highlight, begun);
}

/** As {@link presentExercise}, in an order that was written down: tokens, or ids of options, outputs or lines. */
export function presentInOrder(
  served: ServedExercise,
  order: string[],
  latest: Round | undefined,
  highlight: HighlightCode,
  begun?: ProgramFiles,
): ExerciseView {
  const { exercise, proof } = served;
  const current = currentRound(exercise, latest);
  const shared: Shared = {
    uid: exercise.uid,
    anchor: exercise.id,
    title: exercise.title,
    difficulty: exercise.difficulty,
    objective: exercise.objective,
    prompt: toProse(exercise.prompt),
    hallmark: presentHallmark(proof),
    round: presentRound(served, current, begun, highlight),
    canLook: mayLook(exercise, current),
  };
  switch (exercise.kind) {
    case 'blanks': {
      const program = highlight(exercise.program);
      return { ...shared, kind: 'blanks', program, blanks: exercise.blanks, bank: order };
    }
    case 'choice':
      return presentChoice(shared, exercise, order, highlight);
    case 'predict': {
      const outputs = inOrder(order, offeredOutputs(exercise, proof));
      const program = highlight(exercise.program);
      const drive = exercise.drive ? highlight(exercise.drive) : [];
      return { ...shared, kind: 'predict', program, drive, ask: exercise.ask, outputs };
    }
    case 'order':
      return presentOrder(shared, exercise, order, highlight);
    case 'fix':
    case 'write':
      return presentCode(shared, exercise, begun, highlight);
    case 'recall': {
      const revealed = isRevealed(current) ? presentRevealed(exercise) : null;
      return { ...shared, kind: 'recall', program: [], revealed };
    }
  }
}

/** The round a learner is in, given the newest one kept; undefined before the first. */
export function currentRound(exercise: Exercise, latest: Round | undefined): Round | undefined {
  if (!latest || latest.contentVersion === exercise.contentVersion) return latest;
  return {
    number: latest.number + 1,
    contentVersion: exercise.contentVersion,
    hintsShown: 0,
    ending: null,
    attempts: [],
  };
}
