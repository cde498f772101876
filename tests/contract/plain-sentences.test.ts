/** The errors that beginners meet most, as this runtime words them: each is told plainly, and at its line. */
import { describe, expect, it } from 'vitest';
import { plainSentence, plainWarning } from '#lib/domain/plain-sentence.ts';
import { markedLine } from '#lib/ui/code/error-place.ts';
import { sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();

/** What fails, where, and a piece of what is said of it. */
const scripts: [program: string, type: string, line: number, says: string][] = [
  ['x = (1\ny = 2\n', 'SyntaxError', 1, 'This bracket is opened'],
  ['x = (1]\n', 'SyntaxError', 1, 'A bracket is closed here'],
  ['x = 1)\n', 'SyntaxError', 1, 'A bracket is closed here'],
  ['def f()\n    pass\n', 'SyntaxError', 1, 'A colon is missing'],
  ['if 1 = 1:\n    pass\n', 'SyntaxError', 1, 'One `=` gives a name'],
  ['x = "abc\n', 'SyntaxError', 1, 'A text begins here'],
  ['x = """abc\n', 'SyntaxError', 1, 'A text begins here'],
  ['def f():\n    await g()\n', 'SyntaxError', 2, 'in an `async def`'],
  ['def f():\n    return [x async for x in g()]\n', 'SyntaxError', 2, 'in an `async def`'],
  ['return 1\n', 'SyntaxError', 1, 'only in a function'],
  ['x = [1 2]\n', 'SyntaxError', 1, 'Is a comma missing'],
  ['x = = 1\n', 'SyntaxError', 1, 'cannot read this line'],
  ['def f():\npass\n', 'IndentationError', 2, 'something must stand below it'],
  ['x = 1\n    y = 2\n', 'IndentationError', 2, 'stands deeper'],
  ['if 1:\n        x = 1\n    y = 2\n', 'IndentationError', 3, 'at a depth that no line'],
  ['if 1:\n\tx = 1\n        y = 2\n', 'TabError', 3, 'Tabs and spaces are mixed'],
  ['x = 1\nprint(y)\n', 'NameError', 2, 'Nothing is called `y`'],
  ['def f():\n    x += 1\nx = 0\nf()\n', 'UnboundLocalError', 2, 'further down'],
  ['x = None\nx.name\n', 'AttributeError', 2, 'What stands before `.name` is `None`'],
  ['"".push()\n', 'AttributeError', 1, 'is a `str`, and no `str` has that'],
  ['import time\ntime.nap(1)\n', 'AttributeError', 2, 'The module `time` has nothing called `nap`'],
  ['async def f(): pass\nf().name\n', 'AttributeError', 2, 'not awaited'],
  ['async def f(): pass\nf()["a"]\n', 'TypeError', 2, 'not awaited'],
  ['async def f(): pass\nfor x in f(): pass\n', 'TypeError', 2, 'not awaited'],
  ['async def f(): pass\na, b = f()\n', 'TypeError', 2, 'not awaited'],
  ['import json\nasync def f(): pass\njson.dumps(f())\n', 'TypeError', 3, 'not awaited'],
  [
    'import asyncio\nasync def f():\n    await {}\nasyncio.run(f())\n',
    ...(['TypeError', 3, '`await` stands before something'] as const),
  ],
  [
    'import asyncio\nasync def f():\n    async for x in []: pass\nasyncio.run(f())\n',
    ...(['TypeError', 3, 'with a plain `for` only'] as const),
  ],
  [
    'import asyncio\nasync def f():\n    async with open("x", "w"): pass\nasyncio.run(f())\n',
    ...(['TypeError', 3, 'with a plain `with`'] as const),
  ],
  ['def f(a): pass\nf()\n', 'TypeError', 2, 'Compare it with its `def` line'],
  ['def f(a): pass\nf(1, 2)\n', 'TypeError', 2, 'Compare it with its `def` line'],
  ['def f(a): pass\nf(b=1)\n', 'TypeError', 2, 'Compare it with its `def` line'],
  ['x = {}\nx()\n', 'TypeError', 2, 'stands a `dict`, which cannot be called'],
  ['x = None\nx["a"]\n', 'TypeError', 2, 'Is a `return` missing'],
  ['import requests\n', 'ModuleNotFoundError', 1, 'There is no `requests` here'],
  ['from time import nap\n', 'ImportError', 1, '`time` is there and has no `nap`'],
  ['def f(): f()\nf()\n', 'RecursionError', 1, 'calls itself'],
  [
    'import asyncio\nasync def f():\n    async with asyncio.timeout(0.01):\n        await asyncio.sleep(1)\nasyncio.run(f())\n',
    ...(['TimeoutError', 3, 'took longer'] as const),
  ],
  [
    'import asyncio\nfrom django.contrib.auth.models import User\nasync def f():\n    User.objects.get(pk=1)\nasyncio.run(f())\n',
    ...(['SynchronousOnlyOperation', 4, 'with the `a` before its name'] as const),
  ],
];

describe('a common error is told plainly, and at its line', () => {
  it.each(scripts)('%j', async (program, type, line, says) => {
    const { error, stderr } = await under.run(program);
    expect(error?.type).toBe(type);
    expect(plainSentence(error!)).toContain(says);
    const marked = markedLine(error!, ['program.py'], stderr);
    expect(marked).toMatchObject({ file: 'program.py', line });
  });

  const view = (...body: string[]) =>
    ['async def page(request):', ...body.map((line) => `    ${line}`), ''].join('\n');

  it.each([
    ['came to its end without giving back a response', view('pass')],
    [
      'gave back a coroutine and no response',
      `def page(request):\n    return other(request)\n\n${view('pass').replace('page', 'other')}`,
    ],
  ])('of a view that %s', async (says, program) => {
    const { error } = await under.run(program, {
      serve: { '/': 'page' },
      drive: 'await request("GET", "/")',
    });
    expect(error?.type).toBe('ValueError');
    expect(plainSentence(error!)).toContain(says);
  });

  it('of a coroutine that was never awaited, though nothing failed', async () => {
    const { outcome, stderr } = await under.run('async def rate(): pass\nrate()\nprint(1)\n');
    expect(outcome).toBe('finished');
    expect(plainWarning(stderr)).toContain('`rate` was called and not awaited');
  });

  it('in the file that could not be read, and not where it was imported', async () => {
    const { error, stderr } = await under.run('import shop.prices\n', {
      fileName: 'views.py',
      files: { 'shop/prices.py': 'x = 1\ny = (\n' },
    });
    expect(error?.type).toBe('SyntaxError');
    expect(markedLine(error!, ['views.py', 'shop/prices.py'], stderr)).toMatchObject({
      ...{ file: 'shop/prices.py', line: 2 },
      says: expect.stringContaining('was never closed') as string,
    });
  });
});
