import type { RoundEnding } from '#lib/domain/round.ts';

/** What the rule of rounds needs to know of the newest round kept. */
export interface LatestRound {
  number: number;
  contentVersion: string;
  ending: RoundEnding | null;
}

/** The round that a page speaks of. */
export interface SeenRound {
  round: number;
  contentVersion: string;
}

/** `open`: it goes on. `begin`: it is to be opened now. `stale`: it is over, or was replaced. */
export type Standing = 'open' | 'begin' | 'stale';

/**
 * How the round that a learner saw stands when they answer, ask for a hint or have it shown.
 * @param latest - The newest round kept; undefined when there is none.
 */
export function standingOf(seen: SeenRound, latest: LatestRound | undefined): Standing {
  if (latest === undefined) return seen.round === 1 ? 'begin' : 'stale';
  if (latest.contentVersion !== seen.contentVersion) {
    // Nobody can finish a round whose exercise is gone, so nobody has to ask for the next one.
    return seen.round === latest.number + 1 ? 'begin' : 'stale';
  }
  return seen.round === latest.number && latest.ending === null ? 'open' : 'stale';
}

/** Whether a learner who asks for that round anew may have it. Round 1 is never asked for. */
export function canStart(seen: SeenRound, latest: LatestRound | undefined): boolean {
  if (latest === undefined || seen.round !== latest.number + 1) return false;
  return latest.ending !== null || latest.contentVersion !== seen.contentVersion;
}
