/** The system calls of a run, counted by strace on the whole container. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLine, NotHere } from './contender.ts';
import { openSandbox, runOnce } from './ours.ts';
import { treeOf } from './processor-time.ts';

export interface SystemCall {
  name: string;
  calls: number;
  errors: number;
  /** In the kernel; that of being traced is in it. */
  microseconds: number;
}

const attachMs = 1_000;

/**
 * @returns What all processes of the container called for an average run, the most expensive first.
 * @throws NotHere where there is no strace, or it may not look.
 */
export async function systemCalls(runs: number): Promise<SystemCall[]> {
  if (spawnSync('strace', ['-V']).error) throw new NotHere('strace is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'assay-strace-'));
  const file = join(folder, 'counts');
  const { sandbox, pids } = await openSandbox(0);
  try {
    await runOnce(sandbox, 'Assay');
    const stop = await trace(
      pids.flatMap((pid) => treeOf(pid)),
      file,
    );
    for (let n = 0; n < runs; n += 1) await runOnce(sandbox, 'Assay, traced');
    await stop();
    return parseCounts(await readFile(file, 'utf8'), runs);
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true });
  }
}

async function trace(pids: number[], file: string): Promise<() => Promise<void>> {
  const columns = 'time-total,calls,errors,name';
  const attach = [...new Set(pids)].flatMap((pid) => ['-p', `${pid}`]);
  const args = ['-f', '-c', '-U', columns, '-o', file, ...attach];
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  strace.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(strace, 'exit');
  await delay(attachMs);
  if (strace.exitCode !== null || !said.includes('attached')) {
    strace.kill('SIGINT');
    await ended;
    throw new NotHere(`strace may not look at the container: ${lastLine(said)}`);
  }
  return async () => {
    // It lets go of them, and writes what it counted.
    strace.kill('SIGINT');
    await ended;
  };
}

/** Reads the table of `strace -c`. */
function parseCounts(text: string, runs: number): SystemCall[] {
  return text
    .split('\n')
    .flatMap((line) => {
      // The column of errors is empty where there were none.
      const found = /^\s*([\d.]+)\s+(\d+)\s+(?:(\d+)\s+)?([a-z]\w*)\s*$/.exec(line);
      if (!found || found[4] === 'total') return [];
      const [, seconds, calls, errors, name] = found;
      return [
        {
          name: name!,
          calls: Number(calls) / runs,
          errors: Number(errors ?? 0) / runs,
          microseconds: (Number(seconds) * 1e6) / runs,
        },
      ];
    })
    .sort((a, b) => b.microseconds - a.microseconds);
}
