/** Says in a person's words which claims of a lab are refuted, and which are left open. */
import type { Finding } from '#lib/domain/exercise.ts';
import { describeMeasure, type MeasureName } from '#lib/domain/lab-measures.ts';
import type { LabClaim, LessonLab, Measured } from '#lib/domain/lesson-lab.ts';
import type { Spread } from '#lib/domain/proof.ts';
import { placeOf } from '../../content/source.ts';
import type { JudgedClaim } from './judge-claims.ts';

/** @param judged - In the order of the lab's claims; empty when none was judged. */
export function claimFindings(
  lab: LessonLab,
  judged: readonly JudgedClaim[],
): { refuted: Finding[]; inconclusive: Finding[] } {
  const findingsOf = (verdict: JudgedClaim['verdict']) =>
    judged.flatMap((each, index) =>
      each.verdict === verdict ? [findingOf(lab, index, each)] : [],
    );
  return { refuted: findingsOf('refuted'), inconclusive: findingsOf('inconclusive') };
}

function findingOf(lab: LessonLab, index: number, judged: JudgedClaim): Finding {
  const claim = lab.claims[index]!;
  const isRefuted = judged.verdict === 'refuted';
  return {
    ...placeOf(lab, `claims.${index}.holds`),
    expected: `that \`${claim.holds}\``,
    found: `${isRefuted ? '' : 'inconclusive, which refutes nothing: '}${foundText(claim, judged)}`,
    fix: isRefuted
      ? 'Mend the claim, or the program.'
      : 'Let the difference be larger (longer waits), claim less, or try on a quieter host.',
  };
}

function foundText(
  { inequality: { left, right } }: LabClaim,
  { series, holding, calm, ...spreads }: JudgedClaim,
): string {
  const sides = [
    sideText(left, spreads.left),
    ...(right ? [sideText(right, spreads.right)] : []),
  ].join(' against ');
  const host = calm === series ? '' : `, in ${calm} of which the host was calm`;
  return `it held in ${holding} of ${series} series${host}; ${sides}`;
}

/** `async-waits.wall-ms 640 ms (612 to 700)`. */
function sideText({ scenario, measure }: Measured, spread: Spread | null): string {
  const name = `\`${scenario}.${measure}\``;
  if (!spread) return `${name} of no run`;
  const [least, median, most] = [spread.least, spread.median, spread.most].map((value) =>
    numberText(measure, value),
  );
  const { unit } = describeMeasure(measure);
  const inUnit = unit === 'count' ? median : `${median} ${unit}`;
  return `${name} ${inUnit}${least === most ? '' : ` (${least} to ${most})`}`;
}

function numberText(name: MeasureName, value: number): string {
  const { unit } = describeMeasure(name);
  const digits = unit === 'ms' || Number.isInteger(value) ? 0 : 1;
  return value.toFixed(digits);
}
