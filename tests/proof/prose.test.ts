/** Prose on the real sandbox: what is right is proven, and each thing that is not is refuted at its line. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proofText } from '../../src/lib/domain/proof-text.ts';
import type { CatalogueProof, DocumentProof } from '../../src/lib/domain/proof.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { checkLocks } from '../../src/lib/server/proof/check-locks.ts';
import { lockOf, readLock, writeLock } from '../../src/lib/server/proof/proof-lock.ts';
import { documentsForServing } from '../../src/lib/server/proof/prose/documents-for-serving.ts';
import { proveCatalogue } from '../../src/lib/server/proof/prove-catalogue.ts';
import { clearDisk, edit, lessonPath, lineOf, onDisk } from './lesson-on-disk.ts';
import { learn, learnPath, proseFiles, why, whyPath } from './prose-on-disk.ts';
import { memoryKeeper, openBench } from './real-bench.ts';

let bench: Awaited<ReturnType<typeof openBench>>;
const keeper = memoryKeeper();

beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  await bench?.close();
  await clearDisk();
});

async function prove(root: string): Promise<CatalogueProof> {
  return proveCatalogue(await loadCatalogue([root]), { ...bench, keeper });
}

function documentOf(proof: CatalogueProof, name: string): DocumentProof {
  return proof.lessons.flatMap(({ documents }) => documents).find((each) => each.name === name)!;
}

/** The proof of a document after one of its files was changed. */
async function proven(name: string, path: string, text: string): Promise<DocumentProof> {
  const root = await onDisk({ ...proseFiles(), [path]: text });
  return documentOf(await prove(root), name);
}

test('what is right is proven, with what it printed, and with figures of this host', async () => {
  const proof = await prove(await onDisk(proseFiles()));
  expect(proof.lessons[0]?.findings).toEqual([]);
  expect(documentOf(proof, 'learn')).toMatchObject({ status: 'proven', findings: [], runs: 3 });
  const { status, findings, compares, runs } = documentOf(proof, 'why');
  expect({ status, findings }).toEqual({ status: 'proven', findings: [] });
  expect(runs).toBe(10);
  const { before, after, figures } = compares[0]!;
  expect([before.values, after.values]).toEqual([{ at_once: 1 }, { at_once: 3 }]);
  for (const figure of [figures!.before, figures!.after]) {
    expect(figure.runs).toBe(5);
    expect(figure.least).toBeGreaterThan(0);
    expect(figure.median).toBeGreaterThanOrEqual(figure.least);
    expect(figure.most).toBeGreaterThanOrEqual(figure.median);
  }
  expect(figures!.before.median / figures!.after.median).toBeGreaterThanOrEqual(2);
  expect(proof.totals).toMatchObject({ documents: 2, programs: 5, runs: 13, refuted: 0 });
  expect(proofText(proof)).toContain('proven    why (document; 1 measurement, 10 runs)');
});

test.each<[what: string, from: string, to: string, at: string, found: string]>([
  [
    'an edited output',
    "{'euro': 1.1}\n`",
    "{'euro': 1.2}\n`",
    "{'euro': 1.2}",
    "- {'euro': 1.2}\n+ {'euro': 1.1}",
  ],
  ['an output that lacks a line', "200\n{'euro'", "{'euro'", "{'euro': 1.1}", '+ 200'],
  ['an output with a line more', '1.1}\n```\n\nIt', '1.1}\nmore\n```\n\nIt', 'more', '- more'],
  ['an output left out', '```output\n500\n```\n\n', '', 'python run id=in-a-view', '+ 500'],
  ['another program', '"euro": 1.1', '"euro": 1.3', "{'euro': 1.1}", "+ {'euro': 1.3}"],
  [
    'a program that raises',
    'return JsonResponse({"euro": 1.1})',
    'return JsonResponse(euro)',
    'return JsonResponse(euro)',
    "NameError: name 'euro' is not defined (line 5 of the program, in a view)",
  ],
  [
    'a drive that raises',
    'print(response.json)',
    'print(respond.json)',
    'print(respond.json)',
    "NameError: name 'respond' is not defined",
  ],
  [
    'an exception that is not declared',
    ' raises=ZeroDivisionError',
    '',
    '1 / 0',
    'ZeroDivisionError: division by zero',
  ],
  [
    'another exception than is declared',
    'raises=ZeroDivisionError',
    'raises=ValueError',
    '1 / 0',
    'ZeroDivisionError',
  ],
  ['an exception that does not come', '1 / 0', '1 / 1', 'print("before")', 'nothing was raised'],
  ['a program that is no Python', 'print("before")\n', 'print("before"\n', '1 / 0', 'SyntaxError'],
])('%s is refuted at its line', async (_, from, to, at, found) => {
  const text = edit(learn, from, to);
  const { status, findings } = await proven('learn', learnPath, text);
  expect(status).toBe('refuted');
  const line = found.startsWith('SyntaxError') ? expect.any(Number) : lineOf(text, at);
  expect(findings).toEqual([
    expect.objectContaining({ file: learnPath, line, found: expect.stringContaining(found) }),
  ]);
});

const turned = (text: string) =>
  edit(
    edit(text, 'programs/in-line.py', 'programs/x.py'),
    'programs/together.py',
    'programs/in-line.py',
  ).replace('programs/x.py', 'programs/together.py');
const uncounted = (text: string) => text.replace(/(?:before|after)_holds: .*\n/g, '');

test.each<[what: string, text: string, at: string, found: string]>([
  ['before and after turned round', turned(why), 'before_holds', 'at_once = 3'],
  ['turned round, and nothing counted', turned(uncounted(why)), 'ratio: 2', 'measured 3 times'],
  [
    'a false count after',
    edit(why, 'at_once == 3', 'at_once == 2'),
    'after_holds',
    'it does not hold',
  ],
  [
    'a false count before',
    edit(why, 'at_once == 1', 'at_once == 3'),
    'before_holds',
    'it does not hold',
  ],
  [
    'a count of what is not observed',
    edit(why, 'at_once == 3', 'at_onc == 3'),
    'after_holds',
    "name 'at_onc'",
  ],
  ['a unit that is not observed', edit(why, 'unit: ms', 'unit: us'), 'drive: |', 'observed: '],
  [
    'a drive that raises',
    edit(why, 'program.wait()', 'program.wat()'),
    'program.wat()',
    'AttributeError',
  ],
])('%s is refuted at its line', async (_, text, at, found) => {
  const { status, findings } = await proven('why', whyPath, text);
  expect(status).toBe('refuted');
  const line = lineOf(text, at);
  expect(findings).toEqual([
    expect.objectContaining({ file: whyPath, line, found: expect.stringContaining(found) }),
  ]);
});

test('a program of a measurement that raises is refuted in its own file', async () => {
  const path = `${lessonPath}/programs/together.py`;
  const text = edit(proseFiles()[path]!, 'import asyncio', 'import asynci');
  const { status, findings } = await proven('why', path, text);
  expect(status).toBe('refuted');
  expect(findings).toMatchObject([{ file: path, line: 1 }]);
  expect(findings[0]?.found).toContain('ModuleNotFoundError');
});

test('a ratio that is not reached, though there is one, is inconclusive: neither proven nor refuted', async () => {
  const text = edit(why, 'ratio: 2', 'ratio: 900');
  const { status, findings, compares } = await proven('why', whyPath, text);
  expect(status).toBe('unproven');
  expect(findings).toEqual([
    expect.objectContaining({
      line: lineOf(text, 'ratio: 900'),
      found: expect.stringMatching(/^inconclusive: measured 3 times/),
    }),
  ]);
  expect(compares).toHaveLength(1);
});

test('what overlaps and prints otherwise each time is refuted', async () => {
  const text = edit(
    edit(
      learn,
      'return JsonResponse({"euro": 1.1})',
      'import random\n    return JsonResponse({"euro": random.SystemRandom().random()})',
    ),
    'response = await request("GET", "/")',
    'response = (await requests("GET", "/", times=2, at_once=True))[0]',
  );
  const { status, findings } = await proven('learn', learnPath, text);
  expect(status).toBe('refuted');
  expect(findings).toMatchObject([{ expected: 'the same output each time' }]);
});

test('the lock keeps what was printed and counted, no figures, and serves where nothing can be run', async () => {
  const root = await onDisk(proseFiles());
  const loaded = await loadCatalogue([root]);
  const proof = await prove(root);
  const made = { runtime: bench.runtime, harness: bench.harness };
  const folder = join(root, lessonPath);
  const lock = lockOf(proof.lessons[0]!, made);
  expect(JSON.stringify(lock)).not.toContain('median');
  expect(JSON.stringify(lock)).not.toContain('"ms"');
  await writeLock(folder, lock);
  expect((await readLock(folder)).lock).toEqual(lock);

  const again = await checkLocks(loaded, await prove(root), bench.harness);
  expect(again.proof.totals.refuted).toBe(0);

  const elsewhere = (await documentsForServing(loaded, null, null)).get('web/async/waiting')!;
  expect(elsewhere.map(({ name, status, provenAt }) => ({ name, status, provenAt }))).toEqual([
    { name: 'learn', status: 'proven', provenAt: null },
    { name: 'why', status: 'proven', provenAt: null },
  ]);
  expect(elsewhere[1]?.compares).toMatchObject([{ id: 'waits', figures: null }]);
  const here = (await documentsForServing(loaded, keeper, bench)).get('web/async/waiting')!;
  expect(here[1]?.compares[0]?.figures).not.toBeNull();

  const lockPath = join(folder, 'proof.lock.json');
  const changed = (await readFile(lockPath, 'utf8')).replace('"at_once": 3', '"at_once": 4');
  await writeFile(lockPath, changed);
  const compared = await checkLocks(loaded, proof, bench.harness);
  expect(documentOf(compared.proof, 'why')).toMatchObject({
    status: 'refuted',
    findings: [{ file: `${lessonPath}/proof.lock.json`, line: lineOf(changed, '"name": "why"') }],
  });
});

test('a lock of another version of a document proves nothing of it', async () => {
  const root = await onDisk(proseFiles());
  await writeLock(
    join(root, lessonPath),
    lockOf((await prove(root)).lessons[0]!, { runtime: bench.runtime, harness: bench.harness }),
  );
  await writeFile(join(root, learnPath), edit(learn, 'print("before")', 'print("after")'));
  const loaded = await loadCatalogue([root]);
  const served = (await documentsForServing(loaded, null, null)).get('web/async/waiting')!;
  expect(served.map(({ status }) => status)).toEqual(['unproven', 'proven']);
  expect(served[0]?.findings[0]?.found).toContain('not of this version');
});
