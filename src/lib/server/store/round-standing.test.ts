import { describe, expect, it } from 'vitest';
import { canStart, standingOf, type LatestRound } from './round-standing.ts';

const open: LatestRound = { number: 2, contentVersion: 'v1', ending: null };
const over: LatestRound = { ...open, ending: 'attempts' };

describe('how the round that a learner saw stands', () => {
  it.each([
    ['round 1 of an exercise never tried', 1, 'v1', undefined, 'begin'],
    ['a later round of an exercise never tried', 2, 'v1', undefined, 'stale'],
    ['the newest round', 2, 'v1', open, 'open'],
    ['the newest round, over', 2, 'v1', over, 'stale'],
    ['a round before the newest', 1, 'v1', open, 'stale'],
    ['the next round, not asked for', 3, 'v1', open, 'stale'],
    ['the next round, not asked for after the newest is over', 3, 'v1', over, 'stale'],
    ['the newest round with other content', 2, 'v2', open, 'stale'],
    ['the next round with other content', 3, 'v2', open, 'begin'],
    ['the next round with other content after the newest is over', 3, 'v2', over, 'begin'],
    ['a round further on with other content', 4, 'v2', open, 'stale'],
  ])('%s (%i, %s)', (_, round, contentVersion, latest, standing) => {
    expect(standingOf({ round, contentVersion }, latest)).toBe(standing);
  });
});

describe('whether a round that is asked for can start', () => {
  it.each([
    ['round 1 of an exercise never tried', 1, 'v1', undefined, false],
    ['the next round, while the newest is open', 3, 'v1', open, false],
    ['the next round, when the newest is over', 3, 'v1', over, true],
    ['the next round, with other content', 3, 'v2', open, true],
    ['the newest round again', 2, 'v1', over, false],
    ['a round further on', 4, 'v1', over, false],
  ])('%s (%i, %s)', (_, round, contentVersion, latest, can) => {
    expect(canStart({ round, contentVersion }, latest)).toBe(can);
  });
});
