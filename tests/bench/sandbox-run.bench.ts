/**
 * What one run in the sandbox costs, beside other ways to run the same program: all in one process, in
 * turn, because machines have busy minutes; the ratios are what to read. Each is measured end to end from
 * Node. Aims that are not met are printed as such; only a wrong result makes the command fail.
 */
import { availableParallelism, release } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { coldContender, coldInContainer } from './sandbox/cold.ts';
import { containerCommand, runtime } from './sandbox/container-parts.ts';
import { type Contender, NotHere, settings } from './sandbox/contender.ts';
import { dmojContender } from './sandbox/dmoj.ts';
import { firstOutput } from './sandbox/first-output.ts';
import { floorContender } from './sandbox/floor.ts';
import { echo } from './sandbox/framed-server.ts';
import { goJudgeContender } from './sandbox/go-judge.ts';
import { openSandbox, ourContender } from './sandbox/ours.ts';
import { p50, p95, printAim, printTable, shownMs, shownRatio } from './sandbox/statistics.ts';

const rounds = 40;
const warmUps = 3;
/** Before each run, so that a spare is ready and nobody pays for what the one before left to do. */
const idleMs = 60;

interface Measured {
  name: string;
  ms: number[];
  insideMs: number[];
  cpuMs: number;
}

const { root } = settings();

/** Who takes part, in the order of the table; null where this host cannot. */
const makers: Record<string, () => Promise<Contender | null>> = {
  cold: () => coldContender(root),
  contained: () => coldInContainer(root),
  goJudge: () => ifHere('go-judge', () => goJudgeContender(root)),
  dmoj: () => ifHere('DMOJ', () => dmojContender(root)),
  floor: () => floorContender(root),
  plain: () => ourContender('Assay, no spare ready', 0),
  spare: () => ourContender('Assay, as the site runs it'),
};

/** Its first run counts: one that cannot run the program here is not here. */
async function ifHere(name: string, make: () => Promise<Contender>): Promise<Contender | null> {
  let made: Contender | null = null;
  try {
    made = await make();
    await made.run();
    return made;
  } catch (error) {
    await made?.close();
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    console.log(`${name} is not here: ${reason}`);
    if (made || error instanceof NotHere) return null;
    throw error;
  }
}

async function measure(all: [string, Contender][]): Promise<Map<string, Measured>> {
  const measured = new Map<string, Measured>();
  for (const [key, { name }] of all) {
    measured.set(key, { name, ms: [], insideMs: [], cpuMs: Number.NaN });
  }
  for (let round = -warmUps; round < rounds; round += 1) {
    // Each comes first in turn.
    const first = Math.max(0, round) % all.length;
    for (const [key, contender] of [...all.slice(first), ...all.slice(0, first)]) {
      await delay(idleMs);
      const began = performance.now();
      const { insideMs } = await contender.run();
      if (round < 0) continue;
      const { ms, insideMs: inside } = measured.get(key)!;
      ms.push(performance.now() - began);
      if (insideMs !== undefined) inside.push(ms.at(-1)! - insideMs);
    }
  }
  for (const [key, contender] of all) measured.get(key)!.cpuMs = await contender.cpuMsPerRun();
  return measured;
}

function print(measured: Map<string, Measured>): void {
  const median = (key: string) => p50(measured.get(key)?.ms ?? []);
  printTable(
    `an async ORM program, ${rounds} rounds in turn, ${availableParallelism()} cores, Linux ${release()}`,
    ['', 'p50', 'p95', 'processor', 'faster than cold', 'of the fork'],
    [...measured.values()].map(({ name, ms, cpuMs }) => [
      name,
      shownMs(p50(ms)),
      shownMs(p95(ms)),
      shownMs(cpuMs),
      shownRatio(median('cold') / p50(ms)),
      shownRatio(p50(ms) / median('floor')),
    ]),
  );
}

function printAims(measured: Map<string, Measured>, hopMs: number): void {
  const median = (key: string) => p50(measured.get(key)?.ms ?? []);
  const [plain, spare, floor] = [median('plain'), median('spare'), median('floor')];
  const times = (slow: number, fast: number) => `${(slow / fast).toFixed(1)} times`;
  console.log('\naims');
  printAim('with a spare, at most 15 ms', shownMs(spare), spare <= 15);
  printAim('... and less than the bare fork', shownRatio(spare / floor), spare < floor);
  printAim('with no spare, at most 30 ms', shownMs(plain), plain <= 30);
  printAim('... and at most 1.3 of the bare fork', shownRatio(plain / floor), plain <= 1.3 * floor);
  for (const [key, name] of [
    ['spare', 'a spare'],
    ['plain', 'no spare'],
  ] as const) {
    const [cold, here] = [median('cold'), median(key)];
    printAim(`30 times faster than cold, with ${name}`, times(cold, here), cold >= 30 * here);
  }
  const judge = median('goJudge');
  const isFaster = Number.isNaN(judge) ? null : judge >= 20 * spare;
  printAim(
    '20 times faster than go-judge',
    Number.isNaN(judge) ? '-' : times(judge, spare),
    isFaster,
  );
  printAim('the way through Node, less than 2 ms', shownMs(hopMs), hopMs < 2);
}

/** The supervisor's answer to what it does not know: the channel, and nothing else. */
async function printHop(measured: Map<string, Measured>): Promise<number> {
  const { bubblewrap, running, identity } = await containerCommand(root, []);
  const { once, close } = await echo(
    bubblewrap,
    running(['/sandbox/jail/main.py', runtime]),
    identity,
  );
  const echoes: number[] = [];
  try {
    for (let n = -warmUps; n < rounds; n += 1) {
      await delay(idleMs / 10);
      const ms = await once();
      if (n >= 0) echoes.push(ms);
    }
  } finally {
    await close();
  }
  const { insideMs: beyond } = measured.get('spare')!;
  printTable(
    'the way from Node to the run and back',
    ['', 'p50', 'p95'],
    [
      [
        'end to end, less the run as its supervisor timed it',
        shownMs(p50(beyond)),
        shownMs(p95(beyond)),
      ],
      ['an echo of the supervisor, which runs nothing', shownMs(p50(echoes)), shownMs(p95(echoes))],
    ],
  );
  return p50(beyond);
}

async function printFirstOutput(): Promise<void> {
  const { sandbox } = await openSandbox();
  try {
    const { first, whole } = await firstOutput(sandbox, rounds, idleMs);
    printTable(
      'a program that prints, waits and prints again',
      ['', 'p50', 'p95'],
      [
        ['from asking to its first output', shownMs(p50(first)), shownMs(p95(first))],
        ['from asking to the result', shownMs(p50(whole)), shownMs(p95(whole))],
      ],
    );
  } finally {
    await sandbox.close();
  }
}

const taking: [string, Contender][] = [];
try {
  for (const [key, make] of Object.entries(makers)) {
    const made = await make();
    if (made) taking.push([key, made]);
  }
  const measured = await measure(taking);
  print(measured);
  const hopMs = await printHop(measured);
  await printFirstOutput();
  printAims(measured, hopMs);
} finally {
  for (const [, contender] of taking) await contender.close();
}
