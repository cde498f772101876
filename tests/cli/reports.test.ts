import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Exercise } from '#lib/domain/exercise.ts';
import { loadCatalogue } from '#lib/server/content/load-catalogue.ts';
import { openStore } from '#lib/server/store/open-store.ts';
import type { NewReport } from '#lib/server/store/port.ts';
import { newAttempt, newReport } from '../contract/store-engines.ts';
import { assay, root } from './assay-command.ts';

let dataDir: string;
let exercise: Exercise;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'assay-reports-'));
  const { lessons } = await loadCatalogue([join(root, 'content')]);
  exercise = lessons[0]!.exercises[0]!;
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const call = (...args: string[]) => assay(args, { env: { ASSAY_DATA_DIR: dataDir } });

async function record(...reports: Partial<NewReport>[]): Promise<string[]> {
  const store = await openStore({ dataDir });
  const ids: string[] = [];
  for (const report of reports) {
    const recorded = await store.recordReport(newReport(report), 20);
    if (recorded.kind === 'recorded') ids.push(recorded.id);
  }
  await store.close();
  return ids;
}

test('lists nothing where nothing was reported', async () => {
  expect(await call('reports')).toMatchObject({ code: 0, stdout: 'No reports.\n' });
});

test('lists the open reports newest first, with the file to look at', async () => {
  const { uid, contentVersion } = exercise;
  const store = await openStore({ dataDir });
  await store.recordAttempt(
    newAttempt({ exerciseUid: uid, contentVersion, answer: ['one', 'two'] }),
  );
  await store.close();
  await record(
    { exerciseUid: uid, contentVersion, kind: 'wrong-verdict', text: '' },
    { exerciseUid: uid, contentVersion: 'older', at: '2026-02-01T00:00:00.000Z' },
    { exerciseUid: 'ex_gone', at: '2026-03-01T00:00:00.000Z', kind: 'typo' },
  );
  const { code, stdout } = await call('reports');

  expect(code).toBe(0);
  const [gone, changed, same, end] = stdout.split('\n\n');
  expect(gone).toMatch(/^2026-03-01T00:00:00.000Z {2}typo\n/);
  expect(gone).toMatch(/no lesson has this exercise any more/);
  expect(changed).toMatch(/older: the exercise has changed since/);
  expect(same).toMatch(/ {2}wrong-verdict\n/);
  expect(same).toContain(`${contentVersion}: the exercise is as it was`);
  expect(same).toMatch(new RegExp(`file +content/\\S+/exercises/${exercise.id}\\.yaml\n`));
  expect(same).toMatch(/answered +one, two \(wrong\), in round 1$/);
  expect(same).toMatch(/proven on +django 5\.2\.1, python 3\.11\.2/);
  expect(end).toBe('3 reports\n');
});

test('gives a terminal nothing to obey, and no line that passes for one of ours', async () => {
  await record({
    text: 'a\u001b]0;owned\u0007\u001b[2J\u009b31m\rid  forged\nid  forged\u202e',
    exerciseUid: 'ex_\u001b[1m',
  });
  for (const args of [['reports'], ['reports', '--json']]) {
    const { stdout } = await call(...args);
    expect(stdout).toContain('owned');
    expect(stdout).not.toMatch(/[^\P{C}\n]/u);
    expect(stdout).not.toMatch(/^id {2}forged/m);
  }
});

test('marks a report as dealt with, once, and lists it then only when asked to', async () => {
  const [id] = await record({ text: 'This one.' });
  expect(await call('reports', '--resolve', id!)).toMatchObject({
    code: 0,
    stdout: `Resolved: ${id}\n`,
  });
  expect((await call('reports')).stdout).toBe('No reports.\n');
  const all = await call('reports', '--all', '--json');
  const { reports } = JSON.parse(all.stdout) as { reports: { id: string; resolvedAt: string }[] };
  expect(reports).toMatchObject([{ id, resolvedAt: expect.stringMatching(/^20/) }]);

  const unknown = await call('reports', '--resolve', 'none');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toMatch(/no report with that id.*\n.*assay reports/);
});

test('exports and deletes what is kept of a learner, by id or by cookie', async () => {
  // A learner's id is made of the token in the browser's cookie (auth/learner-token.ts).
  const token = 'A'.repeat(43);
  const id = 'DwBzhbb51LfusnSGBa_hqYSgo7-j8BTQ';
  await record({ learnerId: id, text: 'Mine.' }, { learnerId: 'bob', text: 'Of another.' });

  const byCookie = await call('learner', 'export', token);
  expect(byCookie.code, byCookie.stderr).toBe(0);
  expect(JSON.parse(byCookie.stdout)).toMatchObject({
    learner: { id },
    reports: [{ text: 'Mine.' }],
  });
  expect((await call('learner', 'export', id)).stdout).toBe(byCookie.stdout);

  const unsure = await call('learner', 'delete', id);
  expect(unsure.code).toBe(2);
  expect(unsure.stderr).toMatch(/--yes/);
  expect(await call('learner', 'delete', id, '--yes')).toMatchObject({ code: 0 });
  const { stdout } = await call('reports', '--json');
  expect(stdout).not.toContain('Mine.');
  expect(stdout).toContain('Of another.');
  expect((await call('learner', 'export', id)).stderr).toMatch(/Nothing is kept/);
});

test('takes an id that begins with a dash for an id', async () => {
  const learnerId = `-${'b'.repeat(31)}`;
  await record({ learnerId });
  expect(await call('learner', 'export', learnerId)).toMatchObject({ code: 0 });
});

test.each([
  [['learner'], /Say what to do/],
  [['learner', 'forget', 'x'], /Say what to do/],
  [['reports', '--al'], /--al/],
])('%j is told how it is used', async (args, says) => {
  const { code, stderr } = await call(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(says);
});
