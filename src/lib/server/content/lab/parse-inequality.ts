/** Reads what an author writes of a claim: one inequality, and nothing that could be run. */
import type { LabInequality } from '#lib/domain/lesson-lab.ts';

/** A measure of a scenario, as it is written: neither of the names need be known. */
export interface WrittenMeasured {
  scenario: string;
  measure: string;
}

export interface WrittenInequality extends Pick<LabInequality, 'compared' | 'factor'> {
  left: WrittenMeasured;
  /** Null: it is held against a number. */
  right: WrittenMeasured | null;
}

const measured = '([a-z0-9-]+)\\.([a-z][a-z0-9-]*)';
const number = '(\\d{1,9}(?:\\.\\d{1,6})?)';
const whole = new RegExp(
  `^\\s*${measured}\\s*(==|>=|<=)\\s*(?:${number}|(?:${number}\\s*\\*\\s*)?${measured})\\s*$`,
);

/**
 * `scenario.measure`, one of `==`, `>=`, `<=`, then a number, or `scenario.measure`, or `number * scenario.measure`.
 * @returns Null: it has another form.
 */
export function parseInequality(text: string): WrittenInequality | null {
  const found = whole.exec(text);
  if (!found) return null;
  const [, scenario, measure, compared, alone, factor, rightScenario, rightMeasure] = found;
  return {
    left: { scenario: scenario!, measure: measure! },
    compared: compared as LabInequality['compared'],
    factor: Number(alone ?? factor ?? 1),
    right: alone === undefined ? { scenario: rightScenario!, measure: rightMeasure! } : null,
  };
}
