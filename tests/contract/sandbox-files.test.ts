import { describe, expect, it } from 'vitest';
import { python, sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();

describe('a program of several files', () => {
  it('imports and opens them', async () => {
    const result = await under.run(
      'from shop.prices import price\nimport rates\nprint(price(2), rates.VAT, open("notes.txt").read())',
      {
        files: {
          'shop/__init__.py': '',
          'shop/prices.py': 'from rates import VAT\ndef price(n): return n * VAT\n',
          'rates.py': 'VAT = 3\n',
          'notes.txt': 'é\n',
        },
      },
    );
    expect(result).toMatchObject({ outcome: 'finished', stdout: '6 3 é\n\n' });
  });

  it('is told where it failed, in which of them', async () => {
    const result = await under.run('import shop\n\ndef start():\n    shop.sell()\n\nstart()\n', {
      fileName: 'main.py',
      files: { 'shop.py': 'def sell():\n    return 1 / 0\n' },
    });
    expect(result.error).toMatchObject({ type: 'ZeroDivisionError', line: 4 });
    expect(result.error?.frames).toEqual([
      { file: 'main.py', line: 6, function: '<module>' },
      { file: 'main.py', line: 4, function: 'start' },
      { file: 'shop.py', line: 2, function: 'sell' },
    ]);
  });

  it('has the innermost twenty steps of a deep fall', async () => {
    const result = await under.run(
      'def f(n):\n    if n == 0: raise ValueError\n    f(n - 1)\nf(50)\n',
    );
    expect(result.error?.frames).toHaveLength(20);
    expect(result.error?.frames.at(-1)).toEqual({ file: 'program.py', line: 2, function: 'f' });
  });

  it.each([
    ['../outside.py', 'relative path'],
    ['/etc/passwd', 'relative path'],
    ['a/../../b.py', 'relative path'],
    ['.hidden/a.py', 'relative path'],
    ['a//b.py', 'relative path'],
    ['program.py', 'the program itself'],
    ['db.sqlite3', 'the database'],
    ['a/b/c/d/e/f/g/h/i.py', 'folders deep'],
  ])('may not have a file called %s', async (name, says) => {
    const result = await under.run('print(1)', { files: { [name]: '' } });
    expect(result).toMatchObject({ outcome: 'infrastructure', stdout: '' });
    expect(result.error?.message).toContain(says);
  });

  it('that does not fit into its folder is told so', async () => {
    const files = { 'large.txt': 'x'.repeat(3 << 20) };
    const result = await under.run('print(1)', { files, limits: { diskBytes: 1 << 20 } });
    expect(result).toMatchObject({ outcome: 'error', stdout: '', error: { type: 'OSError' } });
    expect(result.error?.message).toMatch(/No space left|File too large/);
  });
});

describe("a fixture's apps", () => {
  const apps = {
    'library/models.py': python`
      from django.db import models

      class Book(models.Model):
          title = models.CharField(max_length=50)
          author = models.ForeignKey("auth.User", models.CASCADE)
    `,
  };
  const rows = python`
    from django.contrib.auth.models import User
    from library.models import Book
    Book.objects.create(title="Notes", author=User.objects.create(username="ada"))
  `;
  const program = python`
    from library.models import Book
    print([(book.title, book.author.username) for book in Book.objects.select_related("author")])
  `;

  it('are installed, with tables and rows', async () => {
    const result = await under.run(program, { apps, rows });
    expect(result).toMatchObject({ outcome: 'finished', stdout: "[('Notes', 'ada')]\n" });
    expect((await under.run(program, { apps })).stdout).toBe('[]\n');
  });

  it('are there for those who ask for them, and for nobody else', async () => {
    const [withApps, without] = await Promise.all([
      under.run(program, { apps }),
      under.run(program),
    ]);
    expect(withApps.outcome).toBe('finished');
    expect(without.error).toMatchObject({ type: 'ModuleNotFoundError', line: 1 });
  });

  it.each([
    ['raise', 'raise ValueError("here")', 'library/models.py, line 1, failed', 'ValueError: here'],
    ['do not parse', 'x = (', 'library/models.py, line 1, failed', 'SyntaxError'],
    [
      'are no models',
      'from django.db import models\nclass B(models.Model):\n    a = models.ForeignKey("no.Such", models.CASCADE)\n',
      'library/models.py',
      'no.Such',
    ],
    ['leave', 'import sys\nsys.exit(0)', 'library/models.py, line 2, failed', 'SystemExit'],
    ['end the process', 'import os\nos._exit(0)', 'library/models.py', 'ended the process'],
    ['never end', 'while True: pass', 'library/models.py', 'installing the apps'],
    ['fork', 'import os\nos.fork()', 'library/models.py, line 2, failed', 'not permitted'],
    ['open sockets', 'import socket\nsocket.socket()', 'library/models.py', 'not permitted'],
  ])('that %s are an error of theirs, with the line', async (_, source, where, what) => {
    const broken = { 'library/models.py': source };
    const result = await under.run('print(1)', { apps: broken });
    expect(result).toMatchObject({ outcome: 'error', stdout: '', error: { type: 'FixtureRows' } });
    expect(result.error?.message).toContain(where);
    expect(result.error?.message).toContain(what);
    expect((await under.run('print(1)')).stdout).toBe('1\n');
  });

  it('cannot take the name of a module', async () => {
    const result = await under.run('print(1)', { apps: { 'json/models.py': '' } });
    expect(result.error?.message).toContain("'json'");
  });
});
