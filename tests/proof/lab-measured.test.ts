/** What is claimed of views under load, held against real servers: proven, kept and shown, and refuted by sabotage. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { mostOpen } from '../../src/lib/domain/lab.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { FileProofKeeper } from '../../src/lib/server/proof/proof-keeper.ts';
import { proveCatalogue } from '../../src/lib/server/proof/prove-catalogue.ts';
import { LabShelf } from '../../src/lib/server/recordings/lab-shelf.ts';
import { lab, labFiles, labPath, labProgram, labProgramPath } from './lab-on-disk.ts';
import { clearDisk, edit, lineOf, onDisk } from './lesson-on-disk.ts';
import { openBench, type RealBench } from './real-bench.ts';

let bench: RealBench;
let data: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'assay-lab-'));
  bench = await openBench();
});
afterAll(async () => {
  await bench.close();
  await rm(data, { recursive: true, force: true });
});
afterEach(clearDisk);

/** On a busy machine six requests must be sent, and six views begun, within the wait. */
const measured = [
  ['waitMs: 300', 'waitMs: 1000'],
  ['waitMs: 200', 'waitMs: 700'],
].reduce((text, [from, to]) => edit(text, from!, to!), lab);

async function prove(change: Record<string, string> = {}, kept = {}) {
  const files = { ...labFiles(), [labPath]: measured, ...change };
  const loaded = await loadCatalogue([await onDisk(files)]);
  expect(loaded.findings).toEqual([]);
  const proof = await proveCatalogue(loaded, { ...bench, ...kept });
  return proof.lessons[0]!.lab!;
}

test('a lab is proven on real servers, and each scenario has a run to show', async () => {
  const labRuns = new LabShelf(join(data, 'recordings'));
  const kept = { keeper: new FileProofKeeper(join(data, 'proofs')), labRuns };
  const of = await prove({}, kept);
  expect(of.status, JSON.stringify(of.findings)).toBe('proven');
  expect(of.claims.slice(0, 2)).toMatchObject([{ verdict: 'holds' }, { verdict: 'holds' }]);
  // On a host that is busy enough it may stay open, but it is never false.
  expect(of.claims[2]!.verdict).not.toBe('refuted');
  expect(of.versions).toMatchObject({ django: expect.any(String), uvicorn: expect.any(String) });
  expect(of.machine!.cores).toBeGreaterThan(0);
  const shown = await Promise.all(of.scenarios.map(({ run }) => labRuns.read(run!)));
  expect(shown.map((result) => mostOpen(result!.spans))).toEqual([6, 2]);
  expect(await prove({}, kept)).toEqual(of);
});

test('claims that are not so are refuted, each at its line, with what was measured', async () => {
  const ratio = 'async-waits.wall-ms <= 0.8 * sync-waits.wall-ms';
  const turned = 'sync-waits.wall-ms <= 0.5 * async-waits.wall-ms';
  const text = edit(
    edit(measured, 'async-waits.open == 6', 'async-waits.open <= 5'),
    ratio,
    turned,
  );
  const of = await prove({ [labPath]: text });
  const ofCount = {
    ...{
      file: labPath,
      line: lineOf(text, 'async-waits.open'),
      expected: 'that `async-waits.open <= 5`',
    },
    found: 'it held in 0 of 3 series; `async-waits.open` 6',
  };
  expect(of.status).toBe('refuted');
  expect(of.findings).toContainEqual(expect.objectContaining(ofCount));
  // Unless the host was too busy to tell, the other one is refuted too; it never holds.
  const ofRatio = of.findings.find(({ line }) => line === lineOf(text, turned));
  expect(ofRatio!.found).toContain('it held in 0 of');
});

test('what a lesson claims is refuted when a view blocks where it should await', async () => {
  const blocking = edit(
    edit(labProgram, 'await client.get', 'client.get'),
    'httpx.AsyncClient',
    'httpx.Client',
  );
  const of = await prove({ [labProgramPath]: blocking });
  expect(of.status).toBe('refuted');
  const found = of.findings.map(({ line }) => line);
  expect(found).toContain(lineOf(measured, 'async-waits.open'));
  expect(of.claims).toMatchObject([{ verdict: 'refuted' }, { verdict: 'holds' }, {}]);
});

test('what a lesson claims is refuted when the threads are not those that it speaks of', async () => {
  const of = await prove({ [labPath]: edit(measured, 'threads: 2', 'threads: 1') });
  expect(of.claims).toMatchObject([{ verdict: 'holds' }, { verdict: 'refuted' }, {}]);
});

test('a view that fails refutes the lab at its line, and is not run on', async () => {
  const failing = edit(labProgram, 'HttpResponse(answer.text)', 'HttpResponse(answer.txt)');
  const of = await prove({ [labProgramPath]: failing });
  expect(of).toMatchObject({
    ...{ status: 'refuted', claims: [], runs: 2 },
    findings: [
      {
        ...{ file: labProgramPath, line: lineOf(failing, 'answer.txt') },
        found: expect.stringContaining('AttributeError'),
      },
    ],
  });
});
