/**
 * A learner puts a scenario of a lesson under load: as its author wrote it, or with a load and a program of their own.
 * All else, the server, the view, rows and apps, is the scenario's.
 */
import { HeardRun, type RunListener } from '#lib/domain/heard-run.ts';
import { withoutHostTrouble } from '#lib/domain/host-trouble.ts';
import type { LabResult } from '#lib/domain/lab.ts';
import { loadWith, type ChangedLoad, type FoundScenario } from '#lib/domain/lab-run.ts';
import type { Limits } from '#lib/domain/run.ts';
import type { Lab } from '../sandbox/lab-port.ts';

export interface RunLabScenarioDeps {
  lab: Pick<Lab, 'runLab'>;
  /** Told why the host could not make a run: for the log, since it may speak of the host. */
  onTrouble: (problem: string) => void;
}

export interface ScenarioAsked extends FoundScenario {
  /** A learner, or an address: places are shared out between them. */
  owner: string;
  /** Was checked against the scenario. */
  load: ChangedLoad;
  /** In place of the scenario's; null: as it is. */
  program: string | null;
  /** The longest wait for a place, in milliseconds. */
  maxWaitMs: number;
}

const mebibyte = 1024 * 1024;

/**
 * What all processes of a learner's lab run may use together. There is one lab, so the clock is what matters: with
 * starting the servers, a run holds it for less than half a minute. Processor time is shared out among the workers; on
 * two cores nobody gets more of it than this while the clock runs.
 */
export const labRunLimits: Limits = {
  wallMs: 20_000,
  cpuMs: 40_000,
  memoryBytes: 1024 * mebibyte,
  outputBytes: 64 * 1024,
  diskBytes: 32 * mebibyte,
  files: 256,
};

/**
 * The longest wait for a place, in milliseconds. For one whole answer, wait and run are shorter than the minute after
 * which proxies give it up; a stream says meanwhile how many go first.
 */
export const labWaitMs = { answer: 30_000, stream: 180_000 };

/** @returns Who hears the run; it is cancelled when they leave. */
export function runLabScenario(
  { lab, onTrouble }: RunLabScenarioDeps,
  { owner, lesson, scenario, load, program, maxWaitMs }: ScenarioAsked,
): RunListener<LabResult> {
  const run = new HeardRun<LabResult>();
  const { onOutput: _, ...asker } = run.asker();
  const request = {
    ...{ runtime: lesson.runtime, rows: lesson.rows, apps: lesson.apps },
    ...{ program: program ?? scenario.program, serve: { '/': scenario.view } },
    ...loadWith(scenario, load),
    limits: labRunLimits,
  };
  const settle = async () => {
    const result = await lab.runLab(request, { owner, maxWaitMs, ...asker });
    if (result.outcome === 'infrastructure') onTrouble(result.error?.message ?? '');
    run.end(withoutHostTrouble(result));
  };
  settle().catch((error: unknown) => {
    onTrouble(String(error));
    run.fail(error);
  });
  return run.join();
}
