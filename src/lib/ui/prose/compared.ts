/** Numbers and facts of a measurement, as its figure tells them. */
import { valueText } from '../../domain/evidence-sentence.ts';
import type { Figure } from '../../domain/proof.ts';
import type { MeasurementView } from '../../domain/document-view.ts';

/** A number with its thousands apart. */
function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 12 });
}

/** Three digits say all that a measurement can. */
function numberText(value: number): string {
  return grouped(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}

/** Units as people write them; observed under a name that Python can have. */
const unitSigns: Record<string, string> = { us: 'µs', percent: '%' };

/** `206 ms`. */
export function amountText(value: number, unit: string): string {
  return `${numberText(value)} ${unitSigns[unit] ?? unit}`;
}

/** `from 203 to 209 ms`. */
export function spreadText({ least, most }: Figure, unit: string): string {
  return `from ${numberText(least)} to ${amountText(most, unit)}`;
}

/** How many times one median is of the other: two digits, since another run gives another number. */
export function ratioText(ratio: number): string {
  return grouped(Number(ratio.toPrecision(2)));
}

const timeUnits = new Set(['ns', 'us', 'ms', 's']);

/** How the two stand to each other, as a clause: `“A” took 3.1 times as long as “B”`. @param times - As a text. */
export function comparedText(
  { before, after, unit }: Pick<MeasurementView, 'before' | 'after' | 'unit'>,
  times: string,
): string {
  const [one, other] = [`“${before.label}”`, `“${after.label}”`];
  return timeUnits.has(unit)
    ? `${one} took ${times} times as long as ${other}`
    : `${one} came to ${times} times ${other}`;
}

export interface ComparedFact {
  name: string;
  before: string;
  after: string;
}

/** What both programs were counted by, by the name that the author gave it. */
export function comparedFacts({ before, after }: MeasurementView): ComparedFact[] {
  const names = [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])];
  const text = (values: MeasurementView['before']['values'], name: string) =>
    name in values ? valueText(values[name] ?? null) : '–';
  return names.map((name) => ({
    name: name.replaceAll('_', ' '),
    before: text(before.values, name),
    after: text(after.values, name),
  }));
}
