/**
 * The sandbox under load: how many runs it finishes, what it costs, how long learners wait as more of
 * them come, and what it says when there are far too many. Only a wrong result makes the command fail.
 */
import { availableParallelism, release } from 'node:os';
import { flood, offer, sustain } from './sandbox/load.ts';
import { openSandbox, type OpenSandbox, runOnce } from './sandbox/ours.ts';
import { p50, p95, printAim, printTable, shownMs } from './sandbox/statistics.ts';

const sustainedMs = 10_000;
const offeredMs = 5_000;
const inFlight = [1, 2, 4, 8];
const shares = [0.25, 0.5, 0.75, 0.9, 1, 1.2];
const floodOf = 2_000;
const busyAtOnceMs = 50;

/** @returns Runs a second and runs for a second of processor time, the best of each. */
async function throughput({ sandbox, cpuMs }: OpenSandbox): Promise<[number, number]> {
  await sustain(sandbox, 2, 1_000);
  const rows: { atOnce: number; perSecond: number; perCpuSecond: number }[] = [];
  for (const atOnce of inFlight) {
    const before = cpuMs();
    const { runs, ms } = await sustain(sandbox, atOnce, sustainedMs);
    const perCpuSecond = (runs / (cpuMs() - before)) * 1000;
    rows.push({ atOnce, perSecond: (runs / ms) * 1000, perCpuSecond });
  }
  printTable(
    `throughput over ${sustainedMs / 1000} s, ${availableParallelism()} cores, Linux ${release()}`,
    ['in flight', 'runs/s', 'runs per processor second'],
    rows.map(({ atOnce, perSecond, perCpuSecond }) => [
      `${atOnce}`,
      perSecond.toFixed(1),
      perCpuSecond.toFixed(1),
    ]),
  );
  return [
    Math.max(...rows.map(({ perSecond }) => perSecond)),
    Math.max(...rows.map(({ perCpuSecond }) => perCpuSecond)),
  ];
}

async function risingLoad({ sandbox }: OpenSandbox, most: number): Promise<void> {
  const rows: string[][] = [];
  for (const share of shares) {
    const { finishedMs, busyMs } = await offer(sandbox, most * share, offeredMs);
    rows.push([
      `${(most * share).toFixed(0)} runs/s (${share * 100} %)`,
      shownMs(p50(finishedMs)),
      shownMs(p95(finishedMs)),
      `${finishedMs.length}`,
      `${busyMs.length}`,
    ]);
  }
  printTable(
    `latency as more is asked for, ${offeredMs / 1000} s each, at random moments`,
    ['asked for', 'p50', 'p95', 'finished', 'told busy'],
    rows,
  );
}

/** @returns Milliseconds to `busy` of those who were told so. */
async function tooMany({ sandbox }: OpenSandbox): Promise<number[]> {
  const { finishedMs, busyMs } = await flood(sandbox, floodOf);
  printTable(
    `${floodOf} at the same moment`,
    ['', 'runs', 'p50', 'p95'],
    [
      ['finished', `${finishedMs.length}`, shownMs(p50(finishedMs)), shownMs(p95(finishedMs))],
      ['told busy', `${busyMs.length}`, shownMs(p50(busyMs)), shownMs(p95(busyMs))],
    ],
  );
  return busyMs;
}

const open = await openSandbox();
try {
  const [perSecond, perCpuSecond] = await throughput(open);
  await risingLoad(open, perSecond);
  const busyMs = await tooMany(open);
  // Whoever comes after the crowd is served as ever.
  await runOnce(open.sandbox, 'Assay');
  console.log('\naims');
  const spent = `${perCpuSecond.toFixed(1)}`;
  printAim('at least 30 runs per processor second', spent, perCpuSecond >= 30);
  const late = p95(busyMs);
  const isAtOnce = busyMs.length > 0 && late <= busyAtOnceMs;
  printAim(`busy is said at once, within ${busyAtOnceMs} ms (p95)`, shownMs(late), isAtOnce);
} finally {
  await open.sandbox.close();
}
