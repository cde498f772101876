/**
 * The rules of blanks and of options put into a program: which fillings there are, what a program
 * is with one of them in place, and how near a filling is to a right one.
 */
import type { BlanksExercise, Misconception } from './exercise.ts';

/** More fillings than this cannot all be run in the time that an author waits for. */
export const maxFillings = 256;

/** Stands where an option's code goes in a choice's program. */
export const optionMark = '<<option>>';

const blankMark = /<<(\d+)>>/g;

/**
 * Every mark in a program, in order of appearance.
 * @returns The blank's number and its 0-based line, once for each appearance.
 */
export function blankMarks(program: string): { blank: number; line: number }[] {
  return program
    .split('\n')
    .flatMap((text, line) =>
      [...text.matchAll(blankMark)].map((match) => ({ blank: Number(match[1]), line })),
    );
}

/** How many fillings a bank allows, a token being free to stand in several blanks. */
export function countFillings(bankSize: number, blanks: number): number {
  return bankSize ** blanks;
}

/**
 * Every filling, in the order of the bank, the last blank turning fastest.
 * @throws RangeError when there are more than `maxFillings`.
 */
export function allFillings(bank: readonly string[], blanks: number): string[][] {
  if (countFillings(bank.length, blanks) > maxFillings) {
    throw new RangeError(`A bank of ${bank.length} and ${blanks} blanks make too many fillings.`);
  }
  let fillings: string[][] = [[]];
  for (let blank = 0; blank < blanks; blank++) {
    fillings = fillings.flatMap((filling) => bank.map((token) => [...filling, token]));
  }
  return fillings;
}

/** The program with each blank replaced by its token; a blank without a token keeps its mark. */
export function fillProgram(program: string, filling: readonly string[]): string {
  return program.replace(blankMark, (mark, number) => filling[Number(number) - 1] ?? mark);
}

/**
 * The program with an option's code in the place of `<<option>>`. Further lines of the code are
 * indented as far as the mark, so that an option is written without regard to where it will stand.
 */
export function fillOption(program: string, code: string): string {
  const lines = code.replace(/\n+$/, '').split('\n');
  return program.replace(/^([ \t]*)(.*)<<option>>/gm, (_, indent: string, before: string) => {
    const rest = lines.slice(1).map((line) => (line === '' ? '' : indent + line));
    return [indent + before + (lines[0] ?? ''), ...rest].join('\n');
  });
}

/** Whether two answers are the same tokens in the same order. */
export function sameAnswer(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((token, index) => token === right[index]);
}

export function isDeclaredRight(
  answers: readonly (readonly string[])[],
  filling: readonly string[],
): boolean {
  return answers.some((answer) => sameAnswer(answer, filling));
}

/**
 * Which blanks agree with the right answer nearest to the filling; of equally near ones the first
 * that the author declared.
 */
export function agreeingBlanks(
  answers: readonly (readonly string[])[],
  filling: readonly string[],
): boolean[] {
  let best = filling.map(() => false);
  let bestCount = -1;
  for (const answer of answers) {
    const agreeing = filling.map((token, index) => token === answer[index]);
    const count = agreeing.filter(Boolean).length;
    if (count > bestCount) {
      best = agreeing;
      bestCount = count;
    }
  }
  return best;
}

/**
 * What the author says of a wrong filling: of the whole of it if anything, else of the first blank
 * that is wrong and has something said of its token. Null when nothing is said.
 */
export function misconceptionFor(
  exercise: Pick<BlanksExercise, 'answers' | 'misconceptions'>,
  filling: readonly string[],
): Misconception | null {
  const whole = exercise.misconceptions.find(
    (entry) => entry.filling !== null && sameAnswer(entry.filling, filling),
  );
  if (whole) return whole;
  const agreeing = agreeingBlanks(exercise.answers, filling);
  for (const [index, token] of filling.entries()) {
    if (agreeing[index]) continue;
    const named = exercise.misconceptions.filter((entry) => entry.token === token);
    const found =
      named.find((entry) => entry.blank === index + 1) ??
      named.find((entry) => entry.blank === null);
    if (found) return found;
  }
  return null;
}
