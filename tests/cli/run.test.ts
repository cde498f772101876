import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assay, root } from './assay-command.ts';

interface RunJson {
  outcome: string;
  exit: number | null;
  stdout: string;
  stderr: string;
  truncated: { stdout: boolean; stderr: boolean };
  error: { type: string; message: string; line: number | null } | null;
  usage: Record<string, number>;
  limits: Record<string, number>;
  runtime: { name: string; versions: Record<string, string> };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-run-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function runJson(program: string): Promise<{ code: number | null; result: RunJson }> {
  const { code, stdout } = await assay(['run', '-', '--json'], { input: program });
  return { code, result: JSON.parse(stdout) as RunJson };
}

test('a program that comes to its end is finished, with its output and its versions', async () => {
  const { code, result } = await runJson(
    'import django\nfrom django.contrib.auth.models import User\n' +
      'User.objects.create(username="ada")\nprint(django.get_version(), User.objects.count())\n',
  );
  expect(Object.keys(result)).toEqual([
    'outcome',
    'exit',
    'stdout',
    'stderr',
    'truncated',
    'error',
    'usage',
    'limits',
    'runtime',
  ]);
  expect(result).toMatchObject({ outcome: 'finished', exit: 0, stderr: '', error: null });
  expect(result.stdout).toBe(`${result.runtime.versions['django']} 1\n`);
  expect(result.truncated).toEqual({ stdout: false, stderr: false });
  expect(Object.keys(result.usage)).toEqual(['wallMs', 'cpuMs', 'peakBytes']);
  expect(code).toBe(0);
});

test.each([
  ['loops', 'while True: pass', /^(cpu|time)-limit$/],
  ['waits for ever', 'import time\ntime.sleep(999)', /^time-limit$/],
  ['floods', 'while True: print("flood" * 1000)', /^output-limit$/],
  ['allocates', 'a = []\nwhile True: a.append(bytearray(1 << 20))', /^memory-limit$/],
])('a program that %s gets its named outcome', async (_, program, outcome) => {
  const { code, result } = await runJson(program);
  expect(result.outcome).toMatch(outcome);
  expect(code).toBe(1);
  expect((await runJson('print("well")')).result.stdout).toBe('well\n');
});

test('a fork is refused as an error of the program itself', async () => {
  const { result } = await runJson('import os\nos.fork()\n');
  expect(result.outcome).toBe('error');
  expect(result.error).toMatchObject({ type: 'PermissionError', line: 2 });
});

test('an exception is told with its line, for people and for machines', async () => {
  const file = join(folder, 'broken.py');
  await writeFile(file, 'x = 1\n\nprint(y)\n');
  const told = await assay(['run', 'broken.py'], { cwd: folder });
  expect(told.code).toBe(1);
  expect(told.stderr).toContain('line 3');
  expect(told.stderr).toContain("NameError: name 'y' is not defined");
  expect(told.stderr).not.toContain(root);
  const { result } = await runJson('x = 1\nif x\n');
  expect(result.error).toMatchObject({ type: 'SyntaxError', line: 2, place: 'load' });
});

test('npx assay does the same as ./assay', async () => {
  const input = 'print("same")\n';
  const direct = await assay(['run', '-'], { input });
  const npx = await assay(['run', '-'], {
    input,
    command: ['npx', '--no-install', 'assay'],
  });
  expect(npx.stdout).toBe(direct.stdout);
  expect(npx.code).toBe(direct.code);
});

test.each([
  ['no file', ['run', 'no-such-file.py'], 'There is no file no-such-file.py'],
  ['a folder', ['run', '.'], 'is not a file'],
  ['nothing named', ['run'], 'exactly one program'],
  ['an unknown option', ['run', '-', '--fast'], '--fast'],
  ['an unknown command', ['rnu'], 'no command rnu'],
])('%s is one clear message without a stack trace', async (_, args, message) => {
  const { code, stderr } = await assay(args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain('What to do');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a file that is no text is refused', async () => {
  await writeFile(join(folder, 'latin.py'), Buffer.from([0x70, 0xe9]));
  const { code, stderr } = await assay(['run', 'latin.py'], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain('not UTF-8');
});

test('with execution switched off nothing is run, and it says so', async () => {
  const { code, stdout } = await assay(['run', '-', '--json'], {
    input: 'print("ran")',
    env: { ASSAY_EXECUTION: 'off' },
  });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'infrastructure', stdout: '' });
});
