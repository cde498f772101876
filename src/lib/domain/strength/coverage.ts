/**
 * What a test has still to cover: each objective once, each difficulty once. An exercise may be drawn only if
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

/** What is still needed. */
export interface Needs {
  /** One exercise of each. */
  objectives: readonly string[];
  /** How many of each; at least 1. */
  difficulties: readonly { difficulty: Difficulty; count: number }[];
}

/** How many exercises of each difficulty a test has at least. */
const ofEachDifficulty = 1;

/** Searching for a way to cover all is given up after so many exercises tried; what is found by then is used. */
const mostTried = 400;

/** What is needed of a test that has these exercises, where this pool has it. */
export function needsOf(pool: readonly CoverageItem[], drawn: readonly CoverageItem[]): Needs {
  const difficulties = [...new Set(pool.map(({ difficulty }) => difficulty))];
  const needs: Needs = {
    objectives: [...new Set(pool.map(({ objective }) => objective))],
    difficulties: difficulties.map((difficulty) => ({ difficulty, count: ofEachDifficulty })),
  };
  return drawn.reduce<Needs>(needsAfter, needs);
}

function needsAfter(
  { objectives, difficulties }: Needs,
  drawn: Pick<CoverageItem, 'objective' | 'difficulty'>,
): Needs {
  return {
    objectives: objectives.filter((each) => each !== drawn.objective),
    difficulties: difficulties
      .map(({ difficulty, count }) => {
        return { difficulty, count: difficulty === drawn.difficulty ? count - 1 : count };
      })
      .filter(({ count }) => count > 0),
  };
}

/** Exercises that cover the same, and of which drawing one takes no other away; or one that has variants. */
interface Group {
  objective: string;
  difficulty: Difficulty;
  /** Null: they have no variants. */
  variant: string | null;
  count: number;
}

/** The groups of a pool, and the one that each of its exercises is in. */
function groupsOf(pool: readonly CoverageItem[]): { groups: Group[]; groupAt: Group[] } {
  const variants = new Map<string, number>();
  for (const { variant } of pool) variants.set(variant, (variants.get(variant) ?? 0) + 1);
  const groups: Group[] = [];
  const groupAt = pool.map(({ objective, difficulty, variant }) => {
    const shared = variants.get(variant) === 1 ? null : variant;
    const known = groups.find(
      (each) =>
        each.objective === objective && each.difficulty === difficulty && each.variant === shared,
    );
    if (known) {
      // Of variants that cover the same one can be drawn.
      if (shared === null) known.count += 1;
      return known;
    }
    const group = { objective, difficulty, variant: shared, count: 1 };
    groups.push(group);
    return group;
  });
  return { groups, groupAt };
}

/** What is left when one of a group has been drawn: neither it nor its variants. */
function groupsAfter(groups: readonly Group[], drawn: Group): Group[] {
  return groups.flatMap((each) => {
    if (each === drawn) return each.count > 1 ? [{ ...each, count: each.count - 1 }] : [];
    return each.variant !== null && each.variant === drawn.variant ? [] : [each];
  });
}

/**
 * How much cannot be covered any more, however the rest is drawn.
 * @param pool - What may be drawn, no variant of what has been.
 * @param slots - How many are to be drawn.
 * @returns The needs that stay unmet and the slots that stay empty; 0: the test can be completed.
 */
export function shortfallOf(needs: Needs, pool: readonly CoverageItem[], slots: number): number {
  return shortfallOfGroups(needs, groupsOf(pool).groups, slots);
}

/** The shortfall after each exercise that may be drawn next, in their order. */
export function shortfallsAfter(
  needs: Needs,
  pool: readonly CoverageItem[],
  slots: number,
): number[] {
  const { groups, groupAt } = groupsOf(pool);
  const after = new Map(
    groups.map((group) => [
      group,
      shortfallOfGroups(needsAfter(needs, group), groupsAfter(groups, group), slots - 1),
    ]),
  );
  return groupAt.map((group) => after.get(group)!);
}

function shortfallOfGroups(needs: Needs, groups: readonly Group[], slots: number): number {
  const alone = groups.reduce((sum, { variant, count }) => sum + (variant === null ? count : 0), 0);
  const variants = new Set(groups.flatMap(({ variant }) => variant ?? [])).size;
  return leastUnmet(needs, groups, slots, { tried: 0 }) + Math.max(0, slots - alone - variants);
}

/**
 * Branch and bound. Of the need that the fewest exercises meet, each of these is tried, and then doing without;
 * most often the first way down meets all, and the search is over.
 */
function leastUnmet(
  needs: Needs,
  groups: readonly Group[],
  slots: number,
  search: { tried: number },
): number {
  let least = needs.objectives.length + countOf(needs);
  if (slots === 0 || least === 0) return least;
  const bound = leastThinkable(needs, groups, slots);
  // With no variants, and a slot for each need by itself, none is in another's way.
  if (slots >= least && groups.every(({ variant }) => variant === null)) return bound;
  const scarcest = scarcestNeed(needs, groups);
  if (scarcest === null) return least;
  for (const drawn of scarcest.meeting) {
    if (least <= bound || search.tried >= mostTried) return least;
    search.tried += 1;
    const rest = groupsAfter(groups, drawn);
    least = Math.min(least, leastUnmet(needsAfter(needs, drawn), rest, slots - 1, search));
  }
  if (least <= bound) return least;
  return Math.min(least, scarcest.count + leastUnmet(scarcest.others, groups, slots, search));
}

/** No way to draw leaves fewer needs unmet: an exercise meets one of each sort, and there are only so many. */
function leastThinkable(
  { objectives, difficulties }: Needs,
  groups: readonly Group[],
  slots: number,
): number {
  const without = objectives.filter((each) => supplyOf(meetingObjective(groups, each)) === 0);
  let short = 0;
  let wanted = 0;
  for (const { difficulty, count } of difficulties) {
    wanted += count;
    short += Math.max(0, count - supplyOf(meetingDifficulty(groups, difficulty)));
  }
  return Math.max(without.length, objectives.length - slots) + Math.max(short, wanted - slots);
}

function countOf({ difficulties }: Needs): number {
  return difficulties.reduce((sum, { count }) => sum + count, 0);
}

function supplyOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

function meetingObjective(groups: readonly Group[], objective: string): Group[] {
  return groups.filter((group) => group.objective === objective);
}

function meetingDifficulty(groups: readonly Group[], difficulty: Difficulty): Group[] {
  return groups.filter((group) => group.difficulty === difficulty);
}

interface Need {
  /** How many are needed. */
  count: number;
  /** What meets it; what meets a second need as well comes first. */
  meeting: Group[];
  /** The needs without this one. */
  others: Needs;
}

/** The need that the fewest exercises meet, but some; null: there is none. */
function scarcestNeed({ objectives, difficulties }: Needs, groups: readonly Group[]): Need | null {
  const all: Need[] = [
    ...objectives.map((objective) => ({
      count: 1,
      meeting: firstThose(meetingObjective(groups, objective), (group) =>
        difficulties.some(({ difficulty }) => difficulty === group.difficulty),
      ),
      others: { difficulties, objectives: objectives.filter((each) => each !== objective) },
    })),
    ...difficulties.map((need) => ({
      count: need.count,
      meeting: firstThose(meetingDifficulty(groups, need.difficulty), ({ objective }) =>
        objectives.includes(objective),
      ),
      others: { objectives, difficulties: difficulties.filter((each) => each !== need) },
    })),
  ].filter(({ meeting }) => meeting.length > 0);
  return all.reduce<Need | null>((scarcest, need) => {
    if (scarcest === null) return need;
    return supplyOf(need.meeting) < supplyOf(scarcest.meeting) ? need : scarcest;
  }, null);
}

function firstThose(groups: Group[], isFirst: (group: Group) => boolean): Group[] {
  return [...groups.filter(isFirst), ...groups.filter((group) => !isFirst(group))];
}
