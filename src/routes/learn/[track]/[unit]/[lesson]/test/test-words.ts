/** What the page of a Test says, in words and numbers. */
import type { TestItemView } from '#lib/domain/test-view.ts';
import { counted, listed } from '#lib/ui/wording.ts';

export const itemWords: Record<TestItemView['verdict'], string> = {
  right: 'Right',
  wrong: 'Not right',
  passed: 'Passed',
};

/** `6 right, 3 not right and 1 passed`; what there is none of is left out. */
export function tally(items: readonly Pick<TestItemView, 'verdict'>[]): string {
  const verdicts = Object.keys(itemWords) as TestItemView['verdict'][];
  return listed(
    verdicts.flatMap((verdict) => {
      const count = items.filter((item) => item.verdict === verdict).length;
      return count > 0 ? [`${count} ${itemWords[verdict].toLowerCase()}`] : [];
    }),
  );
}

/**
 * `27 Nov 2026, 02:40 UTC`, by the clock where the reader is.
 * @param zone - The name of a time zone.
 */
export function minute(iso: string, zone: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  }).formatToParts(date);
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((part) => part.type === type)?.value ?? '';
  const clock = `${of('hour')}:${of('minute')} ${of('timeZoneName')}`;
  // September has four letters there, and three everywhere else on the site.
  return `${of('day')} ${of('month').slice(0, 3)} ${of('year')}, ${clock}`;
}

/** `Question 3 of 10` */
export function placeText(number: number, length: number): string {
  return `Question ${number} of ${length}`;
}

/** `ten questions`, as far as one counts in words. */
export function questions(count: number): string {
  const words = 'no one two three four five six seven eight nine ten'.split(' ');
  const word = words[count];
  return word === undefined
    ? counted(count, 'question')
    : `${word} question${count === 1 ? '' : 's'}`;
}
