/** Holds what a lesson claims of its scenarios against runs of them. Nothing is run here. */
import type { LabResult } from '#lib/domain/lab.ts';
import { isCount, measure } from '#lib/domain/lab-measures.ts';
import type { LabClaim, LabInequality, LessonLab, Measured } from '#lib/domain/lesson-lab.ts';
import type { ProvenClaim, Spread } from '#lib/domain/proof.ts';

/** Runs of scenarios made one right after the other, by the scenario's id. */
export type Series = ReadonlyMap<string, LabResult>;

/** How many series are made before claims are judged, and again for those that are open then. */
export const seriesAtOnce = 3;
const mostSeries = 3 * seriesAtOnce;

/** A claim holds when so large a part of the series speaks for it: of three, all of them. */
const leastPart = 0.8;
/** One is refuted by no fewer of those in which the host was calm. */
const leastCalm = 3;

/** A wait of the upstream is in time when it ends so soon after it should, in milliseconds ... */
const lateMs = 50;
/** ... or within so large a part of itself. */
const latePart = 0.1;
/** So large a part of them must be in time: a single late one changes no measure by much. */
const inTimePart = 0.9;

/** What became of a claim, with what its findings tell. */
export interface JudgedClaim extends ProvenClaim {
  /** The series by which it was judged, how many of them it holds in, and in how many the host was calm. */
  series: number;
  holding: number;
  calm: number;
}

export interface JudgedClaims {
  /** In the lab's order; what is open so far is `inconclusive`. */
  claims: JudgedClaim[];
  /** Ids of the scenarios that should be run in further series; empty: more would settle nothing. */
  wanted: string[];
}

/**
 * @param all - In the order in which they were made. The first ones hold every scenario; later ones may hold those
 *   only that were still wanted.
 */
export function judgeClaims(lab: LessonLab, all: readonly Series[]): JudgedClaims {
  const judged = lab.claims.map((claim) => judgeClaim(lab, claim, all));
  const wanted = new Set(
    judged.flatMap(({ isOpen }, index) => {
      return isOpen ? namesOf(lab.claims[index]!.inequality) : [];
    }),
  );
  return {
    claims: judged.map(({ isOpen: _, ...claim }) => claim),
    wanted: lab.scenarios.flatMap(({ id }) => (wanted.has(id) ? [id] : [])),
  };
}

/** Least, middle and most; of an even number of values the mean of the two in the middle. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { least: sorted[0]!, median, most: sorted.at(-1)! };
}

/**
 * Whether the host kept up while a scenario was run, by the waits of the upstream: it runs no learner code, and does
 * nothing but sleep. A program that asks it for other waits than its load says makes every host look busy.
 * @returns Null: nothing called it, so nothing can be said.
 */
export function wasCalm({ upstream }: Pick<LabResult, 'upstream'>, waitMs: number): boolean | null {
  const late = upstream.calls.flatMap(([began, ended]) =>
    ended === null ? [] : [(ended - began) / 1000 - waitMs],
  );
  if (late.length === 0) return null;
  const inTime = late.filter((by) => by <= Math.max(lateMs, latePart * waitMs));
  return inTime.length >= inTimePart * late.length;
}

/** What one series says of a claim. */
interface Said {
  left: number | null;
  right: number | null;
  holds: boolean;
  isCalm: boolean;
}

function judgeClaim(
  lab: LessonLab,
  claim: LabClaim,
  all: readonly Series[],
): JudgedClaim & { isOpen: boolean } {
  const names = namesOf(claim.inequality);
  const own = all.filter((series) => names.every((name) => series.has(name)));
  const said = own.map((series) => sayOf(lab, claim.inequality, series));
  // Judged by those at which it was settled: later ones were made for the sake of other claims.
  for (let count = seriesAtOnce; count <= said.length; count += seriesAtOnce) {
    const first = said.slice(0, count);
    const verdict = verdictOf(claim.inequality, first);
    if (verdict) return { ...told(claim, first), verdict, isOpen: false };
  }
  return { ...told(claim, said), verdict: 'inconclusive', isOpen: canBeSettled(said) };
}

/** Whether further series could make it hold, or refute it. */
function canBeSettled(said: readonly Said[]): boolean {
  const more = mostSeries - said.length;
  const holding = said.filter(({ holds }) => holds).length;
  const speaksFor = said.some(({ holds, isCalm }) => holds && isCalm);
  return more > 0 && (holding + more >= leastPart * mostSeries || !speaksFor);
}

function told({ id, inequality }: LabClaim, said: readonly Said[]): Omit<JudgedClaim, 'verdict'> {
  return {
    id,
    left: spreadOf(said.flatMap(({ left }) => left ?? [])),
    right: inequality.right && spreadOf(said.flatMap(({ right }) => right ?? [])),
    series: said.length,
    holding: said.filter(({ holds }) => holds).length,
    calm: said.filter(({ isCalm }) => isCalm).length,
  };
}

/** Null: the series do not settle it. Of three, that is unless all of them agree. */
function verdictOf(inequality: LabInequality, said: readonly Said[]): 'holds' | 'refuted' | null {
  const calm = said.filter(({ isCalm }) => isCalm);
  if (calm.length >= leastCalm && calm.every(({ holds }) => !holds)) return 'refuted';
  const holding = said.filter(({ holds }) => holds).length;
  if (holding < leastPart * said.length) return null;
  const [left, right] = (['left', 'right'] as const).map(
    (side) => spreadOf(said.flatMap((each) => each[side] ?? []))?.median ?? null,
  );
  return isSo(inequality, left!, right!) ? 'holds' : null;
}

function sayOf(lab: LessonLab, inequality: LabInequality, series: Series): Said {
  const valueOf = ({ scenario, measure: name }: Measured) => measure(series.get(scenario)!, name);
  const left = valueOf(inequality.left);
  const right = inequality.right && valueOf(inequality.right);
  const isCalm = isCount(inequality.left.measure) || isSeriesCalm(lab, namesOf(inequality), series);
  return { left, right, holds: isSo(inequality, left, right), isCalm };
}

/** A number that a run has not got holds nothing. */
function isSo(
  { compared, factor, right: named }: LabInequality,
  left: number | null,
  right: number | null,
): boolean {
  if (left === null || (named !== null && right === null)) return false;
  const other = factor * (named === null ? 1 : right!);
  if (compared === '==') return left === other;
  return compared === '>=' ? left >= other : left <= other;
}

/**
 * Whether the host was calm, by the scenarios that are compared; where neither waits for the upstream, by those that
 * were run beside them; where none does, nothing speaks against it.
 */
function isSeriesCalm(lab: LessonLab, names: readonly string[], series: Series): boolean {
  const calmOf = (wanted: (id: string) => boolean) =>
    lab.scenarios.flatMap(({ id, load }) => {
      const result = wanted(id) ? series.get(id) : undefined;
      return result ? (wasCalm(result, load.waitMs) ?? []) : [];
    });
  const own = calmOf((id) => names.includes(id));
  return (own.length > 0 ? own : calmOf(() => true)).every(Boolean);
}

function namesOf({ left, right }: LabInequality): string[] {
  return [left.scenario, ...(right ? [right.scenario] : [])];
}
