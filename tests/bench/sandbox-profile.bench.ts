/**
 * Where the time of one run goes: by phase, by system call, by Python function. The program is that of
 * sandbox-run.bench.ts. Each way of looking slows the run down by itself: compare shares, not tables.
 */
import { NotHere } from './sandbox/contender.ts';
import { type Phase, profiledRuns, type ProfiledRun } from './sandbox/phases.ts';
import { p50, printTable, shownMs } from './sandbox/statistics.ts';
import { systemCalls } from './sandbox/system-calls.ts';

const runs = 40;
const idleMs = 60;
const shownCalls = 25;
const shownFunctions = 20;

/** What happens one after another. */
const lines: { text: string; of: (run: ProfiledRun) => Phase | null }[] = [
  { text: 'from Node to the zygote', of: (run) => between(run, null, 'asked') },
  { text: 'the fork, and its namespaces', of: (run) => between(run, 'asked', 'in_the_run') },
  { text: 'descriptors', of: named('place_descriptors') },
  { text: 'mounts', of: named('own_file_system') },
  { text: 'doors', of: named('close_doors') },
  { text: '  of these capabilities', of: named('drop_capabilities') },
  { text: '  of these Landlock', of: named('restrict') },
  { text: '  of these seccomp', of: named('install') },
  { text: 'surroundings', of: named('clean_surroundings') },
  { text: 'database', of: named('enter') },
  { text: 'from Node to a spare', of: (run) => between(run, null, 'run') },
  { text: 'the run', of: named('run') },
  { text: '  of this compiling', of: named('compile') },
  { text: '  of this loading', of: named('load') },
  { text: '  of this winding up', of: named('wind_up') },
  { text: 'its end, and back to Node', of: toTheEnd },
];
/** Of a spare these were over before anyone asked. */
const beforehand = new Set(lines.slice(0, 10).map(({ text }) => text));
const notForPlain = 'from Node to a spare';

function find(run: ProfiledRun, name: string): Phase | null {
  return run.phases.findLast((phase) => phase.name === name) ?? null;
}

function named(name: string) {
  return (run: ProfiledRun) => find(run, name);
}

/** From Node's asking, or the beginning of a phase, to the beginning of another. */
function between(run: ProfiledRun, from: string | null, to: string): Phase | null {
  const [begin, end] = [from === null ? null : find(run, from), find(run, to)];
  if (!end || (from !== null && !begin)) return null;
  return { name: to, began: begin?.began ?? 0, ended: end.began, faults: Number.NaN };
}

function toTheEnd(run: ProfiledRun): Phase | null {
  const last = find(run, 'run');
  if (!last) return null;
  return { name: 'end', began: last.ended, ended: run.answered, faults: Number.NaN };
}

function cellsOf(profiled: ProfiledRun[], of: (run: ProfiledRun) => Phase | null): string[] {
  const phases = profiled.map(of).filter((phase) => phase !== null);
  const faults = p50(phases.map((phase) => phase.faults));
  return [
    shownMs(p50(phases.map(({ began, ended }) => ended - began))),
    Number.isNaN(faults) ? '-' : `${faults}`,
  ];
}

function printPhases(plain: ProfiledRun[], spare: ProfiledRun[]): void {
  const answered = (profiled: ProfiledRun[]) => shownMs(p50(profiled.map((run) => run.answered)));
  printTable(
    `phases of a run, p50 of ${runs}; pages are those that the kernel made or copied`,
    ['', 'no spare', 'pages', 'a spare', 'pages'],
    [
      ...lines.map(({ text, of }) => [
        text,
        ...(text === notForPlain ? ['-', '-'] : cellsOf(plain, of)),
        ...(beforehand.has(text) ? ['before', ''] : cellsOf(spare, of)),
      ]),
      ['all of it', answered(plain), '', answered(spare), ''],
    ],
  );
}

function printFunctions(profiled: ProfiledRun[]): void {
  const all = new Map<string, { calls: number; ms: number }>();
  for (const [name, calls, ms] of profiled.flatMap(({ functions }) => functions)) {
    const sum = all.get(name) ?? { calls: 0, ms: 0 };
    all.set(name, { calls: sum.calls + calls, ms: sum.ms + ms });
  }
  const total = [...all.values()].reduce((sum, { ms }) => sum + ms, 0);
  const most = [...all].sort(([, a], [, b]) => b.ms - a.ms).slice(0, shownFunctions);
  printTable(
    `Python functions of a run by processor time of their own, mean of ${profiled.length}, with no spare`,
    ['', 'calls', 'time', 'share'],
    most.map(([name, { calls, ms }]) => [
      name,
      (calls / profiled.length).toFixed(0),
      `${(ms / profiled.length).toFixed(2)} ms`,
      `${((ms / total) * 100).toFixed(1)} %`,
    ]),
  );
}

async function printSystemCalls(): Promise<void> {
  try {
    const calls = await systemCalls(runs);
    const sum = (of: (call: (typeof calls)[number]) => number) =>
      calls.reduce((total, call) => total + of(call), 0);
    printTable(
      `system calls of a run, all processes of the container, mean of ${runs}, with no spare, traced`,
      ['', 'calls', 'failed', 'time'],
      [
        ...calls.slice(0, shownCalls),
        {
          name: `all ${calls.length}`,
          calls: sum((call) => call.calls),
          errors: sum((call) => call.errors),
          microseconds: sum((call) => call.microseconds),
        },
      ].map(({ name, calls: count, errors, microseconds }) => [
        name,
        count.toFixed(1),
        errors.toFixed(1),
        `${microseconds.toFixed(0)} us`,
      ]),
    );
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    console.log(`\nno system calls: ${error.message}`);
  }
}

const plain = await profiledRuns(runs, { spares: 0, byFunction: false, idleMs });
printPhases(plain, await profiledRuns(runs, { byFunction: false, idleMs }));
await printSystemCalls();
printFunctions(await profiledRuns(10, { spares: 0, byFunction: true, idleMs }));
