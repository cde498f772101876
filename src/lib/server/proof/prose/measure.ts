/** Measures two programs against each other: in turn, several times each, and judged by their medians. */
import type { CompareBlock, LessonDocument } from '#lib/domain/document.ts';
import type { Finding, Lesson, SourcePlace } from '#lib/domain/exercise.ts';
import type { Evidence, Figure, ProvenCompare } from '#lib/domain/proof.ts';
import { rowsFault, type Expectation } from '../../sandbox/port.ts';
import { errorSentence, observedSentence, whatHappened } from '../happened.ts';
import type { ExerciseBench } from '../kinds/kind.ts';
import { held, inCommon, observeOnce, type Observed } from '../observe.ts';
import {
  brokenFixture,
  errorPlace,
  hostTrouble,
  requestFor,
  type ProseOutcome,
} from './prove-programs.ts';

/** How often each of the two is run; an odd number, so that there is a run in the middle. */
export const runsEach = 5;

/** How often a ratio that is not reached is measured, in all: a busy host is no reason to refute. */
const mostMeasurements = 3;

type Side = 'before' | 'after';
const sides: Side[] = ['before', 'after'];

/** Measures until the claimed ratio is reached, or as often as is worth it. */
export async function measureCompare(
  block: CompareBlock,
  document: LessonDocument,
  lesson: Lesson,
  bench: ExerciseBench,
): Promise<ProseOutcome<ProvenCompare>> {
  const ratios: number[] = [];
  for (;;) {
    const measured = await runInTurn(block, lesson, bench);
    const runs = measured.before.length + measured.after.length;
    const fault = faultOf(block, document, measured);
    if (fault) {
      const isHost = fault.kind === 'trouble';
      return {
        proven: [],
        refuting: isHost ? [] : [fault.finding],
        trouble: isHost ? [fault.finding] : [],
        runs,
      };
    }
    const figures = {
      before: figureOf(block, measured.before),
      after: figureOf(block, measured.after),
    };
    const proven: ProvenCompare[] = [
      {
        id: block.id,
        before: evidenceOf(block, measured.before),
        after: evidenceOf(block, measured.after),
        figures,
      },
    ];
    ratios.push(figures.before.median / figures.after.median);
    if (ratios.at(-1)! >= block.ratio) return { proven, refuting: [], trouble: [], runs };
    if (ratios.length < mostMeasurements) continue;
    const finding = notReached(block, ratios);
    // Turned round each time it is false; now and then faster, the host may have been busy.
    return ratios.every((ratio) => ratio <= 1)
      ? { proven, refuting: [finding], trouble: [], runs }
      : { proven, refuting: [], trouble: [finding], runs };
  }
}

type Measured = Record<Side, Observed[]>;

/** Before and after by turns, so that a host that becomes busy slows both. Ends at the first fault. */
async function runInTurn(
  block: CompareBlock,
  lesson: Lesson,
  bench: ExerciseBench,
): Promise<Measured> {
  const measured: Measured = { before: [], after: [] };
  for (let go = 0; go < runsEach; go++) {
    for (const side of sides) {
      const { program, holds } = block[side];
      const expectations: Expectation[] =
        holds === null ? [] : [{ id: 'holds', kind: 'holds', source: holds }];
      const request = requestFor(lesson, { ...block, program });
      const asked = { request, expectations, patient: true };
      const observed = await bench.inTurn(() => observeOnce(bench, asked));
      bench.onRun();
      measured[side].push(observed);
      if (hasFault(block, side, observed)) return measured;
    }
  }
  return measured;
}

function hasFault(block: CompareBlock, side: Side, observed: Observed): boolean {
  const { outcome, error } = observed.evidence;
  return (
    observed.trouble !== null ||
    outcome !== 'finished' ||
    error !== null ||
    numberOf(block, observed) === null ||
    (block[side].holds !== null && !held(observed, 'holds'))
  );
}

/** The measured number; null when the drive did not observe one. */
function numberOf({ unit }: CompareBlock, { evidence }: Observed): number | null {
  const value = evidence.values[unit];
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

/** What was wrong with the last run of those that were made, if anything was. */
function faultOf(
  block: CompareBlock,
  document: LessonDocument,
  measured: Measured,
): { kind: 'trouble' | 'refuting'; finding: Finding } | null {
  const side = sides.find((each) => measured[each].some((one) => hasFault(block, each, one)));
  const observed = side && measured[side].find((each) => hasFault(block, side, each));
  if (!side || !observed) return null;
  if (observed.trouble !== null) {
    return { kind: 'trouble', finding: hostTrouble(placeIn(block, ''), observed) };
  }
  return { kind: 'refuting', finding: refutation(block, document, side, observed) };
}

function refutation(
  block: CompareBlock,
  document: LessonDocument,
  side: Side,
  observed: Observed,
): Finding {
  const { label, holds } = block[side];
  const { outcome, error, values } = observed.evidence;
  if (error?.type === rowsFault) return brokenFixture(document, error);
  if (outcome !== 'finished' || error !== null) {
    const program = placeIn(block, `${side}.file:text`);
    const drive = placeIn(block, 'drive:text');
    return {
      ...(error ? errorPlace({ program, drive }, error) : placeIn(block, `${side}.file`)),
      expected: `\`${label}\` to come to its end, and no exception`,
      found: error ? errorSentence(error) : whatHappened(observed, ''),
      fix: 'Mend the program, or what it is driven with.',
    };
  }
  const { unit } = block;
  if (numberOf(block, observed) === null) {
    const found = unit in values ? `\`${unit}\` = ${JSON.stringify(values[unit])}` : null;
    return {
      ...placeIn(block, 'drive'),
      expected: `a number greater than 0 under the name of the unit: \`observe("${unit}", ...)\``,
      found: found ?? observedSentence(observed),
      fix: 'Observe it in the drive, or mend `unit`.',
    };
  }
  const judged = observed.judged[0]?.judgements.get('holds');
  const fault = judged?.error && judged.error.type !== 'AssertionError' ? judged.error : null;
  return {
    ...placeIn(block, `${side}_holds`),
    expected: `of \`${label}\`, that \`${holds}\``,
    found: `${fault ? `${errorSentence(fault)}; ` : 'it does not hold; '}${observedSentence(observed)}`,
    fix: fault
      ? 'Mend the expression, or observe what it names.'
      : 'Mend the claim, or the program.',
  };
}

function notReached(block: CompareBlock, ratios: number[]): Finding {
  const { before, after, ratio } = block;
  const measured = ratios.map((each) => each.toFixed(2)).join(', ');
  const isTurned = ratios.every((each) => each <= 1);
  return {
    ...placeIn(block, 'ratio'),
    expected: `\`${before.label}\` to take at least ${ratio} times what \`${after.label}\` takes`,
    found: `${isTurned ? '' : 'inconclusive: '}measured ${ratios.length} times, by medians: ${measured}`,
    fix: isTurned
      ? 'Look whether before and after are turned round; else the claim is false.'
      : 'Let the difference be larger (longer waits), claim less, or try on a quieter host.',
  };
}

function placeIn(block: CompareBlock, path: string): SourcePlace {
  return block.places[path] ?? block.places['']!;
}

function figureOf(block: CompareBlock, all: Observed[]): Figure {
  const numbers = all.map((each) => numberOf(block, each)!).sort((a, b) => a - b);
  return {
    median: numbers[Math.floor(numbers.length / 2)]!,
    least: numbers[0]!,
    most: numbers.at(-1)!,
    runs: numbers.length,
  };
}

/** What all runs of one program agree on; the measured number is no part of it. */
function evidenceOf({ unit }: CompareBlock, all: Observed[]): Evidence {
  const [first] = all.map(({ evidence }) => evidence);
  const values = inCommon(all.map(({ evidence }) => evidence.values));
  const counts = inCommon(all.map(({ evidence }) => evidence.counts));
  const { [unit]: _, ...others } = values;
  const outputs = new Set(all.map(({ evidence }) => evidence.stdout));
  return { ...first!, values: others, counts, stdout: outputs.size === 1 ? first!.stdout : '' };
}
