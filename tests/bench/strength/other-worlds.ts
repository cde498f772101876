/** A row of the table of worlds that are not as the rule assumes. */
import { compareAll, coverage, lossesOf } from './compare.ts';
import { ratioOf, shown, shownShare } from './figures.ts';
import { guess } from './guessers.ts';
import type { SimulatedPool } from './pool.ts';
import { openSites } from './site.ts';
import type { World } from './world.ts';

const sites = 4;
/** Enough to tell that fewer than 1 in 50 are called strong, if none is. */
const guessers = 200;

/** @param state - After how many learners the exercises are looked at. */
export function rowOf(
  pool: SimulatedPool,
  world: World,
  state: number,
  learners: number,
): string[] {
  const opened = openSites(pool, world, sites, [state]);
  const { ours, eightOfTen, best } = compareAll(opened, learners);
  const judged = ours.get(state)!;
  const { once, ever } = guess(opened, state, guessers);
  return [
    world.name,
    shown(ratioOf(lossesOf(judged), best)),
    shown(ratioOf(eightOfTen, best)),
    shown(coverage(judged)),
    `${shownShare(once.value)} (< ${shownShare(once.atMost)})`,
    `${shownShare(ever.value)} (< ${shownShare(ever.atMost)})`,
  ];
}
