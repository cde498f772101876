/**
 * What a test has still to cover: each objective once, each difficulty twice. An exercise may be drawn only if
 * as much can be covered after it as before; so the last ones drawn never come too late for a need.
 */
import type { Difficulty } from '../exercise.ts';

/** All that coverage depends on. */
export interface CoverageItem {
  objective: string;
  difficulty: Difficulty;
  /** Of exercises with the same variant a test has one. */
  variant: string;
}

/** What is still needed, by objective and by difficulty; at least 1 each. */
export interface Needs {
  objectives: ReadonlySet<string>;
  difficulties: ReadonlyMap<Difficulty, number>;
}

/** How many exercises of each difficulty a test has at least. */
const ofEachDifficulty = 2;

/** Searching for a way to cover all is given up after so many exercises tried; what is found by then is used. */
const mostTried = 400;

/** What is needed of a test that has these exercises, where this pool has it. */
export function needsOf(pool: readonly CoverageItem[], drawn: readonly CoverageItem[]): Needs {
  const objectives = new Set(pool.map(({ objective }) => objective));
  const difficulties = new Map<Difficulty, number>();
  for (const { difficulty } of pool) difficulties.set(difficulty, ofEachDifficulty);
  return drawn.reduce<Needs>(needsAfter, { objectives, difficulties });
}

function needsAfter({ objectives, difficulties }: Needs, drawn: CoverageItem): Needs {
  const left = new Map(difficulties);
  const count = (left.get(drawn.difficulty) ?? 0) - 1;
  if (count > 0) left.set(drawn.difficulty, count);
  else left.delete(drawn.difficulty);
  return {
    objectives: new Set([...objectives].filter((each) => each !== drawn.objective)),
    difficulties: left,
  };
}

/** The exercises that may follow one that was drawn: others, and no variants of it. */
export function without<T extends CoverageItem>(pool: readonly T[], variant: string): T[] {
  return pool.filter((each) => each.variant !== variant);
}

/**
 * How much cannot be covered any more, however the rest is drawn.
 * @param pool - What may be drawn, no variant of what has been.
 * @param slots - How many are to be drawn.
 * @returns The needs that stay unmet and the slots that stay empty; 0: the test can be completed.
 */
export function shortfallOf(needs: Needs, pool: readonly CoverageItem[], slots: number): number {
  const variants = new Set(pool.map(({ variant }) => variant)).size;
  return leastUnmet(needs, pool, slots, { tried: 0 }) + Math.max(0, slots - variants);
}

/** The shortfall after each exercise that may be drawn next, in their order. */
export function shortfallsAfter(
  needs: Needs,
  pool: readonly CoverageItem[],
  slots: number,
): number[] {
  const known = new Map<string, number>();
  return alikeBy(pool).map((key, index) => {
    const drawn = pool[index]!;
    const shortfall =
      known.get(key) ??
      shortfallOf(needsAfter(needs, drawn), without(pool, drawn.variant), slots - 1);
    known.set(key, shortfall);
    return shortfall;
  });
}

/** A text for each exercise; those with the same text cover the same, and drawing one takes away no other. */
function alikeBy(pool: readonly CoverageItem[]): string[] {
  const variants = new Map<string, number>();
  for (const { variant } of pool) variants.set(variant, (variants.get(variant) ?? 0) + 1);
  return pool.map(({ objective, difficulty, variant }) =>
    JSON.stringify([objective, difficulty, variants.get(variant) === 1 ? null : variant]),
  );
}

/**
 * Branch and bound. Of the need that the fewest exercises meet, each of these is tried, and then doing without;
 * most often the first way down meets all, and the search is over.
 */
function leastUnmet(
  needs: Needs,
  pool: readonly CoverageItem[],
  slots: number,
  search: { tried: number },
): number {
  const bound = leastThinkable(needs, pool, slots);
  const scarcest = scarcestNeed(needs, pool);
  let least = needs.objectives.size + countOf(needs);
  if (slots === 0 || scarcest === null) return least;
  const alike = alikeBy(scarcest.meeting);
  const ways = scarcest.meeting.filter((_, index) => alike.indexOf(alike[index]!) === index);
  for (const drawn of ways.sort((a, b) => meets(needs, b) - meets(needs, a))) {
    if (least <= bound || search.tried >= mostTried) return least;
    search.tried += 1;
    const rest = without(pool, drawn.variant);
    least = Math.min(least, leastUnmet(needsAfter(needs, drawn), rest, slots - 1, search));
  }
  if (least <= bound) return least;
  return Math.min(least, scarcest.count + leastUnmet(scarcest.others, pool, slots, search));
}

/** No way to draw leaves fewer needs unmet: an exercise meets one of each sort, and there are only so many. */
function leastThinkable(needs: Needs, pool: readonly CoverageItem[], slots: number): number {
  const covered = new Set(pool.map(({ objective }) => objective));
  const without = [...needs.objectives].filter((each) => !covered.has(each)).length;
  let short = 0;
  for (const [each, count] of needs.difficulties) {
    short += Math.max(0, count - pool.filter(({ difficulty }) => difficulty === each).length);
  }
  return Math.max(without, needs.objectives.size - slots) + Math.max(short, countOf(needs) - slots);
}

function countOf({ difficulties }: Needs): number {
  return [...difficulties.values()].reduce((sum, count) => sum + count, 0);
}

/** How many needs drawing it meets. */
function meets({ objectives, difficulties }: Needs, drawn: CoverageItem): number {
  return Number(objectives.has(drawn.objective)) + Number(difficulties.has(drawn.difficulty));
}

interface Need {
  /** How many are needed. */
  count: number;
  meeting: CoverageItem[];
  /** The needs without this one. */
  others: Needs;
}

/** The need that the fewest exercises meet, but some; null: there is none. */
function scarcestNeed(needs: Needs, pool: readonly CoverageItem[]): Need | null {
  const { objectives, difficulties } = needs;
  const all: Need[] = [
    ...[...objectives].map((each) => ({
      count: 1,
      meeting: pool.filter(({ objective }) => objective === each),
      others: { difficulties, objectives: new Set([...objectives].filter((it) => it !== each)) },
    })),
    ...[...difficulties].map(([each, count]) => ({
      count,
      meeting: pool.filter(({ difficulty }) => difficulty === each),
      others: {
        objectives,
        difficulties: new Map([...difficulties].filter(([it]) => it !== each)),
      },
    })),
  ];
  return all.reduce<Need | null>((scarcest, need) => {
    if (need.meeting.length === 0) return scarcest;
    return scarcest === null || need.meeting.length < scarcest.meeting.length ? need : scarcest;
  }, null);
}
