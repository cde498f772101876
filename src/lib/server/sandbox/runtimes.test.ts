import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readMachine } from './machine.ts';
import { harnessDigest, labDigest } from './runtimes.ts';

const runtime = 'django-5.2';
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'assay-digest-'));
  await write('jail/main.py', 'jail');
  await write('lab/main.py', 'lab');
  await write(`runtimes/${runtime}/runtime.json`, '{}');
  await write(`requirements/${runtime}.txt`, 'uvicorn==1');
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  const file = join(root, 'sandbox', path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

const digests = async () => [await harnessDigest(root, runtime), await labDigest(root, runtime)];

test.each<[string, string, boolean, boolean]>([
  ['the Python of the lab', 'lab/assay_lab/servers.py', false, true],
  ['the Python of the jail', 'jail/main.py', true, false],
  ['the runtime', `runtimes/${runtime}/more.py`, true, false],
  ['the pinned packages, the servers among them', `requirements/${runtime}.txt`, true, true],
  ['what Python leaves behind', 'lab/__pycache__/main.pyc', false, false],
])('a change to %s is seen where it has an effect', async (_, path, ofRuns, ofLab) => {
  const before = await digests();
  await write(path, 'changed');
  const after = await digests();
  expect(after.map((digest, index) => digest !== before[index])).toEqual([ofRuns, ofLab]);
  for (const digest of after) expect(digest).toMatch(/^[0-9a-f]{64}$/);
});

test('the machine tells its cores, its memory and its system', () => {
  const { cores, memoryBytes, system } = readMachine();
  expect(cores).toBeGreaterThan(0);
  expect(memoryBytes).toBeGreaterThan(2 ** 20);
  expect(system).toMatch(/^\w+ \d+\.\d+$/);
});
