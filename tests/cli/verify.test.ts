import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blanksPath, clearDisk, goodFiles, lessonPath, onDisk } from '../proof/lesson-on-disk.ts';
import { assay } from './assay-command.ts';

interface VerifyJson {
  runtime: { name: string; versions: Record<string, string> };
  lessons: {
    id: string;
    exercises: {
      uid: string;
      id: string;
      kind: string;
      status: string;
      findings: Record<string, unknown>[];
      answers: { answer: string[]; declared: string; observed: string; outcome: string }[];
    }[];
  }[];
  totals: Record<string, number>;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-verify-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await clearDisk();
});

// That our own lessons are proven is a suite by itself.
test('a catalogue is proven, and the report has the promised shape', async () => {
  const content = await onDisk(goodFiles());
  const { code, stdout, stderr } = await assay(['verify', content, '--json']);
  expect(code, stdout + stderr).toBe(0);
  const report = JSON.parse(stdout) as VerifyJson;
  expect(report.runtime.name).toBe('django-5.2');
  expect(Object.keys(report.totals).sort()).toEqual([
    'answers',
    'claims',
    'documents',
    'exercises',
    'lessons',
    'ms',
    'programs',
    'recordings',
    'refuted',
    'runs',
  ]);
  for (const exercise of report.lessons.flatMap(({ exercises }) => exercises)) {
    expect(exercise).toMatchObject({ status: 'proven', findings: [] });
    expect(exercise.answers.length).toBeGreaterThan(1);
    for (const answer of exercise.answers) expect(answer.observed).toBe(answer.declared);
    expect(Object.keys(exercise.answers[0] ?? {})).toEqual([
      'answer',
      'declared',
      'observed',
      'outcome',
      'error',
    ]);
  }
});

test('a wrong declaration is refuted with file, line, expected, found and what to do', async () => {
  const files = goodFiles();
  files[blanksPath] = files[blanksPath]!.replace(/^answers:.*$/m, 'answers: [[get]]');
  const content = await onDisk(files);
  const { code, stdout } = await assay(['verify', content, '--json']);
  expect(code).toBe(1);
  const report = JSON.parse(stdout) as VerifyJson;
  const refuted = report.lessons
    .flatMap(({ exercises }) => exercises)
    .filter(({ status }) => status === 'refuted');
  expect(refuted.map(({ id }) => id)).toEqual(['read-one']);
  for (const finding of refuted[0]?.findings ?? []) {
    expect(Object.keys(finding).sort()).toEqual(['expected', 'file', 'fix', 'found', 'line']);
    expect(finding['line']).toBeGreaterThan(0);
  }
  const told = await assay(['verify', content]);
  expect(told.stdout).toMatch(/read-one\.yaml:\d+/);
  expect(told.stdout).toContain('what to do');
  expect(told.code).toBe(1);
});

test('one lesson can be proven alone, from any folder', async () => {
  const files = goodFiles();
  const other = lessonPath.replace('01-waiting', '02-waiting-again');
  for (const [path, text] of Object.entries(goodFiles())) {
    if (path.startsWith(lessonPath)) {
      files[path.replace(lessonPath, other)] = text.replace(/^uid: ex_/, 'uid: ex_other');
    }
  }
  const { code, stdout, stderr } = await assay(['verify', other, '--json'], {
    cwd: await onDisk(files),
  });
  expect(code, stdout + stderr).toBe(0);
  expect((JSON.parse(stdout) as VerifyJson).lessons).toHaveLength(1);
});

test('where nothing can be run, verify says so and proves nothing', async () => {
  const { code, stdout, stderr } = await assay(['verify', '--json'], {
    env: { ASSAY_EXECUTION: 'off' },
  });
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('ASSAY_EXECUTION');
});

test('doctor says what this host can do, in words and as data', async () => {
  const env = { ASSAY_DATA_DIR: join(folder, 'data'), PORT: '0' };
  const { code, stdout } = await assay(['doctor', '--json'], { env });
  const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string }[] };
  expect(code).toBe(0);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Node', 'Python', 'bubblewrap', 'sandbox', 'data', 'store', 'address']),
  );
  expect((await assay(['doctor'], { env })).stdout).toMatch(/canaries held/);
});
