import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assay, root } from './assay-command.ts';
import { runJson } from './run-json.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-run-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

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
  ['waits for ever', 'import time\ntime.sleep(999)', [], 'time-limit'],
  ['loops', 'while True: pass', ['--cpu-ms', '1000', '--wall-ms', '60000'], 'cpu-limit'],
  ['allocates', 'a = []\nwhile True: a.append(bytearray(1 << 20))', [], 'memory-limit'],
  ['floods', 'while True: print("flood" * 1000)', [], 'output-limit'],
  ['ends its own process', 'import ctypes\nctypes.string_at(0)', [], 'killed'],
])(
  'a program that %s gets its named outcome, and the next one runs',
  async (_, program, more, outcome) => {
    const { code, result } = await runJson(program, more);
    expect(result.outcome).toBe(outcome);
    expect(code).toBe(1);
    expect((await runJson('print("well")')).result.stdout).toBe('well\n');
  },
);

test('each outcome that is none of the program is told to people in a sentence', async () => {
  const { code, stdout, stderr } = await assay(['run', '-', '--wall-ms', '300'], {
    input: 'import time\nprint("so far", flush=True)\ntime.sleep(999)\n',
  });
  expect(code).toBe(1);
  expect(stdout).toBe('so far\n');
  expect(stderr).toBe('assay: Stopped: its time on the clock was up.\n');
});

test('output is cut between characters, never within one', async () => {
  const { result } = await runJson('while True: print("é" * 1001)\n', ['--output-kb', '3']);
  expect(result).toMatchObject({ outcome: 'output-limit', truncated: { stdout: true } });
  expect(result.stdout).toMatch(/^[é\n]+$/);
  const bytes = Buffer.byteLength(result.stdout);
  expect(bytes).toBeLessThanOrEqual(3 * 1024);
  expect(bytes).toBeGreaterThan(3 * 1024 - 4);
});

test('a program that catches its MemoryError has finished', async () => {
  const { code, result } = await runJson(
    'try:\n    bytearray(1 << 40)\nexcept MemoryError:\n    print("caught")\n',
  );
  expect(result).toMatchObject({ outcome: 'finished', stdout: 'caught\n', error: null });
  expect(code).toBe(0);
});

test('a fork is refused as an error of the program itself', async () => {
  const { result } = await runJson('import os\nos.fork()\n');
  expect(result.outcome).toBe('error');
  expect(result.error).toMatchObject({ type: 'PermissionError', line: 2 });
});

test('an error is told with its way through the program and its files, outermost first', async () => {
  await writeFile(join(folder, 'shop.py'), 'import prices\n\n\nprices.of("tea")\n');
  await writeFile(join(folder, 'prices.py'), 'def of(thing):\n    return {}[thing]\n');
  const { code, stdout } = await assay(['run', 'shop.py', '--file', 'prices.py', '--json'], {
    cwd: folder,
  });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'error',
    error: {
      type: 'KeyError',
      message: "'tea'",
      line: 4,
      place: 'load',
      frames: [
        { file: 'shop.py', line: 4, function: '<module>' },
        { file: 'prices.py', line: 2, function: 'of' },
      ],
    },
  });
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
  expect(Object.keys(result.error!)).toEqual(['type', 'message', 'line', 'place', 'frames']);
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

test('with execution switched off nothing is run, and it says so', async () => {
  const { code, stdout } = await assay(['run', '-', '--json'], {
    input: 'print("ran")',
    env: { ASSAY_EXECUTION: 'off' },
  });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'infrastructure', stdout: '' });
});
