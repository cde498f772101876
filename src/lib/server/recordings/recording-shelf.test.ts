import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { partSteps, type Recording } from '#lib/domain/recording.ts';
import { recordingId, RecordingShelf } from './recording-shelf.ts';

/** Unlike any other of another number; `fill` characters that do not shrink. */
function recording(number: number, count = 3, fill = ''): Recording {
  return {
    ...{ version: 1, files: ['program.py'], threads: ['main'], tasks: [], frames: [] },
    steps: Array.from({ length: count }, (_, at) => ({ kind: 'print', at, thread: 0, text: fill })),
    ...{ cut: null, micros: number },
  };
}

let folder: string;
let shelf: RecordingShelf;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-shelf-'));
  shelf = new RecordingShelf(folder, { count: 3, bytes: 100_000 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const namesOf = async (part: 'lessons' | 'learners') =>
  (await readdir(join(folder, part)).catch(() => [])).sort();

/** Puts a recording's age in order, as no clock is waited for. */
async function age(id: string, second: number): Promise<void> {
  await utimes(join(folder, 'learners', id), second, second);
}

describe('a recording', () => {
  test('is found again as head and parts, each compressed', async () => {
    const kept = recording(1, partSteps + 2);
    const id = await shelf.keep(kept, 'lessons');
    const { steps, ...head } = kept;
    expect(await shelf.readHead(id)).toEqual({ ...head, id, steps: partSteps + 2 });
    expect(await shelf.readSteps(id, 1)).toEqual(steps);
    const part = await shelf.findPart(id, 1);
    expect(JSON.parse(gunzipSync(part!.gzipped).toString())).toEqual(steps.slice(partSteps));
    expect(part!.shelf).toBe('lessons');
    expect(await shelf.findPart(id, 2)).toBeNull();
    expect(await shelf.has(id)).toBe(true);
  });

  test('has one name, whoever keeps it and however often', async () => {
    const [first, second] = await Promise.all([
      shelf.keep(recording(1), 'lessons'),
      new RecordingShelf(folder).keep(recording(1), 'lessons'),
    ]);
    expect(second).toBe(first);
    expect(await namesOf('lessons')).toEqual([first]);
    expect(recordingId(recording(2))).not.toBe(first);
  });

  test.each(['', '..', '../lessons', '../../etc/passwd', 'A'.repeat(32), `${'a'.repeat(32)}/..`])(
    'is not found by what is no name of ours: %j',
    async (id) => {
      await writeFile(join(folder, 'head.json.gz'), 'secret');
      expect(await shelf.findHead(id)).toBeNull();
      expect(await shelf.findPart(id, 0)).toBeNull();
      expect(await shelf.has(id)).toBe(false);
    },
  );

  test.each([-1, 0.5, Number.NaN, Infinity])('has no part %d', async (part) => {
    const id = await shelf.keep(recording(1), 'lessons');
    expect(await shelf.findPart(id, part)).toBeNull();
  });

  test('that was damaged counts as not there', async () => {
    const id = await shelf.keep(recording(1), 'lessons');
    await writeFile(join(folder, 'lessons', id, '0.json.gz'), 'half a file');
    expect(await shelf.readSteps(id, 0)).toBeNull();
  });
});

describe('a process that ends while it writes', () => {
  test('leaves nothing that could be found, and the next one writes it whole', async () => {
    const id = recordingId(recording(1));
    // What is on the disk at that moment: a draft with the head and without the steps.
    const draft = join(folder, 'learners', '.draft-of-another');
    await mkdir(draft, { recursive: true });
    await writeFile(join(draft, 'head.json.gz'), 'half');
    expect(await shelf.findHead(id)).toBeNull();
    expect(await shelf.keep(recording(1), 'learners')).toBe(id);
    expect(await shelf.readSteps(id, 0)).toHaveLength(3);
    // It may still be written; an hour later it is not.
    expect(await namesOf('learners')).toContain('.draft-of-another');
    const then = Date.now() / 1000 - 2 * 60 * 60;
    await utimes(draft, then, then);
    await shelf.keep(recording(2), 'learners');
    expect(await namesOf('learners')).not.toContain('.draft-of-another');
  });

  test('leaves no draft behind where the disk refuses', async () => {
    await writeFile(join(folder, 'lessons'), 'a file where a folder should be');
    await expect(shelf.keep(recording(1), 'lessons')).rejects.toThrow();
    expect((await stat(join(folder, 'lessons'))).isFile()).toBe(true);
  });
});

describe('room', () => {
  test('is made for the newest of learners, oldest first', async () => {
    const ids: string[] = [];
    for (let number = 1; number <= 5; number++) {
      const id = await shelf.keep(recording(number), 'learners');
      await age(id, number);
      ids.push(id);
    }
    expect(await namesOf('learners')).toEqual(ids.slice(2).sort());
  });

  test('is made by what they take, and the newest one stays however large it is', async () => {
    const noise = (length: number) =>
      Array.from({ length }, () => Math.random().toString(36).slice(2, 10)).join('');
    const small = await shelf.keep(recording(1), 'learners');
    await age(small, 1);
    const large = await shelf.keep(recording(2, 1, noise(40_000)), 'learners');
    expect(await namesOf('learners')).toEqual([large]);
  });

  test('is never made at the cost of what lessons show', async () => {
    const shown = await shelf.keep(recording(0), 'lessons');
    for (let number = 1; number <= 5; number++) await shelf.keep(recording(number), 'learners');
    expect(await namesOf('lessons')).toEqual([shown]);
    expect(await namesOf('learners')).toHaveLength(3);
  });

  test('is made once for many that are kept at the same moment', async () => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, number) => shelf.keep(recording(number), 'learners')),
    );
    expect(new Set(ids).size).toBe(8);
    await shelf.keep(recording(9), 'learners');
    expect(await namesOf('learners')).toHaveLength(3);
  });
});
