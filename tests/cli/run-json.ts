/** Runs a program with `assay run --json`, as a machine does. */
import { assay } from './assay-command.ts';

export interface RunJson {
  outcome: string;
  exit: number | null;
  stdout: string;
  stderr: string;
  truncated: { stdout: boolean; stderr: boolean };
  error: { type: string; message: string; line: number | null; frames: object[] } | null;
  usage: Record<string, number>;
  limits: Record<string, number>;
  runtime: { name: string; versions: Record<string, string> };
  recording?: { steps: number; bytes: number; cut: string | null } | null;
}

/** @param more - Further arguments of `assay run`. */
export async function runJson(
  program: string,
  more: string[] = [],
): Promise<{ code: number | null; result: RunJson }> {
  const { code, stdout } = await assay(['run', '-', '--json', ...more], { input: program });
  return { code, result: JSON.parse(stdout) as RunJson };
}
