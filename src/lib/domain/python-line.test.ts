import { expect, test } from 'vitest';
import { readPythonLine } from './python-line.ts';

test.each([
  'total = 0',
  '@require_GET',
  'print("a # b")  # (',
  "print('it\\'s', [1, {2: 3}])",
  'x = r"\\"" + b\'"\' + f"{y}"',
  '"""A whole docstring, with "quotes" in it."""',
  "empty = ''",
  'part = names[1:]',
])('%s can stand alone and opens no block', (text) => {
  expect(readPythonLine(text)).toEqual({ problem: null, opensBlock: false });
});

test.each(['for x in rows:', 'else:', 'async def f(a: int = 3) -> str:  # why', 'if a[1:]:'])(
  '%s opens a block',
  (text) => {
    expect(readPythonLine(text)).toEqual({ problem: null, opensBlock: true });
  },
);

test.each([
  ['total = 1 + \\', /goes on after a backslash/],
  ['gather(', /opens a bracket \(/],
  ['x = [f(1), {', /opens a bracket \{/],
  [')', /closes a bracket \)/],
  ['f(1]', /closes a bracket \]/],
  ['text = "abc', /opens a string with "/],
  ["'''abc", /opens a string with '/],
  ['# (only said', /is a comment/],
  ['', /is blank/],
  ['   ', /is blank/],
])('%s cannot stand alone', (text, problem) => {
  expect(readPythonLine(text).problem).toMatch(problem);
});
