import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CatalogueProof } from '#lib/domain/proof.ts';
import { watchAndProve, type ContentWatch, type ProvenChange } from './watch-and-prove.ts';

interface Begun {
  signal: AbortSignal | undefined;
  finish(lesson: string): void;
  fail(reason: string): void;
}

let folder: string;
let watch: ContentWatch;
let begun: Begun[];
let proven: ProvenChange[];
let troubles: string[];
let isReady: boolean;

function proofOf(lesson: string): CatalogueProof {
  const totals = {
    ...{
      lessons: 1,
      exercises: 0,
      answers: 0,
      documents: 0,
      programs: 0,
      recordings: 0,
      claims: 0,
    },
    ...{ runs: 0, refuted: 0, ms: 1 },
  };
  const runtime = { name: 'django-5.2', versions: {} };
  return {
    runtime,
    lessons: [
      { id: lesson, findings: [], exercises: [], documents: [], visualize: null, lab: null },
    ],
    totals,
  };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-watch-'));
  [begun, proven, troubles, isReady] = [[], [], [], true];
  watch = await watchAndProve({
    workshop: {
      state: async () => ({ ready: isReady, tier: 'full', problem: '', canaries: [] }),
      keyParts: async () => null,
      load: async () => ({ lessons: [], findings: [] }),
      proveWhatChanged: (_loaded, _onProgress, signal) =>
        new Promise((resolve, reject) => {
          begun.push({
            signal,
            finish: (lesson) => resolve(proofOf(lesson)),
            fail: (reason) => reject(new Error(reason)),
          });
        }),
      close: async () => undefined,
    },
    keeper: null,
    recordings: null,
    labRuns: null,
    roots: [folder],
    onProven: (change) => proven.push(change),
    onTrouble: (problem) => troubles.push(problem),
  });
  await vi.waitFor(() => expect(begun).toHaveLength(1), 10_000);
});
afterEach(async () => {
  await watch.close();
  await rm(folder, { recursive: true, force: true });
});

async function save(name: string, proofs: number) {
  await writeFile(join(folder, name), 'text');
  await vi.waitFor(() => expect(begun).toHaveLength(proofs), 10_000);
}

test('a saved file is proven, and whoever listens is told before and after', async () => {
  begun[0]?.finish('first');
  await vi.waitFor(() => expect(proven).toHaveLength(1), 10_000);
  const heard: boolean[] = [];
  watch.subscribe(() => heard.push(watch.standing().isProving));
  const { version } = watch.standing();
  await save('a.yaml', 2);
  begun[1]?.finish('second');
  await vi.waitFor(() => expect(proven).toHaveLength(2), 10_000);
  expect(heard).toEqual([true, false]);
  expect(proven[1]?.paths).toEqual(['a.yaml']);
  expect(watch.standing().proofs.map(({ id }) => id)).toEqual(['second']);
  expect(watch.standing().version).toBe(version + 1);
});

test('a proof that a later save overtakes is left off, and what it finds is not shown', async () => {
  await save('a.yaml', 2);
  expect(begun[0]?.signal?.aborted).toBe(true);
  expect(begun[1]?.signal?.aborted).toBe(false);
  begun[1]?.finish('new');
  await vi.waitFor(() => expect(proven).toHaveLength(1), 10_000);
  begun[0]?.finish('old');
  await new Promise((resolve) => setImmediate(resolve));
  expect(watch.standing().proofs.map(({ id }) => id)).toEqual(['new']);
  expect(proven).toHaveLength(1);
  expect(troubles).toEqual([]);
});

test('a proof that fails is told in a sentence, and the next save is proven', async () => {
  begun[0]?.fail('the disk is gone');
  await vi.waitFor(() => expect(troubles).toHaveLength(1), 10_000);
  expect(troubles[0]).toContain('the disk is gone');
  expect(watch.standing().isProving).toBe(false);
  await save('a.yaml', 2);
});

test('where nothing can be run files are read anew all the same', async () => {
  begun[0]?.finish('first');
  await vi.waitFor(() => expect(proven).toHaveLength(1), 10_000);
  isReady = false;
  const { version } = watch.standing();
  await writeFile(join(folder, 'a.yaml'), 'text');
  await vi.waitFor(() => expect(watch.standing().version).toBe(version + 1), 10_000);
  expect(watch.standing().isProving).toBe(false);
  expect(begun).toHaveLength(1);
});

test("what editors leave beside a file for a moment is no change; closing is a listener's last word", async () => {
  const heard: string[] = [];
  watch.subscribe((event) => heard.push(event));
  for (const name of ['.a.yaml.swp', 'a.yaml~', '4913']) await writeFile(join(folder, name), '');
  await save('b.yaml', 2);
  begun[1]?.finish('second');
  await vi.waitFor(() => expect(proven).toHaveLength(1), 10_000);
  expect(proven[0]?.paths).toEqual(['b.yaml']);
  await watch.close();
  expect(heard.at(-1)).toBe('closed');
});
