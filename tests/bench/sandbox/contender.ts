/** What is measured side by side. */
import { findRoot, loadConfig } from '#config';

/** One way to run the program, end to end from Node. */
export interface Contender {
  name: string;
  /** Runs the program once. Rejects when it did not print what it must. */
  run(): Promise<Ran>;
  /** Milliseconds of processor time of an average run: of those so far, or of a few made for this. */
  cpuMsPerRun(): Promise<number>;
  close(): Promise<void>;
}

export interface Ran {
  /** How long the run itself took, where whoever ran it says so. */
  insideMs?: number;
}

/** Why a contender cannot take part on this host, in one line. */
export class NotHere extends Error {}

/** Where this checkout is, and how much memory its settings give to all runs. */
export function settings(): { root: string; poolMemoryBytes: number } {
  const root = findRoot();
  const loaded = loadConfig(process.env, root);
  if (!loaded.ok) throw new Error('the settings are wrong: ./assay doctor says more');
  return { root, poolMemoryBytes: loaded.config.sandboxMemoryMb * 1024 * 1024 };
}

/** The last line of what a failed command said, without what differs from run to run. */
export function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').trim().slice(0, 200);
}
