/** Runs the `assay` command as a person does, from any folder. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findRoot } from '#config';

export const root = findRoot();

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Called {
  input?: string;
  env?: Record<string, string>;
  cwd?: string;
  /** What is called instead of ./assay. */
  command?: [string, ...string[]];
}

/** Calls `assay ARGS`, gives it the input, and waits for its end. */
export function assay(args: string[], called: Called = {}): Promise<Ended> {
  const [command, ...first] = called.command ?? [join(root, 'assay')];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], {
      cwd: called.cwd ?? root,
      env: { ...process.env, ...called.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
    child.stdin.end(called.input ?? '');
  });
}
