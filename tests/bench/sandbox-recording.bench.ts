/**
 * What recording a run costs: each program plain and recorded, in turn, end to end from Node. The ratio is what to
 * read. Only a run that does something else when it is recorded makes the command fail.
 */
import { availableParallelism, release } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { mostSteps } from '#lib/domain/recording.ts';
import type { RunResult } from '#lib/domain/run.ts';
import type { RunRequest } from '#lib/server/sandbox/port.ts';
import { runtime } from './sandbox/container-parts.ts';
import { openSandbox } from './sandbox/ours.ts';
import { program as asyncOrm } from './sandbox/program.ts';
import { p50, printAim, printTable, shownMs, shownRatio } from './sandbox/statistics.ts';

const rounds = 25;
const warmUps = 3;
/** So that a spare is ready. */
const idleMs = 60;

const loop = (turns: number) => `
total = 0
for n in range(${turns}):
    total += n
print(total)
`;

const programs: { name: string; request: Omit<RunRequest, 'runtime'> }[] = [
  { name: 'an async ORM program', request: { program: asyncOrm } },
  { name: 'a loop that just fits', request: { program: loop((mostSteps - 10) / 2) } },
  { name: 'a loop that is soon cut', request: { program: loop(500_000) } },
  {
    name: 'calls of the framework alone',
    request: {
      program: `
from django.template import Context, Engine
template = Engine().from_string("{{ a }}" * 2000)
print(len(template.render(Context({"a": 1}))))
`,
    },
  },
];

interface Measured {
  name: string;
  plain: number[];
  recorded: number[];
  steps: number;
  bytes: number;
}

/** @throws Error when the recorded run printed something else. */
function mustBeAlike(name: string, plain: RunResult, recorded: RunResult): void {
  if (plain.outcome === 'finished' && plain.stdout === recorded.stdout) return;
  const told = [plain, recorded].map(
    ({ outcome, stdout, stderr }) => `${outcome}: ${stdout}${stderr}`,
  );
  throw new Error(`${name}: plain ${told[0]}\nrecorded ${told[1]}`);
}

const { sandbox } = await openSandbox();
try {
  const timed = async (request: Omit<RunRequest, 'runtime'>) => {
    await delay(idleMs);
    const began = performance.now();
    const result = await sandbox.run({ runtime, ...request });
    return { result, ms: performance.now() - began };
  };
  const measured: Measured[] = [];
  for (const { name, request } of programs) {
    const row: Measured = { name, plain: [], recorded: [], steps: 0, bytes: 0 };
    for (let round = -warmUps; round < rounds; round += 1) {
      const plain = await timed(request);
      const recorded = await timed({ ...request, record: mostSteps });
      mustBeAlike(name, plain.result, recorded.result);
      if (round < 0) continue;
      row.plain.push(plain.ms);
      row.recorded.push(recorded.ms);
      row.steps = recorded.result.recording?.steps.length ?? 0;
      row.bytes = JSON.stringify(recorded.result.recording).length;
    }
    measured.push(row);
  }
  printTable(
    `recorded against plain, ${rounds} rounds in turn, ${availableParallelism()} cores, Linux ${release()}`,
    ['', 'plain p50', 'recorded p50', 'ratio', 'steps', 'KiB', 'for each step'],
    measured.map(({ name, plain, recorded, steps, bytes }) => [
      name,
      shownMs(p50(plain)),
      shownMs(p50(recorded)),
      shownRatio(p50(recorded) / p50(plain)),
      `${steps}`,
      (bytes / 1024).toFixed(0),
      `${(((p50(recorded) - p50(plain)) / steps) * 1000).toFixed(0)} µs`,
    ]),
  );
  const [orm, whole] = measured.map(({ plain, recorded }) => p50(recorded) / p50(plain));
  const slowest = Math.max(...measured.map(({ recorded }) => p50(recorded)));
  console.log('\naims');
  printAim('an ordinary program, at most 3 times as long', shownRatio(orm!), orm! <= 3);
  printAim('any of them in less than a second', shownMs(slowest), slowest < 1000);
  console.log(`  (a loop of nothing but lines: ${shownRatio(whole!)})`);
} finally {
  await sandbox.close();
}
