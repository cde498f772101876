/**
 * "Do I know it?": what the verdicts of a test cost, on simulated learners of known ability, beside "8 of 10 right"
 * and beside the best that ten answers allow. No clock and no host comes into it: the figures are the same anywhere.
 * `BENCH_LEARNERS` says how many are judged. Nothing here can be wrong, so an aim not met is no failure.
 */
import { join } from 'node:path';
import { verdicts, strengths } from '#lib/domain/strength/verdict.ts';
import { printAim, printTable } from './sandbox/statistics.ts';
import {
  compareAll,
  coverage,
  lossesOf,
  type Comparison,
  type Judged,
} from './strength/compare.ts';
import { meanOf, ratioOf, shown, shownShare } from './strength/figures.ts';
import { guess, retakes } from './strength/guessers.ts';
import { readPool, type SimulatedPool } from './strength/pool.ts';
import { rowOf } from './strength/other-worlds.ts';
import { openSites, type Site } from './strength/site.ts';
import { assumed, others } from './strength/worlds.ts';

const usualLearners = 1_800;
const sites = 12;
/** In a world that is not as the rule assumes so many times fewer are judged. */
const otherWorldsShare = 4;
/** After how many learners the exercises are looked at. */
const states = [0, 200, 1_000];
/** Those that the aims are for. */
const aimed = 1_000;
const guessers = 400;

function wantedLearners(): number {
  const wanted = process.env['BENCH_LEARNERS'];
  if (wanted === undefined) return usualLearners;
  const learners = Number(wanted);
  if (Number.isSafeInteger(learners) && learners >= 2 * sites) return learners;
  throw new Error(
    `BENCH_LEARNERS must be a whole number, at least ${2 * sites}, not ${JSON.stringify(wanted)}`,
  );
}

function nameOf(state: number): string {
  if (state === Infinity) return 'as they are';
  return state === 0 ? 'by their labels' : `corrected by ${state} learners`;
}

function printCosts({ ours, eightOfTen, best, afterAll }: Comparison): void {
  const row = (name: string, costs: number[][]) => [
    name,
    shown(meanOf(costs)),
    shown(ratioOf(costs, best)),
  ];
  printTable(
    `what a verdict costs, ${best.flat().length} learners at ${best.length} sites`,
    ['', 'mean loss', 'to the best possible'],
    [
      ...[...ours].map(([state, judged]) =>
        row(`ours, exercises ${nameOf(state)}`, lossesOf(judged)),
      ),
      row('8 of 10 right', eightOfTen),
      row('best possible with ten answers', best),
      row('after all the exercises of the pool', afterAll),
    ],
  );
}

function printVerdicts(judged: Judged[]): void {
  const share = (of: Judged[], verdict: string) =>
    shownShare(of.filter((each) => each.verdict === verdict).length / of.length);
  printTable(
    'verdicts by how the learner stands',
    ['', 'of learners', ...verdicts],
    strengths.map((strength) => {
      const those = judged.filter(({ truth }) => truth === strength);
      const of = shownShare(those.length / judged.length);
      return [strength, of, ...verdicts.map((verdict) => share(those, verdict))];
    }),
  );
}

/** In which share of the tests of a site its most used exercise comes up, and its five most used; on average. */
function exposure(judged: Judged[][], pool: SimulatedPool): [most: number, ofFive: number] {
  const sorted = judged.map((site) =>
    pool.exercises
      .map(({ uid }) => site.filter(({ drawn }) => drawn.includes(uid)).length / site.length)
      .toSorted((a, b) => b - a),
  );
  const mean = (values: number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  return [
    mean(sorted.map(([most]) => most!)),
    mean(sorted.flatMap((shares) => shares.slice(0, 5))),
  ];
}

function printAims(comparison: Comparison, opened: Site[], pool: SimulatedPool): void {
  const judged = comparison.ours.get(aimed)!;
  const ratio = ratioOf(lossesOf(judged), comparison.best);
  const { tests, once, ever } = guess(opened, aimed, guessers);
  const within = coverage(judged);
  const [most, ofFive] = exposure(judged, pool);
  console.log(`\naims, exercises ${nameOf(aimed)}`);
  printAim('at most 1.10 times the best possible', shown(ratio), ratio.value <= 1.1);
  printAim(
    'a blind guesser is called strong at most 1 time in 200',
    `${(once.value * 100).toFixed(2)} % of ${tests}, surely below ${(once.atMost * 100).toFixed(2)} %`,
    once.atMost <= 1 / 200,
  );
  printAim(
    `at most 1 in 50 over ${retakes} tests`,
    `${(ever.value * 100).toFixed(2)} % of ${tests / retakes}, surely below ${(ever.atMost * 100).toFixed(2)} %`,
    ever.atMost <= 1 / 50,
  );
  printAim(
    'the 90 % interval holds the ability 88 to 92 times in 100',
    shown(within),
    Math.abs(within.value - 0.9) <= 0.02,
  );
  console.log(
    `\n  the most used exercise of a site comes up in ${shownShare(most)} of its tests, the five most used in ${shownShare(ofFive)}`,
  );
}

const pool = await readPool(join(import.meta.dirname, '..', '..'));
const learners = wantedLearners();
console.log(`\nthe pool: ${pool.says}`);
const opened = openSites(pool, assumed, sites, states);
const comparison = compareAll(opened, learners);
printCosts(comparison);
printVerdicts(comparison.ours.get(aimed)!.flat());
printTable(
  'how often the 90 % interval holds the true ability',
  ['exercises', 'share'],
  [...comparison.ours].map(([state, judged]) => [nameOf(state), shown(coverage(judged))]),
);
printAims(comparison, opened, pool);

const rows = others.map((world) => rowOf(pool, world, aimed, learners / otherWorldsShare));
printTable(
  `worlds that are not as the rule assumes (the best possible knows them), exercises ${nameOf(aimed)}`,
  [
    '',
    'ours to the best',
    '8 of 10 to it',
    '90 % interval',
    'blind: strong',
    `in ${retakes} tests`,
  ],
  rows,
);
