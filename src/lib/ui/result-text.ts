/** What is said of an answer in words, on the page and to those who listen to it. */
import type { AttemptView, ExerciseView, WhyUnshown } from '../domain/views.ts';
import { attemptsLeft, counted, listed, plain } from './wording.ts';

/** Which blanks are right and which are not; empty where there is only one. */
export function blanksText(attempt: AttemptView): string {
  if (attempt.verdict === 'right' || attempt.rightBlanks.length < 2) return '';
  const sentence = (held: boolean, word: string): string => {
    const numbers = attempt.rightBlanks.flatMap((right, index) =>
      right === held ? [String(index + 1)] : [],
    );
    if (numbers.length === 0) return '';
    return numbers.length === 1
      ? `Blank ${numbers[0]} is ${word}.`
      : `Blanks ${listed(numbers)} are ${word}.`;
  };
  return [sentence(true, 'right'), sentence(false, 'wrong')].filter(Boolean).join(' ');
}

const ran: Record<ExerciseView['kind'], string> = {
  blanks: 'We ran your answer.',
  choice: 'We ran your answer.',
  predict: 'We ran the program.',
  order: 'We ran the program with your lines.',
  fix: 'We ran your program.',
  write: 'We ran your program.',
};

const unshown: Record<WhyUnshown, string> = {
  withheld: 'What it really printed is shown with the solution.',
  changed: 'The exercise has changed since this answer, so what its run left behind is gone.',
};

/** What was run, and what happened then; or why that cannot be said. */
export function happened(
  exercise: ExerciseView,
  { evidence, unshown: why }: AttemptView,
): { ran: string; text: string } {
  if (evidence) return { ran: ran[exercise.kind], text: evidence.sentence };
  const isRun = why === 'withheld';
  return { ran: isRun ? ran[exercise.kind] : '', text: unshown[why ?? 'changed'] };
}

/** Of a program that ended well, was wrong, and of which nobody says why; else empty. */
export function unmetWithoutWords(exercise: ExerciseView, attempt: AttemptView): string {
  const isOpen = exercise.kind === 'order' || exercise.kind === 'fix' || exercise.kind === 'write';
  const ended = attempt.evidence?.outcome === 'finished' && attempt.evidence.error === null;
  if (!isOpen || !ended || attempt.verdict === 'right' || attempt.brokenStep) return '';
  return attempt.says.length === 0 ? 'What it did is not what is asked for.' : '';
}

/** @param steps - Titles by slug. */
export function brokenStepText(slug: string, steps: Record<string, string>): string {
  const title = steps[slug] ?? slug.replace(/^\d+-/, '').replaceAll('-', ' ');
  return `It does what this step asks for, but no longer what an earlier one did: “${title}”.`;
}

/** The last result of a round, to be announced. */
export function announced(exercise: ExerciseView): string {
  const last = exercise.round.attempts.at(-1);
  if (!last) return '';
  const { text } = happened(exercise, last);
  if (last.verdict === 'right') return `Right. ${text}`;
  const unmet = last.unmet ? plain(last.unmet) : unmetWithoutWords(exercise, last);
  return ['Wrong.', blanksText(last), text, unmet, whatIsLeft(exercise)].filter(Boolean).join(' ');
}

function whatIsLeft({ round }: ExerciseView): string {
  const { attempts, attemptsAllowed, ending, solution } = round;
  if (attemptsAllowed === null) return '';
  if (ending === null) return `${attemptsLeft(attemptsAllowed, attempts.length)}.`;
  const then = solution ? 'The answer is shown.' : 'The solution is shown when you ask for it.';
  return `${counted(attemptsAllowed, 'attempt')} used. ${then}`;
}
