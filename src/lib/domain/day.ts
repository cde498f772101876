/** Days as numbers: whole days since 1970-01-01 where the learner is, so that neither hours nor summer time come into them. */

const msOfDay = 86_400_000;

/** Building a formatter takes longer than using it a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>();
/** There are some 600 zones, but names in other letters, `EUROPE/vienna`, are names too. */
const mostFormatters = 1000;

/** Where nothing better is known. */
export const zoneOfAnybody = 'UTC';

/** Whether it names a time zone that this host knows: `Europe/Vienna`. */
export function isZone(name: string): boolean {
  // Longer names do not exist; and what a browser sends must not fill the map of formatters.
  if (name.length > 64) return false;
  if (formatters.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The day on which a moment falls there.
 * @param zone - A name that `isZone` knows.
 */
export function dayOf(moment: Date, zone: string): number {
  const [year, month, day] = formatterOf(zone).format(moment).split('-').map(Number);
  return Math.round(Date.UTC(year!, month! - 1, day) / msOfDay);
}

/** The day as `2026-11-26`. */
export function dateOfDay(day: number): string {
  return new Date(day * msOfDay).toISOString().slice(0, 10);
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  // Canada's English writes dates as ISO does.
  const made = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  });
  if (formatters.size >= mostFormatters) formatters.clear();
  formatters.set(zone, made);
  return made;
}
