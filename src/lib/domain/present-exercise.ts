/**
 * Turns an exercise, its proof and a learner's round into what the page may show. The one place that
 * decides what is a secret until when: keys, reasons and evidence come only out of attempts that were
 * made, and the solution only once the round is over.
 */
import type { ServedExercise } from './catalogue.ts';
import type { Exercise } from './exercise.ts';
import { agreeingBlanks, misconceptionFor } from './fillings.ts';
import { findAnswer, presentEvidence, type HighlightCode } from './present-evidence.ts';
import { mayLook } from './present-look.ts';
import type { ExerciseProof } from './proof.ts';
import { toProse } from './prose.ts';
import { attemptsAllowed, type Attempt, type Round } from './round.ts';
import { shuffled } from './shuffle.ts';
import type {
  AttemptView,
  ExerciseView,
  Hallmark,
  Prose,
  RoundView,
  SolutionView,
} from './views.ts';

function itemsOf(exercise: Exercise): string[] {
  if (exercise.kind === 'blanks') return exercise.bank;
  return exercise.kind === 'choice' ? exercise.options.map(({ id }) => id) : [];
}

/** Tokens of the bank, or option ids, in the order in which this learner sees them. */
export function orderFor(exercise: Exercise, learnerId: string): string[] {
  return shuffled(itemsOf(exercise), `${learnerId} ${exercise.uid}`);
}

/** What the author says of an answer; a right filling speaks for itself, and its steps follow. */
function saysOf(exercise: Exercise, attempt: Attempt): Prose[] {
  const [first] = attempt.answer;
  const says =
    exercise.kind === 'choice'
      ? exercise.options.find(({ id }) => id === first)?.why
      : exercise.kind === 'blanks'
        ? misconceptionFor(exercise, attempt.answer)?.says
        : null;
  return says && (exercise.kind === 'choice' || attempt.verdict === 'wrong') ? [toProse(says)] : [];
}

function presentAttempt(
  served: ServedExercise,
  attempt: Attempt,
  highlight: HighlightCode,
): AttemptView {
  const { exercise, proof } = served;
  const proven = findAnswer(proof, attempt.answer);
  return {
    number: attempt.number,
    answer: attempt.answer,
    verdict: attempt.verdict,
    rightBlanks: exercise.kind === 'blanks' ? agreeingBlanks(exercise.answers, attempt.answer) : [],
    says: saysOf(exercise, attempt),
    evidence: proven ? presentEvidence(served, proven, highlight) : null,
  };
}

function presentSolution(served: ServedExercise, highlight: HighlightCode): SolutionView {
  const { exercise, proof } = served;
  const right = proof.answers.find(({ observed }) => observed === 'right');
  const reasons =
    exercise.kind === 'choice'
      ? Object.fromEntries(exercise.options.map(({ id, why }) => [id, toProse(why)]))
      : {};
  return {
    answers:
      exercise.kind === 'blanks'
        ? exercise.answers
        : exercise.kind === 'choice'
          ? exercise.answers.map((option) => [option])
          : [],
    steps: exercise.solution.map(toProse),
    evidence: right ? presentEvidence(served, right, highlight) : null,
    reasons,
  };
}

function presentRound(
  served: ServedExercise,
  round: Round | undefined,
  highlight: HighlightCode,
): RoundView {
  const { exercise } = served;
  const hintsShown = Math.min(round?.hintsShown ?? 0, exercise.hints.length);
  return {
    number: round?.number ?? 1,
    attemptsAllowed: attemptsAllowed(exercise.pool),
    attempts: (round?.attempts ?? []).map((attempt) => presentAttempt(served, attempt, highlight)),
    ending: round?.ending ?? null,
    hints: exercise.hints.slice(0, hintsShown).map(toProse),
    hintsLeft: exercise.hints.length - hintsShown,
    solution: round?.ending ? presentSolution(served, highlight) : null,
  };
}

function presentHallmark(proof: ExerciseProof): Hallmark {
  return {
    answers: proof.answers.length,
    runs: proof.runs,
    versions: proof.versions,
    provenAt: proof.provenAt,
  };
}

/**
 * What one learner sees of one exercise.
 * @param latest - The learner's newest round of it. One of another content version is over and gone:
 *   its number is kept, so that the next round has a number of its own.
 */
export function presentExercise(
  served: ServedExercise,
  learnerId: string,
  latest: Round | undefined,
  highlight: HighlightCode,
): ExerciseView {
  const { exercise, proof } = served;
  const order = orderFor(exercise, learnerId);
  const current = currentRound(exercise, latest);
  const shared = {
    uid: exercise.uid,
    anchor: exercise.id,
    title: exercise.title,
    difficulty: exercise.difficulty,
    objective: exercise.objective,
    prompt: toProse(exercise.prompt),
    hallmark: presentHallmark(proof),
    round: presentRound(served, current, highlight),
    canLook: mayLook(exercise, current),
  };
  if (exercise.kind === 'blanks') {
    const program = highlight(exercise.program);
    return { ...shared, kind: 'blanks', program, blanks: exercise.blanks, bank: order };
  }
  if (exercise.kind !== 'choice') throw new Error(`no view of ${exercise.kind} yet`);
  const program = highlight(exercise.program);
  const options = order.flatMap((id) => {
    const option = exercise.options.find((candidate) => candidate.id === id);
    if (!option) return [];
    return [{ id, text: toProse(option.text), code: option.code ? highlight(option.code) : [] }];
  });
  return { ...shared, kind: 'choice', program, options };
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
