import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf, type LabResult } from '#lib/domain/lab.ts';
import { LabShelf } from './lab-shelf.ts';

/** Unlike any other of another number. */
function run(number: number): LabResult {
  return {
    ...{ outcome: 'finished', error: null, stdout: '', stderr: '' },
    truncated: { stdout: false, stderr: false },
    client: clientOf([
      { request: 1, sent: 0, connected: 1, answered: number, status: 200, error: null },
    ]),
    upstream: { count: 0, maxOpen: 0, calls: [] },
    ...{ loop: null, spans: [], cut: false, retryAfterSeconds: null },
    usage: { wallMs: 1, cpuMs: 1, peakBytes: 1 },
    limits: { wallMs: 1, cpuMs: 1, memoryBytes: 1, outputBytes: 1, diskBytes: 1, files: 1 },
    runtime: { name: 'django-5.2', versions: {} },
  };
}

let folder: string;
let shelf: LabShelf;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-lab-shelf-'));
  shelf = new LabShelf(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a lab run', () => {
  test('is found again as it was, compressed', async () => {
    const id = await shelf.keep(run(7));
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(await shelf.has(id)).toBe(true);
    expect(await shelf.read(id)).toEqual(run(7));
    const found = await shelf.find(id);
    expect(JSON.parse(gunzipSync(found!.gzipped).toString())).toEqual(run(7));
  });

  test('has one name, whoever keeps it and however often', async () => {
    const [first, second] = await Promise.all([
      shelf.keep(run(1)),
      new LabShelf(folder).keep(run(1)),
    ]);
    expect(second).toBe(first);
    expect(await shelf.keep(run(1))).toBe(first);
    expect(await readdir(join(folder, 'lab'))).toEqual([`${first}.json.gz`]);
    expect(await shelf.keep(run(2))).not.toBe(first);
  });

  test.each(['', '..', '../secret', 'A'.repeat(32), `${'a'.repeat(32)}/..`, '../lab/secret'])(
    'is not found by what is no name of ours: %j',
    async (id) => {
      await mkdir(join(folder, 'lab'));
      await writeFile(join(folder, 'secret.json.gz'), 'secret');
      await writeFile(join(folder, 'lab', 'secret.json.gz'), 'secret');
      expect(await shelf.find(id)).toBeNull();
      expect(await shelf.read(id)).toBeNull();
      expect(await shelf.has(id)).toBe(false);
    },
  );

  test('that was never kept is not there', async () => {
    expect(await shelf.has('0'.repeat(32))).toBe(false);
    expect(await shelf.find('0'.repeat(32))).toBeNull();
    expect(await shelf.read('0'.repeat(32))).toBeNull();
  });

  test('that was damaged counts as not there', async () => {
    const id = await shelf.keep(run(1));
    await writeFile(join(folder, 'lab', `${id}.json.gz`), 'half a file');
    expect(await shelf.read(id)).toBeNull();
  });

  test('leaves no draft behind where the disk refuses', async () => {
    await writeFile(join(folder, 'lab'), 'a file where a folder should be');
    await expect(shelf.keep(run(1))).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['lab']);
  });
});
