import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installedNames, reservedWords } from '../../src/lib/domain/installed-names.ts';
import { assay } from './assay-command.ts';
import { runJson } from './run-json.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-options-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes files below the test's folder. */
async function write(files: Record<string, string | Buffer>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

describe('numbers', () => {
  test('each limit reaches the run in its own unit', async () => {
    const { result } = await runJson('print("ran")', [
      ...['--wall-ms', '4321', '--cpu-ms=2000', '--memory-mb', '300'],
      ...['--output-kb', '7', '--disk-mb', '3', '--files', '9'],
    ]);
    expect(result).toMatchObject({ outcome: 'finished', stdout: 'ran\n' });
    expect(result.limits).toEqual({
      ...{ wallMs: 4321, cpuMs: 2000, memoryBytes: 300 * 1024 * 1024 },
      ...{ outputBytes: 7 * 1024, diskBytes: 3 * 1024 * 1024, files: 9 },
    });
  });

  test('the least memory that is accepted is enough to run in', async () => {
    const { result } = await runJson('print("ran")', ['--memory-mb', '256']);
    expect(result).toMatchObject({ outcome: 'finished', stdout: 'ran\n' });
  });

  test('room and number of files bound what a program can write', async () => {
    const large = 'open("/tmp/large", "wb").write(bytes(3 << 20))\n';
    const many = 'for n in range(50): open(f"/tmp/f{n}", "w").close()\n';
    const results = [
      await runJson(large, ['--disk-mb', '1']),
      await runJson(many, ['--files', '20']),
    ].map(({ result }) => result);
    expect(results.map(({ error }) => error?.type)).toEqual(['OSError', 'OSError']);
  });

  test('a seed repeats chance', async () => {
    const program = 'import random\nprint(random.random())\n';
    const { result } = await runJson(program, ['--seed', '7']);
    expect(result.stdout).toBe('0.32383276483316237\n');
  });
});

describe('further files', () => {
  test('stand beside the program as they stand on disk, to be imported and opened', async () => {
    await write({
      'shop/main.py':
        'import prices\nfrom stock.tea import LEFT\nprint(prices.TEA, LEFT, open("note.txt").read())\n',
      'shop/prices.py': 'TEA = 3\n',
      'shop/stock/tea.py': 'LEFT = 5\n',
      'shop/note.txt': 'grün',
    });
    const files = ['prices.py', 'stock/tea.py', 'note.txt'];
    const { code, stdout, stderr } = await assay(
      ['run', 'shop/main.py', ...files.flatMap((file) => ['--file', `shop/${file}`])],
      { cwd: folder },
    );
    expect(stderr).toBe('');
    expect(stdout).toBe('3 5 grün\n');
    expect(code).toBe(0);
  });

  test('can be given another place, and belong to a program from standard input too', async () => {
    await write({ 'drafts/new-prices.py': 'TEA = 4\n' });
    const { stdout } = await assay(['run', '-', '--file', 'shop/prices.py=drafts/new-prices.py'], {
      cwd: folder,
      input: 'from shop.prices import TEA\nprint(TEA)\n',
    });
    expect(stdout).toBe('4\n');
  });

  test.each([
    ['in a folder above', ['../other.py'], "the program's folder"],
    ['elsewhere', ['/etc/hostname'], '--file hostname=/etc/hostname'],
    ['named to be above', ['../up.py=a.py'], 'NAME=PATH'],
    ['named with an absolute path', ['/tmp/up.py=a.py'], 'NAME=PATH'],
    ['named without a path', ['up.py='], 'NAME=PATH'],
    ['named to be hidden', ['.env=a.py'], 'NAME=PATH'],
    ['named as the database', ['db.sqlite3=a.py'], 'the database'],
    ['that is not there', ['missing.py'], 'There is no file missing.py'],
    ['named twice', ['a.py', 'a.py=b.py'], 'a.py is there already'],
    ['named as the program', ['stdin.py=a.py'], 'stdin.py is there already'],
    ['that would also be a folder', ['a.py', 'a.py/b.py=b.py'], 'a file and a folder'],
  ])('one %s is refused', async (_, files, message) => {
    await write({ 'a.py': '', 'b.py': '' });
    const { code, stdout, stderr } = await assay(
      ['run', '-', ...files.flatMap((file) => ['--file', file])],
      { cwd: folder, input: 'print("ran")' },
    );
    expect(stderr).toContain(message);
    expect(stderr).toContain('What to do');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('a fixture', () => {
  test('fills the database with its rows', async () => {
    await write({
      'rows-only/rows.py':
        'from django.contrib.auth.models import User\nUser.objects.create(username="bo")\n',
    });
    const { result } = await runJson(
      'from django.contrib.auth.models import User\nprint(User.objects.get().username)\n',
      ['--fixture', join(folder, 'rows-only')],
    );
    expect(result).toMatchObject({ outcome: 'finished', stdout: 'bo\n' });
  });

  test('brings apps with models, and rows of them', async () => {
    await write({
      'library/library/models.py':
        'from django.db import models\n\n\nclass Book(models.Model):\n    title = models.CharField(max_length=80)\n',
      'library/rows.py': 'from library.models import Book\n\nBook.objects.create(title="Emma")\n',
    });
    const { code, result } = await runJson(
      'from library.models import Book\nprint(Book.objects.get().title, Book._meta.app_label)\n',
      ['--fixture', join(folder, 'library')],
    );
    expect(result).toMatchObject({ outcome: 'finished', stdout: 'Emma library\n', error: null });
    expect(code).toBe(0);
  });

  test.each([
    ['rows that raise', { 'rows.py': '1 / 0\n' }, 'ZeroDivisionError'],
    ['an app that raises', { 'library/models.py': 'raise ValueError("no models")\n' }, 'no models'],
    ['an app that cannot be read', { 'library/models.py': 'class Book(\n' }, 'SyntaxError'],
  ])(
    'with %s is told to be what failed, and the program is not started',
    async (name, files, message) => {
      const place = name.replaceAll(' ', '-');
      await write(
        Object.fromEntries(Object.entries(files).map(([path, text]) => [`${place}/${path}`, text])),
      );
      const { code, result } = await runJson('print("ran")', ['--fixture', join(folder, place)]);
      expect(result.error).toMatchObject({
        type: 'FixtureRows',
        message: expect.stringContaining(message) as string,
      });
      expect(result.stdout).toBe('');
      expect(code).toBe(1);
    },
  );

  test('and a file that one of its apps would hide do not go together', async () => {
    await write({
      'hiding/library/models.py': 'from django.db import models\n',
      'library.py': 'BOOKS = 3\n',
    });
    const { code, stderr } = await assay(
      ['run', '-', '--fixture', 'hiding', '--file', 'library.py'],
      { cwd: folder, input: 'import library\n' },
    );
    expect(stderr).toContain('--file library.py is not possible: the fixture has an app library');
    expect(code).toBe(2);
  });

  test('is held against the rules for lessons, and all that is wrong is told', async () => {
    await write({
      'wrong/notes.txt': '',
      'wrong/auth/models.py': '',
      'wrong/json/models.py': '',
      'wrong/library/models.py': Buffer.from([0x70, 0xe9]),
    });
    const { code, stderr } = await assay(['run', '-', '--fixture', join(folder, 'wrong')], {
      input: 'print("ran")',
    });
    expect(code).toBe(2);
    for (const found of ['notes.txt', 'label of an app of Django', "Python's own", 'not UTF-8']) {
      expect(stderr).toContain(found);
    }
  });

  test.each([
    ['is not there', 'no-such-folder', 'no such folder'],
    ['is a file', 'b.py', 'not a folder'],
    ['is empty', 'empty', 'found neither'],
  ])('that %s is refused', async (_, name, message) => {
    await write({ 'b.py': '' });
    await mkdir(join(folder, 'empty'), { recursive: true });
    const { code, stderr } = await assay(['run', '-', '--fixture', join(folder, name)]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('cannot have an app named as anything that the runtime has', async () => {
    const { result } = await runJson(
      [
        'import keyword, sys',
        'from django.apps import apps',
        'names = {*sys.stdlib_module_names, *keyword.kwlist}',
        'names |= {name.split(".")[0] for name in sys.modules}',
        'names |= {app.label for app in apps.get_app_configs()}',
        'print(*(name for name in names if name[0].islower() and name.islower()))',
      ].join('\n'),
    );
    const names = result.stdout.trim().split(' ');
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((each) => !installedNames.has(each) && !reservedWords.has(each))).toEqual(
      [],
    );
  });
});

test.each([
  ['no file', ['run', 'no-such-file.py'], 'There is no file no-such-file.py'],
  ['a folder', ['run', '.'], 'is not a file'],
  ['nothing named', ['run'], 'exactly one program'],
  ['an unknown option', ['run', '-', '--fast'], '--fast'],
  ['an unknown command', ['rnu'], 'no command rnu'],
])('%s is one clear message without a stack trace', async (_, args, message) => {
  const { code, stderr } = await assay(args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain('What to do');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a file that is no text is refused', async () => {
  await writeFile(join(folder, 'latin.py'), Buffer.from([0x70, 0xe9]));
  const { code, stderr } = await assay(['run', 'latin.py'], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain('not UTF-8');
});

test('everything that is wrong is told at once: what was expected, what was found, what to do', async () => {
  const { code, stdout, stderr } = await assay([
    ...['run', 'no-such-file.py', '--fast', '--seed', 'x', '--wall-ms', '0', '--memory-mb', '255'],
    ...['--cpu-ms', '1.5', '--output-kb', '-1', '--disk-mb=', '--files', '1e3'],
    ...['--runtime', 'django-1.0', '--file', 'missing.py', '--fixture', 'missing', '--json=yes'],
  ]);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  const wrong = [
    ...['no-such-file.py', '--fast', '--seed x', '--wall-ms 0', '--memory-mb 255', '--cpu-ms 1.5'],
    ...['--output-kb -1', '--disk-mb', '--files 1e3', '--runtime django-1.0', 'missing.py'],
    ...['--fixture missing', '--json=yes'],
  ];
  for (const each of wrong) expect(stderr).toContain(each);
  expect(stderr.match(/What is wrong/g)).toHaveLength(wrong.length);
  expect(stderr.match(/What to do/g)).toHaveLength(wrong.length);
  expect(stderr).toContain('expected a whole number from 256 to');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('an option without its value does not swallow the next one', async () => {
  const { code, stderr } = await assay(['run', '-', '--file', '--json']);
  expect(code).toBe(2);
  expect(stderr).toContain('found the option --json');
});

test('help names every option', async () => {
  const { code, stdout } = await assay(['run', '--help']);
  expect(code).toBe(0);
  const options = ['file', 'fixture', 'runtime', 'seed', 'wall-ms', 'cpu-ms', 'memory-mb'];
  for (const name of [...options, 'output-kb', 'disk-mb', 'files', 'json']) {
    expect(stdout).toContain(`--${name}`);
  }
});
