/**
 * What comes of the claims of our lessons' labs when they are verified again and again: the verdicts, the figures, and
 * how busy the host was. `BENCH_VERIFICATIONS` says how often, `BENCH_BUSY` how many processes compute beside it. A
 * claim that is refuted once makes the command fail.
 */
import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import type { Lesson } from '#lib/domain/exercise.ts';
import type { LessonLab } from '#lib/domain/lesson-lab.ts';
import type { LabProof, Spread } from '#lib/domain/proof.ts';
import { loadCatalogue } from '#lib/server/content/load-catalogue.ts';
import { proveLab } from '#lib/server/proof/lab/prove-lab.ts';
import { openLabBench } from '../proof/lab-bench.ts';
import { ourContent } from '../proof/real-bench.ts';
import { printAim, printTable } from './sandbox/statistics.ts';

const usual = { verifications: 3, busy: 0 };
const verdicts = ['holds', 'inconclusive', 'refuted'] as const;

function wanted(name: string, otherwise: number): number {
  const given = process.env[name];
  if (given === undefined) return otherwise;
  if (/^\d{1,3}$/.test(given)) return Number(given);
  throw new Error(`${name} must be a whole number, not ${JSON.stringify(given)}`);
}

/** Processes that compute until they are ended. @returns What ends them. */
function keepBusy(processes: number): () => void {
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  return () => {
    for (const child of children) child.kill('SIGKILL');
  };
}

/** The least and the most of the medians. */
function shownSpread(spreads: (Spread | null)[]): string {
  const medians = spreads.flatMap((spread) => spread?.median ?? []);
  if (medians.length === 0) return '-';
  const [least, most] = [Math.min(...medians), Math.max(...medians)].map((value) => {
    return value.toFixed(Number.isInteger(value) ? 0 : 1);
  });
  return least === most ? least! : `${least} to ${most}`;
}

function print(lab: LessonLab, proofs: LabProof[]): void {
  const rows = lab.claims.map(({ id, holds }) => {
    const found = proofs.flatMap(({ claims }) => claims.filter((claim) => claim.id === id));
    return [
      holds,
      shownSpread(found.map(({ left }) => left)),
      shownSpread(found.map(({ right }) => right)),
      ...verdicts.map((each) => `${found.filter(({ verdict }) => verdict === each).length}`),
    ];
  });
  printTable(
    `${lab.title}: medians of both sides, and verdicts`,
    ['', 'left', 'right', ...verdicts],
    rows,
  );
}

async function verify(lesson: Lesson, bench: Parameters<typeof proveLab>[1]): Promise<LabProof> {
  const began = performance.now();
  const proof = (await proveLab(lesson, bench))!;
  const told = verdicts.map((each) => {
    return `${proof.claims.filter(({ verdict }) => verdict === each).length} ${each}`;
  });
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${proof.status}: ${told.join(', ')}; ${proof.runs} runs in ${seconds.toFixed(0)} s, load ${loadavg()[0]!.toFixed(1)}`,
  );
  for (const { file, line, found } of proof.findings) console.log(`  ${file}:${line} ${found}`);
  return proof;
}

const verifications = wanted('BENCH_VERIFICATIONS', usual.verifications);
const busy = wanted('BENCH_BUSY', usual.busy);
const { lessons } = await loadCatalogue([ourContent]);
const bench = await openLabBench();
const rest = keepBusy(busy);
try {
  console.log(`${verifications} verifications beside ${busy} busy processes`);
  let refuted = 0;
  for (const lesson of lessons) {
    if (!lesson.lab) continue;
    const proofs: LabProof[] = [];
    for (let time = 0; time < verifications; time++) proofs.push(await verify(lesson, bench));
    print(lesson.lab, proofs);
    refuted += proofs.filter(({ status }) => status === 'refuted').length;
  }
  console.log('\naims');
  printAim('no verification refutes a claim', `${refuted} did`, refuted === 0);
  if (refuted > 0) process.exitCode = 1;
} finally {
  rest();
  await bench.close();
}
