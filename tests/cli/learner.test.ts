import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '#lib/server/store/open-store.ts';
import { newAttempt } from '../contract/store-engines.ts';
import { assay } from './assay-command.ts';

// A learner's id is made of the token in the browser's cookie (auth/learner-token.ts).
const token = 'A'.repeat(43);
const idOfToken = 'DwBzhbb51LfusnSGBa_hqYSgo7-j8BTQ';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'assay-learner-'));
  const store = await openStore({ dataDir });
  const record = (learnerId: string, answer: string, at: string) =>
    store.recordAttempt(newAttempt({ learnerId, answer: [answer], at }));
  await record(idOfToken, 'of the lost cookie', '2026-01-01T00:00:00.000Z');
  await record('new', 'of the new one', '2026-01-02T00:00:00.000Z');
  await store.close();
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const call = (...args: string[]) =>
  assay(['learner', ...args], { env: { ASSAY_DATA_DIR: dataDir } });

test('makes two learners one, by cookie or by id, when it is told twice', async () => {
  const unsure = await call('merge', token, 'new');
  expect(unsure.code).toBe(2);
  expect(unsure.stderr).toMatch(/cannot be taken apart.*\n.*assay backup.*--yes/);
  expect((await call('export', 'new')).stdout).not.toContain('of the lost cookie');

  const merged = await call('merge', token, 'new', '--yes');
  expect(merged).toMatchObject({
    code: 0,
    stdout: `Merged: all that was kept of ${idOfToken} is now kept with new\n`,
  });
  const { stdout } = await call('export', 'new');
  expect(JSON.parse(stdout)).toMatchObject({
    learner: { merged: [{}] },
    rounds: [
      { number: 1, attempts: [{ answer: ['of the lost cookie'] }] },
      { number: 2, attempts: [{ answer: ['of the new one'] }] },
    ],
  });

  const again = await call('merge', token, 'new', '--yes');
  expect(again.code).toBe(2);
  expect(again.stderr).toMatch(/Nothing is kept of that learner: DwBz.*\n.*merged into another/);
});

test('merges nobody with a learner of whom nothing is kept', async () => {
  const mistyped = await call('merge', 'new', 'nwe', '--yes');
  expect(mistyped.code).toBe(2);
  expect(mistyped.stderr).toMatch(/Nothing is kept of that learner: nwe/);
  expect((await call('export', 'new')).code).toBe(0);
  expect((await call('export', 'nwe')).code).toBe(2);
  expect(await call('merge', 'new', 'new', '--yes')).toMatchObject({
    code: 0,
    stdout: 'Nothing to do: new and new are one learner already\n',
  });
});

test.each([[['merge', 'new', '--yes']], [['merge']], [['export', 'new', 'other']], [['toString']]])(
  '%j is told how it is used',
  async (args) => {
    const { code, stderr } = await call(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Say what to do, and with whom/);
  },
);
