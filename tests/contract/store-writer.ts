/**
 * A process for store-crash.test.ts: writes attempts into the SQLite store of a folder and prints
 * one line for each that was acknowledged.
 *
 * `flood FOLDER PREFIX`: eight lanes at once, until it is killed.
 * `steps FOLDER PREFIX`: five, one after another, with a line before each too.
 * `merge FOLDER PREFIX`: merges learners who have done the same exercises, one pair after another, until it is killed.
 * `fill FOLDER PREFIX`: until the disk refuses one; then makes room and writes one more.
 */
import { rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openStore } from '#lib/server/store/open-store.ts';
import { StoreError } from '#lib/server/store/store-error.ts';
import { newAttempt } from './store-engines.ts';

const [, , mode = '', dataDir = '', prefix = ''] = process.argv;
const say = (line: string) => writeSync(1, `${line}\n`);
const room = join(dirname(dataDir), 'room');
if (mode === 'fill') writeFileSync(room, Buffer.alloc(500_000, 'x'));

const store = await openStore({ dataDir });
say('open');

async function write(key: string): Promise<void> {
  const result = await store.recordAttempt(
    newAttempt({ learnerId: `learner of ${key}`, key, answer: [key.padEnd(200)] }),
  );
  say(`${result.kind} ${key}`);
}

if (mode === 'flood') {
  const lane = async (name: number) => {
    for (let i = 0; ; i += 1) await write(`${prefix}-${name}-${i}`);
  };
  await Promise.all(Array.from({ length: 8 }, (_, name) => lane(name)));
} else if (mode === 'steps') {
  for (let i = 0; i < 5; i += 1) {
    say(`begin ${prefix}-${i}`);
    await write(`${prefix}-${i}`);
  }
} else if (mode === 'merge') {
  const at = '2026-02-01T00:00:00.000Z';
  for (let pair = 0; ; pair += 1) {
    const [from, into] = [`${prefix}-from-${pair}`, `${prefix}-into-${pair}`];
    for (const learnerId of [from, into]) {
      const attempts = Array.from({ length: 12 }, (_, i) =>
        newAttempt({ learnerId, exerciseUid: `ex_${i}`, key: `${learnerId}-${i}` }),
      );
      await Promise.all(attempts.map((attempt) => store.recordAttempt(attempt)));
    }
    say(`begin ${prefix} ${pair}`);
    say(`${await store.mergeLearner({ from, into, at })} ${prefix} ${pair}`);
  }
} else if (mode === 'fill') {
  try {
    for (let i = 0; i < 100_000; i += 8) {
      const keys = Array.from({ length: 8 }, (_, lane) => `${prefix}-${i + lane}`);
      const results = await Promise.allSettled(keys.map(write));
      const refused = results.find((result) => result.status === 'rejected');
      if (refused !== undefined) throw refused.reason;
    }
  } catch (error) {
    say(error instanceof StoreError ? `refused ${error.problem} ${error.message}` : `bug ${error}`);
  }
  rmSync(room);
  await write(`${prefix}-after`);
}
say(`attempts ${(await store.describe()).attempts}`);
await store.close();
