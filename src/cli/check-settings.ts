/**
 * Run by `npm start` right after Node is there: what is wrong with the settings, the port or the data
 * folder is told before minutes of installing and proving, not after.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#config';
import { CommandProblem } from './command-problem.ts';
import { SettingsProblem, readConfig } from './read-config.ts';
import { tryAddress } from './serve.ts';

const PROBE_BYTES = 1024 * 1024;

/** @throws {CommandProblem} When the folder cannot be made or written to. */
export function tryDataDir({ dataDir }: Pick<Config, 'dataDir'>): void {
  const probe = join(dataDir, `.probe-${process.pid}`);
  try {
    mkdirSync(dataDir, { recursive: true });
    // Written whole and flushed: a disk may take the first part of a file and refuse the rest.
    writeFileSync(probe, Buffer.alloc(PROBE_BYTES), { flush: true });
  } catch (error) {
    throw dataDirProblem(dataDir, error as NodeJS.ErrnoException);
  } finally {
    remove(probe);
  }
}

// Where the folder cannot be used there is nothing to remove, and saying so would hide the reason.
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Told already.
  }
}

/** Says why the data folder cannot be used. */
export function dataDirProblem(dataDir: string, error: NodeJS.ErrnoException): CommandProblem {
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new CommandProblem(
      `The disk is full: nothing can be written to ${dataDir}.`,
      'Make room (`df -h` shows how much there is), or set ASSAY_DATA_DIR to a folder on another disk.',
    );
  }
  return new CommandProblem(
    `The data folder ${dataDir} cannot be written to (${error.code ?? error.message}).`,
    'Give it to this user (chown), or set ASSAY_DATA_DIR to a folder that this user may write to.',
  );
}

/** What is wrong, and what to do, for a thing that a person can mend. Null: it is a bug. */
function explain(thrown: unknown): string | null {
  if (thrown instanceof SettingsProblem) return thrown.message;
  if (!(thrown instanceof CommandProblem)) return null;
  return `  What is wrong: ${thrown.message}\n  What to do:    ${thrown.fix}\n`;
}

async function checkSettings(): Promise<number> {
  try {
    const config = readConfig();
    await tryAddress(config);
    tryDataDir(config);
    return 0;
  } catch (thrown) {
    const explanation = explain(thrown);
    if (explanation === null) throw thrown;
    process.stderr.write(`\n${explanation}\n`);
    return 1;
  }
}

if (import.meta.main) process.exitCode = await checkSettings();
