/** Hostile and honest runs in a long, mixed row, and what has grown at the end of it. */
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { type Attack, loadAttacks } from './attack-folders.ts';
import { type Census, takeCensus, takeQuietCensus, whatIsLeft } from './census.ts';
import { runSeveralHonest, runtime, whatAnHonestRunMisses } from './companions.ts';

export interface SoakReport {
  runs: number;
  hostile: number;
  honest: number;
  /** Hostile runs by outcome. */
  outcomes: Record<string, number>;
  /** Honest runs that did not come out exactly right: what was expected, what was found. */
  wrong: string[];
  /** Hostile runs that did something they must not. */
  breaches: string[];
  /** Counts that are higher than before, in words. */
  left: string[];
  before: Census;
  after: Census;
  /** Growth of the largest process of the container that lives on, the zygote, in bytes. */
  grownBytes: number;
}

/** Runs in flight at once. */
const lanes = 4;
const settlingRounds = 4;
/** Hostile runs come to their end within this, or the row would take hours. */
const hostileLimits = { wallMs: 300, cpuMs: 1_000 };

/** Attacks that need no patience: those whose end is a limit of time would be most of the row. */
function isQuick({ outcome, judged, limits }: Attack): boolean {
  const quick = outcome.every((end) => !['time-limit', 'cpu-limit', 'memory-limit'].includes(end));
  return quick && !judged && limits === undefined;
}

/**
 * Makes so many runs, half of them hostile, and counts before and after.
 * @param sandbox - Used by nobody else meanwhile.
 */
export async function soak(sandbox: Sandbox, runs: number): Promise<SoakReport> {
  const hostile = loadAttacks().attacks.filter(isQuick);
  // What the first runs load stays loaded.
  for (let run = 0; run < settlingRounds; run++) await runSeveralHonest(sandbox);
  const before = await takeQuietCensus(() => runSeveralHonest(sandbox));
  const report: SoakReport = {
    ...{ runs, hostile: 0, honest: 0, outcomes: {}, wrong: [], breaches: [], left: [] },
    ...{ before, after: before, grownBytes: 0 },
  };
  let begun = 0;
  const lane = async () => {
    while (begun < runs) {
      const number = begun++;
      if (number % 2 === 0) await runHonest(sandbox, report);
      else await runHostile(sandbox, hostile[(number >> 1) % hostile.length]!, report);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  report.left = await whatIsLeft(before);
  report.after = takeCensus();
  report.grownBytes = report.after.residentBytes - before.residentBytes;
  return report;
}

async function runHonest(sandbox: Sandbox, report: SoakReport): Promise<void> {
  report.honest += 1;
  const wrong = await whatAnHonestRunMisses(sandbox);
  if (wrong !== null) report.wrong.push(wrong);
}

async function runHostile(
  sandbox: Sandbox,
  { name, program }: Attack,
  report: SoakReport,
): Promise<void> {
  report.hostile += 1;
  const result = await sandbox.run({ runtime, program, limits: hostileLimits });
  report.outcomes[result.outcome] = (report.outcomes[result.outcome] ?? 0) + 1;
  const said = (result.stdout + result.stderr).split('\n');
  const breach = said.find((line) => line.startsWith('BREACH'));
  if (breach !== undefined) report.breaches.push(`${name}: ${breach}`);
}
