import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Recording } from '#lib/domain/recording.ts';
import { assay } from './assay-command.ts';
import { runJson } from './run-json.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-record-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Recording;

describe('assay run --record', () => {
  test('writes the recording to the file, and the output where it always goes', async () => {
    const file = join(folder, 'loop.json');
    const program = 'for i in range(3):\n    print(i)\n';
    const { code, stdout, stderr } = await assay(['run', '-', '--record', file], {
      input: program,
    });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '0\n1\n2\n', stderr: '' });
    const { version, files, threads, cut, steps } = await read(file);
    expect({ version, files, threads, cut }).toEqual({
      ...{ version: 1, files: ['stdin.py'], threads: ['main'], cut: null },
    });
    const last = steps.findLast(({ changed }) => changed?.some(([name]) => name === 'i'));
    expect(last?.changed).toEqual([['i', '2']]);
  });

  test('tells machines its size, and no more of it', async () => {
    const file = join(folder, 'long.json');
    const { result } = await runJson('for i in range(9999):\n    pass\n', ['--record', file]);
    expect(result).toMatchObject({ outcome: 'finished', recording: { steps: 5000, cut: 'steps' } });
    expect(Object.keys(result.recording!)).toEqual(['steps', 'bytes', 'cut']);
    expect((await stat(file)).size).toBe(result.recording!.bytes);
  });

  test('says so when the run did not live to tell, and writes nothing', async () => {
    const file = join(folder, 'none.json');
    const asked = ['--record', file, '--wall-ms', '500'];
    const { result } = await runJson('import time\ntime.sleep(60)\n', asked);
    expect(result).toMatchObject({ outcome: 'time-limit', recording: null });
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  test('is silent about recordings where none was asked for', async () => {
    expect((await runJson('print(1)')).result).not.toHaveProperty('recording');
  });

  test('refuses a place where no file can be, before the program runs', async () => {
    const program = join(folder, 'program.py');
    await writeFile(program, 'print("ran")\n');
    await mkdir(join(folder, 'there'), { recursive: true });
    for (const [file, why] of [
      [join(folder, 'nowhere/record.json'), `there is no folder ${join(folder, 'nowhere')}`],
      [join(folder, 'there'), 'that is no file'],
      [program, 'the program would be written over'],
    ]) {
      const { code, stdout, stderr } = await assay(['run', program, '--record', file!]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`--record ${file} is not possible: ${why}`);
      expect(stderr).toContain('What to do:');
    }
  });
});
