import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assay, root } from './assay-command.ts';

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

const lessonBelow = 'django/async/03-when-async-helps';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-verify-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('our catalogue is proven, and the report has the promised shape', async () => {
  const { code, stdout, stderr } = await assay(['verify', '--json']);
  expect(code, stdout + stderr).toBe(0);
  const report = JSON.parse(stdout) as VerifyJson;
  expect(report.runtime.name).toBe('django-5.2');
  expect(Object.keys(report.totals).sort()).toEqual([
    'answers',
    'documents',
    'exercises',
    'lessons',
    'ms',
    'programs',
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
  const content = join(folder, 'content');
  await cp(join(root, 'content'), content, { recursive: true });
  const file = join(content, lessonBelow, 'exercises/02-read-one-user.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace('answers:', 'answers: # changed').replace(/\[aget\]/, '[get]'),
  );
  const { code, stdout } = await assay(['verify', content, '--json']);
  expect(code).toBe(1);
  const report = JSON.parse(stdout) as VerifyJson;
  const refuted = report.lessons
    .flatMap(({ exercises }) => exercises)
    .filter(({ status }) => status === 'refuted');
  expect(refuted.map(({ id }) => id)).toEqual(['read-one-user']);
  for (const finding of refuted[0]?.findings ?? []) {
    expect(Object.keys(finding).sort()).toEqual(['expected', 'file', 'fix', 'found', 'line']);
    expect(finding['line']).toBeGreaterThan(0);
  }
  const told = await assay(['verify', content]);
  expect(told.stdout).toMatch(/read-one-user\.yaml:\d+/);
  expect(told.stdout).toContain('what to do');
  expect(told.code).toBe(1);
});

test('one lesson can be proven alone, from any folder', async () => {
  const { code, stdout } = await assay(['verify', lessonBelow, '--json'], {
    cwd: join(root, 'content'),
  });
  expect(code).toBe(0);
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
