import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileProofKeeper } from './proof-keeper.ts';

const key = 'ab'.repeat(32);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-keeper-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('what was kept is found again by another keeper on the same folder', async () => {
  await new FileProofKeeper(join(folder, 'made/later')).keep(key, { runs: [1, null, 'x'] });
  const found = await new FileProofKeeper(join(folder, 'made/later')).find(key);
  expect(found).toEqual({ runs: [1, null, 'x'] });
});

test('what was never kept is not there', async () => {
  expect(await new FileProofKeeper(folder).find(key)).toBeNull();
});

test.each<[string, (text: string) => string]>([
  ['cut short', (text) => text.slice(0, -20)],
  ['empty', () => ''],
  ['changed in a place that leaves it readable', (text) => text.replace('right', 'wrong')],
  ['of another key', (text) => text.replaceAll(key, 'cd'.repeat(32))],
])('a record that is %s counts as not there', async (_, spoil) => {
  const keeper = new FileProofKeeper(folder);
  await keeper.keep(key, { observed: 'right' });
  const path = join(folder, 'ab', `${key}.json`);
  await writeFile(path, spoil(await readFile(path, 'utf8')));
  expect(await keeper.find(key)).toBeNull();
});

test('records written at the same time leave one whole record and no drafts', async () => {
  const keeper = new FileProofKeeper(folder);
  await Promise.all(Array.from({ length: 20 }, (_, number) => keeper.keep(key, { number })));
  expect(await keeper.find(key)).toEqual({ number: expect.any(Number) });
  expect(await readdir(join(folder, 'ab'))).toEqual([`${key}.json`]);
});

test('a key that could name another file is refused', async () => {
  await expect(new FileProofKeeper(folder).keep('../../x', {})).rejects.toThrow(RangeError);
});
