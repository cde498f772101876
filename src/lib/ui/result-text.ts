/** What is said of an answer in words, on the page and to those who listen to it. */
import type { AttemptView, ExerciseView, WhyUnshown } from '../domain/views.ts';
import type { KindRules } from './kinds/kind.ts';
import { attemptsLeft, counted, listed } from './wording.ts';

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

const unshown: Record<WhyUnshown, string> = {
  withheld: 'What it really printed is shown with the solution.',
  changed: 'The exercise has changed since this answer, so what its run left behind is gone.',
};

/** What was run, and what happened then; or why that cannot be said. */
export function happened(
  { evidence, unshown: why }: AttemptView,
  { ran }: Pick<KindRules, 'ran'>,
): { ran: string; text: string } {
  if (evidence) return { ran, text: evidence.sentence };
  return { ran: why === 'withheld' ? ran : '', text: unshown[why ?? 'changed'] };
}

/** The last result of a round, to be announced. */
export function announced(
  exercise: ExerciseView,
  rules: Pick<KindRules, 'ran' | 'unmet' | 'announced'>,
): string {
  const last = exercise.round.attempts.at(-1);
  if (!last) return '';
  if (rules.announced) return rules.announced(exercise);
  const { text } = happened(last, rules);
  if (last.verdict === 'right') return `Right. ${text}`;
  const unmet = rules.unmet?.(last) ?? '';
  return ['Wrong.', blanksText(last), text, unmet, whatIsLeft(exercise)].filter(Boolean).join(' ');
}

function whatIsLeft({ round }: ExerciseView): string {
  const { attempts, attemptsAllowed, ending, solution } = round;
  if (attemptsAllowed === null) return '';
  if (ending === null) return `${attemptsLeft(attemptsAllowed, attempts.length)}.`;
  const then = solution ? 'The answer is shown.' : 'The solution is shown when you ask for it.';
  return `${counted(attemptsAllowed, 'attempt')} used. ${then}`;
}
