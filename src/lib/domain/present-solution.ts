/** What is right, and why: for who is through with a round, or asked to be shown. */
import { arrangedText, toAnswer, toArrangement } from './arrangement.ts';
import type { ServedExercise } from './catalogue.ts';
import { pathsOf } from './code-answer.ts';
import { compareTexts, uncoloured } from './compare-texts.ts';
import type { CodeExercise, Exercise, OrderExercise, ProgramFiles } from './exercise.ts';
import { sameAnswer } from './fillings.ts';
import { sameOutput } from './outputs.ts';
import { presentEvidence, type HighlightCode } from './present-evidence.ts';
import type { ProvenAnswer } from './proof.ts';
import { toProse } from './prose.ts';
import type { Round } from './round.ts';
import { beginningOf } from './shown-files.ts';
import type { CompareView, SolutionView } from './views.ts';

/**
 * Whether the solution may be shown. In a challenge it is on request only: who is out of attempts can
 * begin anew without having seen it.
 */
export function isSolutionOpen(exercise: Exercise, round: Round | undefined): boolean {
  if (!round?.ending) return false;
  return exercise.pool !== 'challenge' || round.ending !== 'attempts';
}

/** What a solution stands beside. */
export interface OwnWork {
  /** The newest answer of the round; undefined where there is none. */
  answer: string[] | undefined;
  /** What the learner began with, for a step of a project. */
  begun: ProgramFiles | undefined;
}

function answersOf(exercise: Exercise, right: ProvenAnswer | undefined): string[][] {
  switch (exercise.kind) {
    case 'blanks':
      return exercise.answers;
    case 'choice':
      return exercise.answers.map((option) => [option]);
    case 'predict':
      return right ? [exercise.ask === 'type' ? [right.evidence.stdout] : right.answer] : [];
    case 'order':
      return exercise.orders.map(toAnswer);
    // The files of a program are in the comparison; the answer to a recall was shown before it was rated.
    case 'fix':
    case 'write':
    case 'recall':
      return [];
  }
}

function reasonsOf(exercise: Exercise): SolutionView['reasons'] {
  const options =
    exercise.kind === 'choice'
      ? exercise.options
      : exercise.kind === 'predict'
        ? exercise.wrong
        : [];
  return Object.fromEntries(options.map(({ id, why }) => [id, toProse(why)]));
}

function compareFiles(
  exercise: CodeExercise,
  { answer, begun }: OwnWork,
  highlight: HighlightCode,
): CompareView[] {
  const begin = beginningOf(exercise, begun);
  return pathsOf(exercise.start).map((path, index) => ({
    path,
    own: answer ? 'answer' : 'start',
    lines: compareTexts(answer?.[index] ?? begin[path]!, exercise.answer[path] ?? '', highlight),
  }));
}

/** Any declared order is as good as the author's own. */
function compareOrders(
  exercise: OrderExercise,
  own: string[] | undefined,
  highlight: HighlightCode,
): CompareView[] {
  const placed = own && toArrangement(exercise, own);
  const [first] = exercise.orders;
  if (!placed || !first || exercise.orders.some((order) => sameAnswer(toAnswer(order), own))) {
    return [];
  }
  const [mine, theirs] = [placed, first].map((order) => arrangedText(exercise, order).join('\n'));
  return [{ path: null, own: 'answer', lines: compareTexts(mine!, theirs!, highlight) }];
}

function compareOutputs(own: string | undefined, right: ProvenAnswer | undefined): CompareView[] {
  const printed = right?.evidence.stdout;
  if (own === undefined || printed === undefined || sameOutput(own, printed)) return [];
  return [{ path: null, own: 'answer', lines: compareTexts(own, printed, uncoloured) }];
}

function comparisonOf(
  exercise: Exercise,
  own: OwnWork,
  right: ProvenAnswer | undefined,
  highlight: HighlightCode,
): CompareView[] {
  if (exercise.kind === 'fix' || exercise.kind === 'write') {
    return compareFiles(exercise, own, highlight);
  }
  if (exercise.kind === 'order') return compareOrders(exercise, own.answer, highlight);
  const isTyped = exercise.kind === 'predict' && exercise.ask === 'type';
  return isTyped ? compareOutputs(own.answer?.[0], right) : [];
}

export function presentSolution(
  served: ServedExercise,
  own: OwnWork,
  highlight: HighlightCode,
): SolutionView {
  const { exercise, proof } = served;
  const right = proof.answers.find(({ observed }) => observed === 'right');
  return {
    answers: answersOf(exercise, right),
    steps: exercise.solution.map(toProse),
    evidence: right ? presentEvidence(served, right, highlight) : null,
    reasons: reasonsOf(exercise),
    compare: comparisonOf(exercise, own, right, highlight),
  };
}
