import type { RunResult } from '#lib/domain/run.ts';
import type { Sandbox } from '../sandbox/port.ts';

export interface RunProgramDeps {
  sandbox: Pick<Sandbox, 'run'>;
}

export interface ProgramToRun {
  source: string;
  fileName: string;
  runtime: string;
}

/** What `assay run --json` prints: a run's result without observations, of which there are none. */
export type ProgramResult = Omit<RunResult, 'observations'>;

/** Runs one program in the sandbox, as its own main module. */
export async function runProgram(
  deps: RunProgramDeps,
  { source, fileName, runtime }: ProgramToRun,
): Promise<ProgramResult> {
  const result = await deps.sandbox.run({ runtime, program: source, fileName });
  const { outcome, exit, stdout, stderr, truncated, error, usage, limits } = result;
  return {
    outcome,
    exit,
    stdout,
    stderr,
    truncated,
    error,
    usage,
    limits,
    runtime: result.runtime,
  };
}
