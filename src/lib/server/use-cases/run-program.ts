import type { Fixture } from '#lib/domain/fixture.ts';
import type { Limits, RunResult } from '#lib/domain/run.ts';
import type { Asker, Sandbox } from '../sandbox/port.ts';

export interface RunProgramDeps {
  sandbox: Pick<Sandbox, 'run'>;
}

export interface ProgramToRun {
  source: string;
  fileName: string;
  /** Further files of the program, by path relative to its own folder. */
  files: Record<string, string>;
  /** What the program finds in its database, and apps that it can import. */
  fixture: Fixture;
  runtime: string;
  /** Of Python's `random`; null: chance. */
  seed: number | null;
  /** Those that are not the default ones. */
  limits: Partial<Limits>;
  /** The most steps that are recorded; left out: it is not recorded. */
  record?: number;
}

/** A run's result without observations, of which there are none. */
export type ProgramResult = Omit<RunResult, 'observations'>;

/**
 * Runs one program in the sandbox, as its own main module.
 * @param asker - Hears of the output as it comes; its signal ends the run.
 */
export async function runProgram(
  { sandbox }: RunProgramDeps,
  { source, fileName, files, fixture, runtime, seed, limits, record }: ProgramToRun,
  asker: Asker = {},
): Promise<ProgramResult> {
  const { rows, apps } = fixture;
  const request = {
    ...{ runtime, program: source, fileName, files, apps, rows, limits },
    ...(seed === null ? {} : { seed }),
    ...(record === undefined ? {} : { record }),
  };
  const { observations: _, ...result } = await sandbox.run(request, { owner: 'author', ...asker });
  return result;
}
