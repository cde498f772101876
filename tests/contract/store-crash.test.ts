import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '#lib/server/store/open-store.ts';
import { newAttempt, querySqlite } from './store-engines.ts';

const run = promisify(execFile);
const writer = fileURLToPath(new URL('store-writer.ts', import.meta.url));
const kills = 10;

describe('the SQLite store of a process that dies', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'assay-crash-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  /**
   * Runs the writer until it is killed.
   * @param whenDoomed - In how many milliseconds it is to be killed, from what it has printed; null: not yet.
   * @returns What it has printed.
   */
  async function killed(args: string[], whenDoomed: (printed: string) => number | null) {
    const child = spawn(process.execPath, [writer, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    let isDoomed = false;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      const delayMs = isDoomed ? null : whenDoomed(printed);
      if (delayMs === null) return;
      isDoomed = true;
      setTimeout(() => child.kill('SIGKILL'), delayMs);
    });
    const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
    expect(signal, printed).toBe('SIGKILL');
    return printed;
  }

  /** Kills the writer some time after `count` acknowledgements. @returns The keys acknowledged. */
  async function floodUntilKilled(prefix: string, count: number, delayMs: number) {
    const printed = await killed(['flood', dataDir, prefix], (soFar) =>
      soFar.split('recorded ').length > count ? delayMs : null,
    );
    return [...printed.matchAll(/^recorded (.+)$/gm)].map((match) => match[1]!);
  }

  it('has each acknowledged attempt once, whenever it was killed', async () => {
    const acknowledged: string[] = [];
    for (let i = 0; i < kills; i += 1) {
      const count = 1 + Math.floor(Math.random() * 120);
      acknowledged.push(...(await floodUntilKilled(`kill-${i}`, count, Math.random() * 15)));

      const store = await openStore({ dataDir });
      const { attempts } = await store.describe();
      const key = acknowledged.at(-1)!;
      const replay = await store.recordAttempt(newAttempt({ learnerId: `learner of ${key}`, key }));
      await store.close();
      expect(replay).toMatchObject({ kind: 'replayed', attempt: { answer: [key.padEnd(200)] } });

      const path = join(dataDir, 'assay.sqlite3');
      const kept = querySqlite(path, 'select key from attempts').map((row) => row['key']);
      expect(kept).toHaveLength(attempts);
      expect(new Set(kept).size).toBe(kept.length);
      expect(acknowledged.filter((each) => !kept.includes(each))).toEqual([]);
      expect(querySqlite(path, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(querySqlite(path, 'pragma foreign_key_check')).toEqual([]);
    }
    expect(acknowledged.length).toBeGreaterThan(kills);
  });

  it('has two learners merged or not at all, whenever it was killed', async () => {
    const found = new Set<string>();
    for (let i = 0; i < kills; i += 1) {
      const prefix = `kill-${i}`;
      const printed = await killed(['merge', dataDir, prefix], (soFar) =>
        // Now and then it is killed before the merge that is under way has come to anything.
        soFar.split('begin ').length > 1 + (i % 4) ? Math.random() * 30 : null,
      );
      const path = join(dataDir, 'assay.sqlite3');
      // Opened once by its owner, so that what was under way is taken back.
      await (await openStore({ dataDir })).close();
      const pairs = printed.split('begin ').length - 1;
      expect(pairs).toBeGreaterThan(0);
      for (let pair = 0; pair < pairs; pair += 1) {
        const [from, into] = [`${prefix}-from-${pair}`, `${prefix}-into-${pair}`];
        const [state] = querySqlite(
          path,
          `select
             (select count(*) from attempts where learner_id = '${from}') as left,
             (select count(*) from rounds where learner_id = '${from}') as rounds,
             (select count(*) from attempts where learner_id = '${into}') as kept,
             (select max(number) from rounds where learner_id = '${into}') as newest,
             (select merged_into from learners where id = '${from}') as mark`,
        );
        const isMerged = state?.['mark'] !== null;
        if (printed.includes(`merged ${prefix} ${pair}\n`)) expect(isMerged).toBe(true);
        expect(state).toEqual(
          isMerged
            ? { left: 0, rounds: 0, kept: 24, newest: 2, mark: into }
            : { left: 12, rounds: 12, kept: 12, newest: 1, mark: null },
        );
        found.add(isMerged ? 'merged' : 'apart');
      }
      expect(querySqlite(path, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(querySqlite(path, 'pragma foreign_key_check')).toEqual([]);
    }
    expect(found).toContain('merged');
  });

  it('flushes an attempt to the disk before it acknowledges it, on a thread of its own', async (context) => {
    const hasStrace = await run('strace', ['--version']).then(
      () => true,
      () => false,
    );
    if (!hasStrace && process.getuid?.() !== 0) {
      context.skip('strace is not installed, and shows the flush: apt-get install strace');
    }
    expect(hasStrace, 'strace is not installed: apt-get install strace').toBe(true);

    const trace = join(dataDir, 'trace');
    await run('strace', [
      ...['-f', '-y', '-s', '80', '-o', trace, '-e', 'trace=fsync,fdatasync,write'],
      ...[process.execPath, writer, 'steps', dataDir, 'step'],
    ]);
    const { events, flushers, printers } = read(await readFile(trace, 'utf8'));
    for (let i = 0; i < 5; i += 1) {
      const begun = events.indexOf(`begin step-${i}`);
      const acknowledged = events.indexOf(`recorded step-${i}`);
      expect(begun).toBeGreaterThan(-1);
      expect(acknowledged).toBeGreaterThan(begun);
      expect(events.slice(begun, acknowledged), `attempt ${i}`).toContain(
        'flushed assay.sqlite3-wal',
      );
    }
    expect(printers).toHaveLength(1);
    expect(flushers).not.toContain(printers[0]);
  });
});

/**
 * Reads a trace of several threads.
 * @returns Lines printed and flushes that have returned, in their order, and the threads that did it.
 */
function read(trace: string) {
  const flushing = new Map<string, string>();
  const events: string[] = [];
  const flushers = new Set<string>();
  const printers = new Set<string>();
  for (const line of trace.split('\n')) {
    const thread = line.split(' ', 1)[0]!;
    const printed = /write\(1<[^>]*>, "(begin|recorded) ([^\\"]+)/.exec(line);
    if (printed !== null) {
      events.push(`${printed[1]} ${printed[2]}`);
      printers.add(thread);
    }
    const flush = /(?:fsync|fdatasync)\(\d+<[^>]*\/([^/>]+)>/.exec(line);
    if (flush !== null) flushing.set(thread, flush[1]!);
    const hasReturned = /(?:fsync|fdatasync)(?:\(| resumed>).*= 0$/.test(line);
    if (hasReturned) {
      events.push(`flushed ${flushing.get(thread)}`);
      flushers.add(thread);
    }
  }
  return { events, flushers: [...flushers], printers: [...printers] };
}
