/** What an ability was found from, and how it came. */
import type { AbilityView, StrengthPoint } from '../../domain/strength/strength-view.ts';
import { counted, day } from '../wording.ts';
import { verdictWords } from './strength-words.ts';

/** What an ability was found from. */
export function restsOn({ answers, hasTest }: Pick<AbilityView, 'answers' | 'hasTest'>): string {
  const many = counted(answers, 'answer');
  return hasTest
    ? `It rests on ${many}: those of your newest test, and first ones without help since.`
    : `It rests on ${many}: ${answers === 1 ? 'a first one' : 'first ones'}, without help. A test tells more.`;
}

/** A history in a sentence, for who does not see the drawing. */
export function historyText(history: readonly StrengthPoint[]): string {
  const said = history.flatMap(({ date, ability }) =>
    ability ? [{ date, word: verdictWords[ability.verdict].word.toLowerCase() }] : [],
  );
  const [first, last] = [said[0], said.at(-1)];
  const days = counted(history.length, 'day');
  if (!first || !last) return `${days} of practice.`;
  const from = `on ${day(first.date)} ${first.word}`;
  return first === last
    ? `${days} of practice: ${from}.`
    : `${days} of practice: ${from}, on ${day(last.date)} ${last.word}. The table below has each day.`;
}
