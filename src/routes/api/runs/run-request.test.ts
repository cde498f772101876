import { describe, expect, it } from 'vitest';
import { runLimits } from '#lib/server/app.ts';
import type { RunParts } from '#lib/domain/run-of.ts';
import { digestOf, parseRunBody, toRunRequest, type RunBody } from './run-request.server.ts';

function problemsOf(body: unknown) {
  const parsed = parseRunBody(body);
  return parsed.ok ? [] : parsed.problems;
}
const pathsOf = (body: unknown) => problemsOf(body).map(({ path }) => path);
const filesOf = (...names: string[]) => ({
  program: '',
  files: Object.fromEntries(names.map((name) => [name, ''])),
});

describe('the body of a request for a run', () => {
  it('may ask for everything that learners may ask for', () => {
    const body = {
      id: crypto.randomUUID(),
      ...{ program: 'print(1)', fileName: 'main.py', runtime: 'django-5.2', seed: 0 },
      files: { 'shop/prices.py': '', 'names_1-2.txt': 'Zoë' },
      limits: { ...runLimits },
    };
    expect(parseRunBody(body)).toEqual({ ok: true, body });
  });

  it('may name the program and leave the rest to the site', () => {
    expect(toRunRequest({ program: 'x' })).toEqual({
      ...{ program: 'x', runtime: 'django-5.2', fileName: 'program.py', files: {} },
      limits: runLimits,
    });
  });

  it('is told all that is wrong with it at once, each once', () => {
    const paths = pathsOf({
      ...{ id: 'mine', program: 3, fileName: '../x.py', runtime: 'flask', seed: 1.5, drive: 'x' },
      files: { '../a': '', b: 1 },
      limits: {
        wallMs: runLimits.wallMs + 1,
        cpuMs: 0,
        memoryBytes: 1,
        diskBytes: 1,
        colour: 'red',
      },
    });
    expect(paths.toSorted()).toEqual([
      ...['/drive', '/fileName', '/files/..~1a', '/files/b', '/id', '/limits/colour'],
      ...['/limits/cpuMs', '/limits/diskBytes', '/limits/memoryBytes', '/limits/wallMs'],
      ...['/program', '/runtime'],
      '/seed',
    ]);
  });

  it('is told what was expected and what was found', () => {
    expect(problemsOf({ program: '', seed: 'x', limits: { wallMs: 9e9 } })).toEqual([
      { path: '/seed', expected: 'a whole number from 0 to 4294967295', found: '"x"' },
      { path: '/limits/wallMs', expected: 'a whole number from 1 to 5000', found: '9000000000' },
    ]);
  });

  it.each(['rows', 'apps', 'inputs', 'drive', 'serve'])(
    'may not hold %s, which is for authors',
    (name) => {
      expect(pathsOf({ program: '', [name]: {} })).toEqual([`/${name}`]);
    },
  );

  it('may say what of a lesson it is a run of, which then names the program', () => {
    const of = { lesson: 'a/b/c', exercise: 'ex_1' };
    const body = { of, program: '', files: { 'program.py': '' } };
    expect(parseRunBody(body)).toEqual({ ok: true, body });
    expect(pathsOf({ ...body, of: { lesson: 'a/b/c', program: 'smallest' } })).toEqual([]);
    expect(pathsOf({ ...body, fileName: 'main.py' })).toEqual(['/fileName']);
  });

  it.each([
    ['no object', 'a/b/c'],
    ['no lesson', { exercise: 'ex_1' }],
    ['nothing of the lesson', { lesson: 'a/b/c' }],
    ['two things of it', { lesson: 'a/b/c', exercise: 'ex_1', program: 'smallest' }],
    ['something else of it', { lesson: 'a/b/c', check: 'own' }],
  ])('may not name %s', (_, of) => {
    expect(pathsOf({ program: '', of })).toEqual(['/of']);
  });

  it('may not name a lesson without end', () => {
    const of = { lesson: 'x'.repeat(201), exercise: 'ex_1' };
    expect(pathsOf({ program: '', of })).toEqual(['/of/lesson']);
  });

  it.each([null, [], 'x', 3, undefined])('must be an object, not %j', (body) => {
    expect(pathsOf(body)).toEqual(['']);
  });

  it.each([
    ['the name of JavaScript that is none', '{"program": "", "__proto__": {}}', '/__proto__'],
    ['that name for a file', '{"program": "", "files": {"__proto__": ""}}', '/files/__proto__'],
    ['that name for a limit', '{"program": "", "limits": {"__proto__": 1}}', '/limits/__proto__'],
    ['half of a surrogate pair', '{"program": "\\ud800"}', '/program'],
    ['half of one in a file', '{"program": "", "files": {"a": "\\udc00"}}', '/files/a'],
  ])('may not hold %s', (_, text, path) => {
    expect(pathsOf(JSON.parse(text))).toEqual([path]);
    expect({}).not.toHaveProperty('program');
  });

  it('has a bounded list of problems, whatever is sent', () => {
    const names = Array.from({ length: 10_000 }, (_, n) => [`../${n}`, n]);
    const problems = problemsOf({ program: '', files: Object.fromEntries(names) });
    expect(problems.length).toBeLessThanOrEqual(100);
  });
});

describe('file names', () => {
  it.each([
    ...['../a', '/a', 'a/../b', './a', 'a//b', 'a/', '.env', 'a/.b', '-a', 'a\\b', 'a b', 'é.py'],
    ...['a\n', 'a\u0000', 'C:a', '', 'x'.repeat(101), 'a/b/c/d/e/f', 'db.sqlite3', 'program.py'],
  ])('cannot be %j', (name) => {
    expect(problemsOf(filesOf(name))).toHaveLength(1);
  });

  it('cannot lead through another file, nor through the program', () => {
    expect(pathsOf(filesOf('a', 'a/b'))).toEqual(['/files/a~1b']);
    expect(pathsOf(filesOf('program.py/x'))).toEqual(['/files/program.py~1x']);
  });

  it("cannot be the program's own, whatever that is", () => {
    expect(pathsOf({ ...filesOf('main.py'), fileName: 'main.py' })).toEqual(['/files/main.py']);
    expect(pathsOf({ ...filesOf('program.py'), fileName: 'main.py' })).toEqual([]);
    expect(pathsOf({ program: '', fileName: 'db.sqlite3' })).toEqual(['/fileName']);
  });

  it('are twenty at most, or as many as the request itself allows', () => {
    const names = Array.from({ length: 21 }, (_, n) => `f${n}`);
    expect(pathsOf(filesOf(...names))).toEqual(['/files']);
    expect(pathsOf(filesOf(...names.slice(1)))).toEqual([]);
    expect(pathsOf({ ...filesOf('a', 'b'), limits: { files: 1 } })).toEqual(['/files']);
  });
});

describe('the request for the sandbox', () => {
  it('has what belongs to it, over which the learner has no say', () => {
    const parts: RunParts = {
      ...{ fileName: 'views.py', files: { 'forms.py': 'start' }, given: { 'sources.py': 'given' } },
      ...{ serve: { '/': 'page' }, drive: 'print(1)', rows: 'rows', apps: { 'a/models.py': '' } },
    };
    const request = toRunRequest({ program: 'x', files: { 'sources.py': 'forged' } }, parts);
    expect(request).toEqual({
      ...{ program: 'x', runtime: 'django-5.2', fileName: 'views.py', limits: runLimits },
      files: { 'forms.py': 'start', 'sources.py': 'given' },
      ...{ serve: { '/': 'page' }, drive: 'print(1)', rows: 'rows', apps: { 'a/models.py': '' } },
    });
  });
});

describe('the digest of a body', () => {
  const body: RunBody = {
    program: 'x',
    files: { a: '1', b: '2' },
    limits: { wallMs: 10, cpuMs: 5 },
  };

  it('is the same for the same run, in whatever order, and with what is the default said or not', () => {
    const other: RunBody = {
      ...{ limits: { cpuMs: 5, wallMs: 10 }, files: { b: '2', a: '1' }, id: crypto.randomUUID() },
      ...{ fileName: 'program.py', runtime: 'django-5.2', program: 'x' },
    };
    expect(digestOf(other)).toBe(digestOf(body));
  });

  it.each<Partial<RunBody>>([
    { program: 'y' },
    { fileName: 'y.py' },
    { files: { a: '1' } },
    { files: { a: '1', b: '3' } },
    { files: { a: '1', c: '2' } },
    { seed: 0 },
    { limits: { wallMs: 11, cpuMs: 5 } },
    { limits: {} },
    { of: { lesson: 'a/b/c', exercise: 'ex_1' } },
  ])('is another with %j', (change) => {
    expect(digestOf({ ...body, ...change })).not.toBe(digestOf(body));
  });

  const parts: RunParts = {
    ...{ fileName: 'views.py', files: { a: '0', b: '2' }, given: { c: '3' } },
    ...{ serve: { '/': 'page' }, drive: 'x', rows: null, apps: {} },
  };
  const of = { lesson: 'a/b/c', exercise: 'ex_1' };

  it('is the same when a file that is as at the start is left out', () => {
    const shorter = { ...body, of, files: { a: '1' } };
    expect(digestOf(shorter, parts)).toBe(digestOf({ ...body, of }, parts));
  });

  it.each<Partial<RunParts>>([
    { fileName: 'main.py' },
    { given: { c: '4' } },
    { serve: { '/': 'other' } },
    { drive: 'y' },
    { rows: '' },
    { apps: { 'library/models.py': '' } },
  ])('is another once the lesson has %j', (change) => {
    const asked = { ...body, of };
    expect(digestOf(asked, { ...parts, ...change })).not.toBe(digestOf(asked, parts));
  });

  it('is another for another exercise to which the same belongs', () => {
    const other = { ...of, exercise: 'ex_2' };
    expect(digestOf({ ...body, of: other }, parts)).not.toBe(digestOf({ ...body, of }, parts));
  });
});
