/** What is wrong in `lab.yaml`, each at its line, and all of a file at once. */
import { afterEach, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { lab, labFiles, labPath, labProgram, labProgramPath } from './lab-on-disk.ts';
import { clearDisk, edit, lessonPath, lineOf, onDisk } from './lesson-on-disk.ts';

afterEach(clearDisk);

async function load(change: Record<string, string> = {}) {
  return loadCatalogue([await onDisk({ ...labFiles(), ...change })]);
}

const changed = (from: string, to: string) => ({ [labPath]: edit(lab, from, to) });
const ratio = 'async-waits.wall-ms <= 0.8 * sync-waits.wall-ms';
const claimed = (holds: string) => changed(ratio, holds);
const another = lab.slice(lab.indexOf('  - id: async-waits'), lab.indexOf('  - id: sync-waits'));
const ratioLine = lineOf(lab, ratio);

test('a file in which nothing is wrong is read whole, with the load that each scenario has', async () => {
  const { lessons, findings } = await load();
  expect(findings).toEqual([]);
  const read = lessons[0]!.lab!;
  expect(read).toMatchObject({ title: 'Six requests and one wait', file: labPath });
  const shared = { requests: 6, atOnce: 6, cpuMs: 0, workers: 1, threads: 2 };
  expect(read.scenarios).toMatchObject([
    {
      ...{ id: 'async-waits', view: 'report', against: 'sync-waits', program: labProgram },
      ...{ load: { ...shared, server: 'asgi', waitMs: 300 }, knobs: ['requests', 'waitMs'] },
    },
    { id: 'sync-waits', load: { ...shared, server: 'wsgi', waitMs: 200 } },
  ]);
  expect(read.claims[2]).toMatchObject({
    holds: ratio,
    inequality: {
      left: { scenario: 'async-waits', measure: 'wall-ms' },
      ...{ compared: '<=', factor: 0.8 },
      right: { scenario: 'sync-waits', measure: 'wall-ms' },
    },
  });
  expect(new Set(read.claims.map(({ id }) => id)).size).toBe(3);
  expect(read.places).toMatchObject({
    '': { line: 1 },
    'scenarios.0.program:text': { file: labProgramPath, line: 1 },
    'scenarios.1.program:text': { file: labPath, line: lineOf(lab, '      import os') },
    'claims.2.holds': { line: ratioLine },
  });
});

test('what neither the scenario nor the lesson says is as in any lab run', async () => {
  const { lessons, findings } = await load(
    changed('load: { requests: 6, waitMs: 300, threads: 2 }\n', ''),
  );
  expect(findings).toEqual([]);
  expect(lessons[0]!.lab!.scenarios[0]!.load).toEqual({
    ...{ server: 'asgi', requests: 20, atOnce: 20, waitMs: 500, cpuMs: 0, workers: 1, threads: 4 },
  });
});

test.each<[string, Record<string, string>, boolean]>([
  ['a program', { [labProgramPath]: edit(labProgram, 'answer.text', '"ok"') }, true],
  ['the load of one scenario', changed('waitMs: 200', 'waitMs: 250'), true],
  ['the load of all', changed('requests: 6', 'requests: 7'), true],
  ['what is claimed', claimed('async-waits.wall-ms <= 0.7 * sync-waits.wall-ms'), true],
  ['a fixture', { [`${lessonPath}/fixture/rows.py`]: 'x = 1\n' }, true],
  ['a sentence', changed('much sooner', 'sooner'), false],
  ['a knob', changed('knobs: [requests, waitMs]', 'knobs: [requests]'), false],
])('a change of %s asks for new runs, or not, as it should', async (_, change, isOther) => {
  const [before, after] = await Promise.all([load(), load(change)]);
  expect(after.findings).toEqual([]);
  const versions = [before, after].map(({ lessons }) => lessons[0]!.lab!.contentVersion);
  expect(versions[0] !== versions[1]).toBe(isOther);
});

test.each<[string, Record<string, string>, object]>([
  [
    'a scenario that is not there',
    claimed('async-wait.wall-ms <= 0.8 * sync-waits.wall-ms'),
    { line: ratioLine, found: '`async-wait`', fix: 'Did you mean `async-waits`?' },
  ],
  [
    'a measure that is not there',
    claimed('async-waits.wal-ms <= 0.8 * sync-waits.wall-ms'),
    { line: ratioLine, found: '`wal-ms`', fix: 'Did you mean `wall-ms`?' },
  ],
  [
    'a claim of another form',
    claimed('async-waits.wall-ms * 2 <= sync-waits.wall-ms'),
    { line: ratioLine, found: '`async-waits.wall-ms * 2 <= sync-waits.wall-ms`' },
  ],
  [
    'a sign that is not known',
    claimed('async-waits.answered > 5'),
    { line: ratioLine, fix: 'Write `==`, `>=` or `<=` in place of `>`.' },
  ],
  [
    'a time held against a number',
    claimed('async-waits.wall-ms <= 400'),
    { line: ratioLine, found: expect.stringContaining('a number: what holds on this host') },
  ],
  [
    'a time held against another measure',
    claimed('async-waits.wall-ms <= 0.5 * sync-waits.median-ms'),
    { line: ratioLine, expected: '`wall-ms` of another scenario', found: '`sync-waits.median-ms`' },
  ],
  [
    'a time held against another measure of the same scenario',
    claimed('async-waits.median-ms <= 0.5 * async-waits.wall-ms'),
    { line: ratioLine, found: '`async-waits.wall-ms`' },
  ],
  [
    'a time held against a count',
    claimed('async-waits.median-ms <= 0.5 * sync-waits.open'),
    { line: ratioLine, found: '`sync-waits.open`' },
  ],
  [
    'a count held against a time',
    claimed('async-waits.open <= sync-waits.wall-ms'),
    { line: ratioLine, found: '`wall-ms`, which depends on the machine' },
  ],
  [
    'a time that equals another',
    claimed('async-waits.wall-ms == 2 * sync-waits.wall-ms'),
    { line: ratioLine, found: '`==`, which no two runs keep to' },
  ],
  [
    'a time without a margin',
    claimed('async-waits.wall-ms <= sync-waits.wall-ms'),
    { line: ratioLine, found: '`1 *`' },
  ],
  [
    'a margin that nothing can miss',
    claimed('async-waits.wall-ms <= 5000 * sync-waits.wall-ms'),
    { line: ratioLine, found: '`5000 *`' },
  ],
  [
    'half a request',
    claimed('async-waits.open >= 2.5'),
    { line: ratioLine, found: '`2.5`', fix: 'Write a whole number.' },
  ],
  [
    'a measure held against itself',
    claimed('async-waits.open == async-waits.open'),
    { line: ratioLine, found: '`async-waits.open` held against itself' },
  ],
  [
    'the loop of a server that has none',
    claimed('sync-waits.ticks == 0'),
    { line: ratioLine, found: '`sync-waits`, whose server has no event loop' },
  ],
  [
    'a claim a second time',
    claimed('async-waits.open == 6.0'),
    { line: ratioLine, found: '`async-waits.open == 6.0` a second time' },
  ],
  [
    'a scenario that no claim speaks of',
    {
      [labPath]: edit(
        edit(lab, 'sync-waits.upstream-open == 2', 'async-waits.upstream-open == 6'),
        ratio,
        'async-waits.answered == 6',
      ),
    },
    { line: lineOf(lab, '- id: sync-waits'), found: '`sync-waits`, of which none does' },
  ],
  [
    'an id a second time',
    changed('claims:\n', `${another}claims:\n`),
    { line: lineOf(lab, 'claims:'), found: '`async-waits` a second time' },
  ],
  [
    'a scenario beside itself',
    changed('against: sync-waits', 'against: async-waits'),
    { line: lineOf(lab, 'against: sync-waits'), found: 'its own' },
  ],
  [
    'a scenario beside one that is not there',
    changed('against: sync-waits', 'against: sync-wait'),
    { line: lineOf(lab, 'against: sync-waits'), fix: 'Did you mean `sync-waits`?' },
  ],
  [
    'threads as a knob of asgi',
    changed('knobs: [requests, waitMs]', 'knobs: [requests, threads]'),
    { line: lineOf(lab, 'knobs: [requests, waitMs]'), found: expect.stringContaining('`threads`') },
  ],
  [
    'threads in the load of asgi',
    changed('    knobs: [requests, waitMs]\n', '    load: { threads: 9 }\n'),
    { line: lineOf(lab, 'knobs: [requests, waitMs]'), found: expect.stringContaining('`threads`') },
  ],
  [
    'a knob a second time',
    changed('knobs: [requests, waitMs]', 'knobs: [requests, requests]'),
    { line: lineOf(lab, 'knobs: [requests, waitMs]'), found: '`requests` a second time' },
  ],
  [
    'a knob that is none',
    changed('knobs: [requests, waitMs]', 'knobs: [request, waitMs]'),
    { line: lineOf(lab, 'knobs: [requests, waitMs]'), fix: 'Did you mean `requests`?' },
  ],
  [
    'a number beyond its bounds',
    changed('requests: 6,', 'requests: 201,'),
    { line: lineOf(lab, 'load: {'), expected: 'a whole number from 1 to 200' },
  ],
  [
    'a number that is not whole',
    changed('load: { waitMs: 200 }', 'load: { waitMs: 2.5 }'),
    { line: lineOf(lab, 'load: { waitMs: 200'), expected: 'a whole number' },
  ],
  [
    'a view that its program has not',
    changed('    view: report\n    load', '    view: reprot\n    load'),
    { line: lineOf(lab, 'load: { waitMs: 200') - 1, fix: 'Did you mean `report`?' },
  ],
  [
    'a program that is not there',
    changed('programs/awaits.py', 'programs/awaist.py'),
    { line: lineOf(lab, 'programs/awaits.py'), fix: 'Did you mean `programs/awaits.py`?' },
  ],
  [
    'a server that is none',
    changed('server: asgi', 'server: asg'),
    { line: lineOf(lab, 'server: asgi'), fix: 'Did you mean `asgi`?' },
  ],
  [
    'a letter for an option',
    changed('Each view waits', 'Option B is a view that waits'),
    { line: lineOf(lab, 'intro:'), found: 'a letter: `Option B`' },
  ],
  [
    'markup in a sentence',
    changed('Two threads have two', 'Two threads have **two**'),
    { line: lineOf(lab, 'Two threads'), found: 'markup: `**`' },
  ],
  [
    'an unknown field',
    changed('    view: report\n    load', '    view: report\n    vew: x\n    load'),
    { line: lineOf(lab, 'load: { waitMs: 200'), found: 'the field `vew`' },
  ],
])('%s is a finding at its line', async (_, change, finding) => {
  const { lessons, findings } = await load(change);
  const expected = { file: labPath, lesson: 'web/async/waiting', isOfLab: true, ...finding };
  // Where the file names another program, this one is shown by nobody.
  const own = findings.filter(({ file }) => file === labPath);
  expect(own).toMatchObject([expected]);
  const isOfText = /letter|markup/.test(own[0]!.found);
  expect(lessons[0]!.lab === null).toBe(!isOfText);
});

test('a flow list of claims is refused, as it would split their sentences', async () => {
  const flow = '[{ says: Six are open, holds: async-waits.open == 6 }]';
  const head = lab.slice(0, lab.indexOf('claims:'));
  const { findings } = await load({ [labPath]: `${head}claims: ${flow}\n` });
  expect(findings).toMatchObject([
    { line: lineOf(lab, 'claims:'), expected: expect.stringContaining('as a block list') },
    { found: '`sync-waits`, of which none does' },
  ]);
});

test('minutes and the file go together', async () => {
  const lesson = labFiles()[`${lessonPath}/lesson.yaml`]!;
  const { [labPath]: _, [labProgramPath]: __, ...without } = labFiles();
  const lacking = await loadCatalogue([await onDisk(without)]);
  expect(lacking.findings).toMatchObject([
    { line: lineOf(lesson, 'performance:'), found: 'no such file' },
  ]);
  const silent = await load({
    [`${lessonPath}/lesson.yaml`]: edit(lesson, 'performance: 10', 'learn: 5'),
    [`${lessonPath}/learn.md`]: 'A text.\n',
  });
  expect(silent.findings).toMatchObject([
    { line: lineOf(lesson, 'minutes:'), found: 'none, so nothing leads to it' },
  ]);
});

test('all that is wrong is told at once', async () => {
  const text = [
    ['against: sync-waits', 'against: nobody'],
    ['server: wsgi', 'server: wsgy'],
    ['async-waits.open == 6', 'async-waits.opne == 6'],
    ['sync-waits.upstream-open == 2', 'sync-waits.p95-ms >= 2'],
    ['All six', 'All <b>six'],
  ].reduce((all, [from, to]) => edit(all, from!, to!), lab);
  const { findings } = await load({ [labPath]: text });
  expect(findings.map(({ found }) => found)).toEqual([
    '`wsgy`',
    '`nobody`',
    '`opne`',
    expect.stringContaining('a number'),
    'markup: `<b>`',
  ]);
});
