/** Installing what is measured beside us. It is kept under `.assay/bench`, and nothing of it elsewhere. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lastLine, NotHere } from './contender.ts';

const longestMs = 15 * 60_000;

/** @returns The folder of this name for peers, made when it is not there; readable for everyone. */
export function peerFolder(root: string, name: string): string {
  const folder = join(root, '.assay/bench', name);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** @throws NotHere with the last thing the command said when it does not succeed. */
export async function install(
  command: string,
  args: string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Promise<void> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestMs,
  });
  let said = '';
  const listen = (chunk: Buffer) => (said += chunk.toString());
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  await new Promise<void>((resolve, reject) => {
    child.on('error', () => reject(new NotHere(`${command} is not installed`)));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new NotHere(`${command} ${args[0] ?? ''} failed: ${reasonIn(said)}`));
    });
  });
}

/** The line that says most: of a compiler's error there is one, and pip's own words come after it. */
function reasonIn(said: string): string {
  const fatal = said.split('\n').find((line) => line.includes('fatal error:'));
  return fatal ? lastLine(fatal.slice(fatal.indexOf('fatal error:'))) : lastLine(said);
}
