/**
 * Many hostile and honest runs, mixed, through one container: what is left behind, and what has grown.
 * `BENCH_SOAK` says how many. A wrong result or a breach makes the command fail.
 */
import { soak, type SoakReport } from '../abuse/soak.ts';
import { openSandbox } from './sandbox/ours.ts';
import { printAim, printTable } from './sandbox/statistics.ts';

const usualRuns = 1_000;
const mebibyte = 1024 * 1024;
const mostGrownBytes = 5 * mebibyte;

function wantedRuns(): number {
  const wanted = process.env['BENCH_SOAK'];
  if (wanted === undefined) return usualRuns;
  const runs = Number(wanted);
  if (Number.isSafeInteger(runs) && runs > 0) return runs;
  throw new Error(`BENCH_SOAK must be a whole number above 0, not ${JSON.stringify(wanted)}`);
}

function print({ outcomes, before, after, ...report }: SoakReport, seconds: number): void {
  const ends = Object.entries(outcomes).map(([outcome, runs]) => `${runs} ${outcome}`);
  console.log(
    `\n${report.runs} runs in ${seconds.toFixed(0)} s: ${report.honest} honest, ${report.hostile} hostile (${ends.join(', ')})`,
  );
  const names = ['processes', 'mounts', 'descriptors', 'files'] as const;
  printTable(
    'what the host counts of the container',
    ['', 'before', 'after'],
    [
      ...names.map((name) => [name, `${before[name]}`, `${after[name]}`]),
      [
        'memory of its largest process',
        ...[before, after].map(({ residentBytes }) => mebibytes(residentBytes)),
      ],
    ],
  );
  console.log('\naims');
  printAim('nothing is left behind', report.left.join('; ') || 'nothing', report.left.length === 0);
  const { grownBytes } = report;
  printAim(
    'the zygote grows by less than 5 MiB',
    mebibytes(grownBytes),
    grownBytes < mostGrownBytes,
  );
}

function mebibytes(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(1)} MiB`;
}

const runs = wantedRuns();
const { sandbox } = await openSandbox();
try {
  const began = performance.now();
  const report = await soak(sandbox, runs);
  print(report, (performance.now() - began) / 1000);
  const { wrong, breaches } = report;
  console.log(
    `\n${wrong.length} honest runs were wrong, ${breaches.length} hostile ones got through`,
  );
  const unmet = [...wrong, ...breaches];
  for (const each of new Set(unmet)) console.log(`  ${each}`);
  process.exitCode = unmet.length > 0 ? 1 : 0;
} finally {
  await sandbox.close();
}
