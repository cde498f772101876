/** What the pages of review say in words. */
import type { NextCards } from '../../domain/review/review-view.ts';
import { counted, day } from '../wording.ts';

/** When cards come again: `The next 3 questions come tomorrow.` */
export function nextText({ date, inDays, cards }: NextCards): string {
  const [subject, verb] =
    cards === 1 ? ['The next question', 'comes'] : [`The next ${cards} questions`, 'come'];
  const when = inDays === 1 ? 'tomorrow' : `in ${counted(inDays, 'day')}, on ${day(date)}`;
  return `${subject} ${verb} ${when}.`;
}
