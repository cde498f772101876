import { describe, expect, test } from 'vitest';
import {
  assembleFixture,
  fixtureBounds,
  isWorthListing,
  surveyFixture,
  type FixtureEntry,
} from './fixture.ts';

/** A listing of these files and of the folders that they stand in. */
function listing(...files: string[]): FixtureEntry[] {
  const folders = new Set<string>();
  for (const file of files) {
    const names = file.split('/').slice(0, -1);
    names.forEach((_, index) => folders.add(names.slice(0, index + 1).join('/')));
  }
  return [
    ...[...folders].map((path): FixtureEntry => ({ path, kind: 'folder' })),
    ...files.map((path): FixtureEntry => ({ path, kind: 'file' })),
  ];
}

const good = listing(
  'rows.py',
  'library/models.py',
  'library/__init__.py',
  'shop/models/__init__.py',
  'shop/models/price_list.py',
);

test('rows and apps are taken, with or without __init__.py, also with models in a package', () => {
  const { files, problems } = surveyFixture(good);
  expect(problems).toEqual([]);
  expect(files).toEqual([
    'library/__init__.py',
    'library/models.py',
    'rows.py',
    'shop/models/__init__.py',
    'shop/models/price_list.py',
  ]);
});

test('what Python leaves behind is passed over', () => {
  const left = listing('__pycache__/rows.cpython-311.pyc', 'library/__pycache__/models.pyc');
  expect(surveyFixture([...good, ...left]).problems).toEqual([]);
});

test.each<[string, string[], string, RegExp, RegExp]>([
  ['a file of another name', ['data.json'], 'data.json', /`data\.json`/, /Take it out/],
  ['models without an app', ['models.py'], 'models.py', /`models\.py`/, /library\/models\.py/],
  ['an app that no import can name', ['my-app/models.py'], 'my-app', /`my-app`/, /Rename/],
  ['an app with a capital letter', ['Library/models.py'], 'Library', /`Library`/, /Rename/],
  ['an app named by a word of Python', ['class/models.py'], 'class', /`class`/, /Rename/],
  ['an app without models', ['library/views.py'], 'library', /no such file/, /Add it/],
  ['an app named as the framework', ['django/models.py'], 'django', /installed/, /our_django/],
  ['an app with a label of Django', ['auth/models.py'], 'auth', /label/, /our_auth/],
  ['an app named as a module of Python', ['json/models.py'], 'json', /Python's own/, /our_json/],
  ['an app named as a module of the sandbox', ['rows/models.py'], 'rows', /sandbox/, /our_rows/],
  [
    'a template in an app',
    ['library/models.py', 'library/page.html'],
    'library/page.html',
    /page\.html/,
    /Take it out/,
  ],
  [
    'a module that no import can name',
    ['library/models.py', 'library/old-models.py'],
    'library/old-models.py',
    /old-models\.py/,
    /Rename/,
  ],
  [
    'a folder in an app that is no package',
    ['library/models.py', 'library/my notes/a.py'],
    'library/my notes',
    /my notes/,
    /Rename/,
  ],
])('%s is a problem at its place', (_, files, path, found, fix) => {
  // Nothing is listed of a folder that cannot be part of an app.
  const survey = surveyFixture(
    listing('rows.py', ...files).filter(({ path: each }) => {
      const folder = each.split('/').slice(0, -1).join('/');
      return folder === '' || isWorthListing(folder);
    }),
  );
  expect(survey.problems).toEqual([
    {
      path,
      expected: expect.stringMatching(/\w/) as string,
      found: expect.stringMatching(found) as string,
      fix: expect.stringMatching(fix) as string,
    },
  ]);
  expect(survey.files).toContain('rows.py');
  expect(survey.files.filter((each) => `${each}/`.startsWith(`${path}/`))).toEqual([]);
});

test('every problem is told, not only the first', () => {
  const { problems } = surveyFixture(listing('a.txt', 'auth/models.py', 'os/models.py', 'b.txt'));
  expect(problems.map(({ path }) => path).sort()).toEqual(['a.txt', 'auth', 'b.txt', 'os']);
});

describe('bounds', () => {
  test('more files than a fixture may have are one problem, and the rows are kept', () => {
    const many = Array.from({ length: fixtureBounds.files }, (_, index) => `library/m${index}.py`);
    const { files, problems } = surveyFixture(listing('rows.py', 'library/models.py', ...many));
    expect(problems).toMatchObject([{ path: '', found: `${fixtureBounds.files + 1} files` }]);
    expect(files).toEqual(['rows.py']);
  });

  test('more than can be looked at is one problem', () => {
    const many = Array.from({ length: fixtureBounds.entries + 1 }, (_, index) => `f${index}`);
    expect(surveyFixture(listing(...many)).problems).toHaveLength(1);
  });

  test('folders may go down so far and no further', () => {
    const deep = 'a/b/c/d/e';
    expect(isWorthListing('a/b/c/d')).toBe(true);
    expect(isWorthListing(deep)).toBe(false);
    const { problems } = surveyFixture(listing('a/models.py', `${deep}/f.py`).slice(0, 6));
    expect(problems).toMatchObject([{ path: deep, found: '5 of them' }]);
  });

  test('apps that are too large together are left out, with a problem', () => {
    const half = 'é'.repeat(fixtureBounds.bytes / 4 + 1);
    const texts = new Map([
      ['rows.py', 'rows'],
      ['library/models.py', half],
      ['shop/models.py', half],
    ]);
    const { fixture, problems } = assembleFixture(texts);
    expect(fixture).toEqual({ rows: 'rows', apps: {} });
    expect(problems).toMatchObject([{ path: '', found: '257 KiB' }]);
  });
});

test('a fixture is put together from what was read', () => {
  const texts = new Map([['library/models.py', 'models']]);
  expect(assembleFixture(texts)).toEqual({
    fixture: { rows: null, apps: { 'library/models.py': 'models' } },
    problems: [],
  });
});
