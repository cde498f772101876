/**
 * "Do I know it?": what the verdicts of a test cost, on simulated learners of known ability, beside "8 of 10 right"
 * and beside the best that ten answers allow. No clock and no host comes into it: the figures are the same anywhere.
 * `BENCH_LEARNERS` says how many are judged. Nothing here can be wrong, so an aim not met is no failure.
 */
import { join } from 'node:path';
import { verdictOf, verdicts, strengths } from '#lib/domain/strength/verdict.ts';
import { printAim, printTable } from './sandbox/statistics.ts';
import { compare, type Comparison, type Judged } from './strength/compare.ts';
import { meanOf, ratioOf, shareOf, shown, shownShare } from './strength/figures.ts';
import { readPool, type SimulatedPool } from './strength/pool.ts';
import { openSite, type Site } from './strength/site.ts';
import { takeTest } from './strength/take-test.ts';
import { makeBlindGuesser, type World } from './strength/world.ts';

const usualLearners = 2_400;
const sites = 8;
/** After how many learners the difficulties are looked at; the aims are for the last of them. */
const corrected = [0, 200, 1_000];
const guessers = 400;
const retakes = 10;

const assumed: World = {
  name: 'the assumed world',
  ...{ mean: 0, spread: 1.5, labelError: 0.5 },
  ...{ discrimination: 1.5, discriminationSpread: 0.2 },
};

/** Worlds that are not as the rule takes them to be. */
const others: World[] = [
  { ...assumed, name: 'exercises tell less (discrimination 1)', discrimination: 1 },
  { ...assumed, name: 'learners mostly weak (mean -0.8)', mean: -0.8 },
  { ...assumed, name: 'labels far off (by 0.8)', labelError: 0.8 },
];

function wantedLearners(): number {
  const wanted = process.env['BENCH_LEARNERS'];
  if (wanted === undefined) return usualLearners;
  const learners = Number(wanted);
  if (Number.isSafeInteger(learners) && learners >= 2 * sites) return learners;
  throw new Error(
    `BENCH_LEARNERS must be a whole number, at least ${2 * sites}, not ${JSON.stringify(wanted)}`,
  );
}

/** @param states - After how many learners their exercises are looked at. */
function openSites(pool: SimulatedPool, world: World, count: number, states: number[]): Site[] {
  return Array.from({ length: count }, (_, number) =>
    openSite(pool, world, states, `${world.name}/${number}`),
  );
}

/** The comparisons of several sites as one. */
function compareAll(opened: Site[], learners: number): Comparison {
  const all = opened.map((site) => compare(site, Math.floor(learners / opened.length)));
  const states = [...opened[0]!.after.keys()];
  const join = (pick: (each: Comparison) => number[][]) =>
    pick(all[0]!).map((_, way) => all.flatMap((each) => pick(each)[way]!));
  return {
    ours: new Map(states.map((count) => [count, all.flatMap(({ ours }) => ours.get(count)!)])),
    eightOfTen: all.flatMap(({ eightOfTen }) => eightOfTen),
    best: join(({ best }) => best),
    bestToldHabit: join(({ bestToldHabit }) => bestToldHabit),
  };
}

const lossesOf = (judged: Judged[]) => judged.map(({ loss }) => loss);

/** Of several ways to draw, what the one costs that costs the least. */
function leastOf(ways: number[][]): number[] {
  return ways.reduce((least, each) => (meanOf(each).value < meanOf(least).value ? each : least));
}

function printCosts({ ours, eightOfTen, best, bestToldHabit }: Comparison): void {
  const reference = leastOf(best);
  const row = (name: string, costs: number[]) => [
    name,
    shown(meanOf(costs)),
    shown(ratioOf(costs, reference)),
  ];
  printTable(
    `what a verdict costs, ${reference.length} learners`,
    ['', 'mean loss', 'to the best possible'],
    [
      ...[...ours].map(([count, judged]) =>
        row(
          `ours, difficulties from ${count === 0 ? 'labels' : `${count} learners`}`,
          lossesOf(judged),
        ),
      ),
      row('8 of 10 right', eightOfTen),
      row('best possible with ten answers', reference),
      row('the same, told each habit', leastOf(bestToldHabit)),
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

function coverage(judged: Judged[]): { value: number; margin: number } {
  return meanOf(judged.map(({ isWithin }) => Number(isWithin)));
}

/** The share of tests in which the most and the least used exercise come up. */
function exposure(judged: Judged[], pool: SimulatedPool): [most: number, least: number] {
  const counts = pool.exercises.map(
    ({ uid }) => judged.filter(({ drawn }) => drawn.includes(uid)).length / judged.length,
  );
  return [Math.max(...counts), Math.min(...counts)];
}

/** Blind guessers, each at ten tests in a row. */
function guess(site: Site, count: number): { strong: number; tests: number; everStrong: number } {
  const exercises = site.after.get(corrected.at(-1)!)!;
  let strong = 0;
  let everStrong = 0;
  for (let number = 0; number < count; number++) {
    const earlier: string[][] = [];
    let times = 0;
    for (let test = 0; test < retakes; test++) {
      const seed = `${site.seed}/guesser/${number}/${test}`;
      const learner = makeBlindGuesser(site.pool.exercises, seed);
      const taken = takeTest(site.pool, exercises, site.truth, learner, seed, earlier);
      if (verdictOf(taken.posterior) === 'strong') times += 1;
      earlier.unshift(taken.given.map(({ exercise }) => exercise.uid));
    }
    strong += times;
    if (times > 0) everStrong += 1;
  }
  return { strong, tests: count * retakes, everStrong };
}

function printAims(comparison: Comparison, opened: Site[], pool: SimulatedPool): void {
  const judged = comparison.ours.get(corrected.at(-1)!)!;
  const ratio = ratioOf(lossesOf(judged), leastOf(comparison.best));
  const guessed = opened.map((site) => guess(site, Math.ceil(guessers / opened.length)));
  const sum = (pick: (each: (typeof guessed)[number]) => number) =>
    guessed.reduce((total, each) => total + pick(each), 0);
  const once = shareOf(
    sum(({ strong }) => strong),
    sum(({ tests }) => tests),
  );
  const ever = shareOf(
    sum(({ everStrong }) => everStrong),
    sum(({ tests }) => tests) / retakes,
  );
  const within = coverage(judged);
  const [most, least] = exposure(judged, pool);
  console.log(`\naims, difficulties corrected by ${corrected.at(-1)} learners`);
  printAim('at most 1.10 times the best possible', shown(ratio), ratio.value <= 1.1);
  printAim(
    'a blind guesser is called strong at most 1 time in 200',
    `${(once.value * 100).toFixed(2)} %, surely below ${(once.atMost * 100).toFixed(2)} %`,
    once.atMost <= 1 / 200,
  );
  printAim(
    `at most 1 in 50 over ${retakes} tests`,
    `${(ever.value * 100).toFixed(2)} %, surely below ${(ever.atMost * 100).toFixed(2)} %`,
    ever.atMost <= 1 / 50,
  );
  printAim(
    'the 90 % interval holds the ability 88 to 92 times in 100',
    shown(within),
    Math.abs(within.value - 0.9) <= 0.02,
  );
  console.log(
    `\n  an exercise comes up in ${shownShare(least)} to ${shownShare(most)} of the tests`,
  );
}

const pool = await readPool(join(import.meta.dirname, '..', '..'));
const learners = wantedLearners();
console.log(`\nthe pool: ${pool.says}`);
const opened = openSites(pool, assumed, sites, corrected);
const comparison = compareAll(opened, learners);
printCosts(comparison);
printVerdicts(comparison.ours.get(corrected.at(-1)!)!);
printTable(
  'how often the 90 % interval holds the true ability',
  ['difficulties from', 'share'],
  [...comparison.ours].map(([count, judged]) => [
    count === 0 ? 'labels' : `${count} learners`,
    shown(coverage(judged)),
  ]),
);
printAims(comparison, opened, pool);

const rows = others.map((world) => {
  const last = corrected.at(-1)!;
  const compared = compareAll(openSites(pool, world, sites / 4, [last]), learners / 4);
  const judged = compared.ours.get(last)!;
  const best = leastOf(compared.best);
  return [
    world.name,
    shown(ratioOf(lossesOf(judged), best)),
    shown(ratioOf(compared.eightOfTen, best)),
    shown(coverage(judged)),
  ];
});
printTable(
  'worlds that are not as the rule assumes (the best possible knows them)',
  ['', 'ours to the best possible', '8 of 10 to it', '90 % interval'],
  rows,
);
