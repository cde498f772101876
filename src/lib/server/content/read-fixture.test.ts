import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyFixture } from '#lib/domain/fixture.ts';
import { listFolder, type Root } from './files.ts';
import { readFixture } from './read-fixture.ts';
import { readLesson } from './read-lesson.ts';

let folder: string;
let root: Root;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'assay-fixture-')));
  root = { path: folder, findings: [] };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Writes files below the root. */
async function write(files: Record<string, string | Buffer>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** Reads the fixture of the lesson that the root is. */
async function read() {
  return readFixture(root, await listFolder(root, folder));
}

test('rows and apps are read by their paths below the fixture', async () => {
  await write({
    'fixture/rows.py': 'rows\r\n',
    'fixture/library/models.py': '\uFEFFmodels\n',
    'fixture/library/__pycache__/models.cpython-311.pyc': Buffer.from([0xff]),
    'fixture/shop/models/__init__.py': 'package\n',
    'fixture/shop/models/price.py': 'price\n',
  });
  expect(await read()).toEqual({
    rows: 'rows\n',
    apps: {
      'library/models.py': 'models\n',
      'shop/models/__init__.py': 'package\n',
      'shop/models/price.py': 'price\n',
    },
  });
  expect(root.findings).toEqual([]);
});

test('a lesson without one has an empty fixture', async () => {
  await write({ 'lesson.yaml': '' });
  expect(await read()).toEqual(emptyFixture);
});

test('apps without rows leave the rows out', async () => {
  await write({ 'fixture/library/models.py': 'models\n' });
  expect(await read()).toEqual({ rows: null, apps: { 'library/models.py': 'models\n' } });
});

test('each thing that is wrong is a finding at its own file, and the rest is read', async () => {
  await write({
    'fixture/rows.py': 'rows\n',
    'fixture/data.json': '{}',
    'fixture/auth/models.py': 'models\n',
    'fixture/library/models.py': 'models\n',
    'fixture/library/cover.png': Buffer.from([0x89]),
    'fixture/shop/models.py': Buffer.from('price = "\xe9"\n', 'latin1'),
  });
  expect(await read()).toEqual({ rows: 'rows\n', apps: { 'library/models.py': 'models\n' } });
  expect(root.findings.map(({ file }) => file).sort()).toEqual([
    'fixture/auth',
    'fixture/data.json',
    'fixture/library/cover.png',
    'fixture/shop/models.py',
  ]);
  for (const { line, expected, found, fix } of root.findings) {
    expect(line).toBe(1);
    for (const text of [expected, found, fix]) expect(text).not.toBe('');
  }
});

test('a link that leads out of the lesson is not followed', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'assay-elsewhere-'));
  await writeFile(join(elsewhere, 'models.py'), 'secret\n');
  await write({ 'fixture/rows.py': 'rows\n' });
  await symlink(elsewhere, join(folder, 'fixture/library'));
  expect(await read()).toEqual({ rows: 'rows\n', apps: {} });
  expect(root.findings).toMatchObject([{ file: 'fixture/library' }]);
  await rm(elsewhere, { recursive: true });
});

test('a link that leads in a circle ends', async () => {
  await write({ 'fixture/rows.py': 'rows\n', 'fixture/library/models.py': 'models\n' });
  await symlink(join(folder, 'fixture'), join(folder, 'fixture/library/again'));
  const { rows } = await read();
  expect(rows).toBe('rows\n');
  expect(root.findings.length).toBeGreaterThan(0);
});

test("a lesson and its exercises' content versions depend on the apps", async () => {
  await write({ 'lesson.yaml': lesson, 'exercises/one.yaml': exercise });
  const place = { track: { slug: 't', title: 'T' }, unit: { slug: 'u', title: 'U' }, slug: 'l' };
  const readAll = () => readLesson(root, { ...place, folder });
  const without = await readAll();
  await write({ 'fixture/library/models.py': 'models\n' });
  const withApp = await readAll();
  expect(withApp.findings).toEqual([]);
  expect(without.lesson!.apps).toEqual({});
  expect(withApp.lesson!.apps).toEqual({ 'library/models.py': 'models\n' });
  const versions = [without, withApp].map((each) => each.lesson!.exercises[0]!.contentVersion);
  expect(new Set(versions).size).toBe(2);
});

const lesson = `title: Books
summary: What a book is.
objectives:
  - id: read
    text: Read a book.
runtime: django-5.2
minutes:
  try: 5
sources:
  - title: Django documentation
    version: "5.2"
    url: https://docs.djangoproject.com/en/5.2/
`;

const exercise = `uid: ex_books1
kind: choice
difficulty: easy
objective: read
pool: try
title: Twice
prompt: Which line doubles?
program: |
  def double(number):
      <<option>>
drive: |
  observe("result", program.double(3))
expect: |
  assert result == 6
options:
  - id: times
    text: It multiplies.
    code: return number * 2
    why: Twice three is six.
  - id: power
    text: It raises.
    code: return number ** 2
    why: Three squared is nine.
answers: [times]
hints:
  - Try three.
solution:
  - Twice the number.
`;
