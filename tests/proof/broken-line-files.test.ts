import { afterEach, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import type { BrokenFile } from './broken-file-corpus.ts';
import { clearDisk, edit, lineOf, onDisk } from './lesson-on-disk.ts';
import { linesFiles, orderPath, predictPath, typedPath } from './lines-on-disk.ts';

afterEach(clearDisk);

const broken: BrokenFile[] = [
  {
    what: 'one wrong output to choose from',
    path: predictPath,
    from: '  - output: quick\n    why: Nothing is left out.\n',
    to: '',
    at: 'wrong:',
    found: /^1$/,
    fix: /ask: type/,
  },
  {
    what: 'nothing to choose from',
    path: typedPath,
    from: 'ask: type\nwrong:\n  - output: 200 no\n    why: The view says another status.\n',
    to: '',
    at: 'kind:',
    found: /none/,
    fix: /under `wrong`/,
  },
  {
    what: 'a way of asking that does not exist',
    path: typedPath,
    from: 'ask: type',
    to: 'ask: tpye',
    at: 'ask:',
    found: /tpye/,
    fix: /`type`/,
  },
  {
    what: 'two wrong outputs that look the same',
    path: predictPath,
    from: '  - output: quick',
    to: '  - output: "slow  \\nquick\\n\\n"',
    at: '  - output: "slow',
    found: /`slow quick` a second time/,
    fix: /Take one/,
  },
  {
    what: 'a wrong output with nothing in it',
    path: predictPath,
    from: '  - output: quick',
    to: '  - output: " "',
    at: '  - output: " "',
    found: /``/,
    fix: /expected/,
  },
  {
    what: 'a wrong output of which nothing is said',
    path: predictPath,
    from: '    why: Nothing is left out.\n',
    to: '',
    at: '  - output: quick',
    found: /no such field/,
    fix: /why/,
  },
  {
    what: 'a blank in a program to foretell',
    path: predictPath,
    from: 'print(word)',
    to: 'print(<<1>>)',
    at: 'program:',
    found: /<<1>>/,
    fix: /Take it out/,
  },
  {
    what: 'an expectation where the output is the key',
    path: predictPath,
    from: 'wrong:\n',
    to: 'expect: assert True\nwrong:\n',
    at: 'expect:',
    found: /`expect`/,
    fix: /take it out/i,
  },
  {
    what: 'a reason that names a letter',
    path: predictPath,
    from: 'why: Nothing is left out.',
    to: 'why: See option B.',
    at: 'why: See option B.',
    found: /option B/,
    fix: /another order/,
    runs: true,
  },
  {
    what: 'wrong outputs in a flow list',
    path: typedPath,
    from: 'wrong:\n  - output: 200 no\n    why: The view says another status.\n',
    to: 'wrong: [{ output: 200 no, why: Not so. }]\n',
    at: 'wrong:',
    found: /flow list/,
    fix: /- /,
  },
  {
    what: 'no place for the lines',
    path: orderPath,
    from: '      <<lines>>',
    to: '      pass',
    at: 'program:',
    found: /none/,
    fix: /<<lines>>/,
  },
  {
    what: 'two places for the lines',
    path: orderPath,
    from: '      <<lines>>\n',
    to: '      <<lines>>\n      <<lines>>\n',
    at: 'program:',
    found: /2 of them/,
    fix: /once/,
  },
  {
    what: 'code beside the place for the lines',
    path: orderPath,
    from: '      <<lines>>',
    to: '      pass; <<lines>>',
    at: 'program:',
    found: /other code/,
    fix: /once/,
  },
  {
    what: 'a mark of another kind beside the lines',
    path: orderPath,
    from: 'prices = [1, 2, 4]',
    to: 'prices = [<<1>>]',
    at: 'program:',
    found: /<<1>>/,
    fix: /kind/,
  },
  {
    what: 'one line to put in order',
    path: orderPath,
    from: `  total = 0
  count = 0
  for price in prices:
      total += price
      count += 1
  return total, count
distractors:`,
    to: '  return 7, 3\ndistractors:',
    at: 'lines:',
    found: /^1$/,
    fix: /program around them/,
  },
  {
    what: 'nine lines',
    path: orderPath,
    from: '  return total, count\ndistractors:',
    to: '  total += 0\n  count += 0\n  print(1)\n  return total, count\ndistractors:',
    at: 'lines:',
    found: /^9$/,
    fix: /program around them/,
  },
  {
    what: 'a statement over several lines',
    path: orderPath,
    from: '  return total, count\ndistractors:',
    to: '  return (\n      total, count\n  )\ndistractors:',
    at: '  return (',
    found: /opens a bracket \(/,
    fix: /on one line/,
  },
  {
    what: 'a line that goes on after a backslash',
    path: orderPath,
    from: '  return total, count\ndistractors:',
    to: '  return total, \\\n  count\ndistractors:',
    at: 'return total, \\',
    found: /backslash/,
    fix: /on one line/,
  },
  {
    what: 'a string over several lines',
    path: orderPath,
    from: '  total = 0\n  count = 0\n  for',
    to: '  """Sums.\n  """\n  total = 0\n  count = 0\n  for',
    at: '"""Sums',
    found: /opens a string/,
    fix: /on one line/,
  },
  {
    what: 'a comment among the lines',
    path: orderPath,
    from: '  total = 0\n  count = 0\n  for',
    to: '  # From nothing.\n  total = 0\n  count = 0\n  for',
    at: '# From nothing',
    found: /comment/,
    fix: /comments out/,
  },
  {
    what: 'a blank line among the lines',
    path: orderPath,
    from: '      count += 1\n  return total, count\ndistractors:',
    to: '      count += 1\n\n  return total, count\ndistractors:',
    at: '',
    found: /blank/,
    fix: /blank lines/,
  },
  {
    what: 'an indentation of three spaces',
    path: orderPath,
    from: '      total += price\n      count += 1\n  return',
    to: '      total += price\n     count += 1\n  return',
    at: '     count += 1',
    found: /3 spaces/,
    fix: /fours/,
  },
  {
    what: 'a line deeper than the one before, which opens nothing',
    path: orderPath,
    from: '  total = 0\n  count = 0\n  for',
    to: '  total = 0\n      count = 0\n  for',
    at: '      count = 0',
    found: /`count = 0`, 4 spaces/,
    fix: /as Python wants/,
  },
  {
    what: 'a line that is not deeper than the colon before',
    path: orderPath,
    from: '      total += price\n      count += 1\n  return',
    to: '  total += price\n  count += 1\n  return',
    at: '  total += price',
    found: /`total \+= price`, 0 spaces/,
    fix: /as Python wants/,
  },
  {
    what: 'a last line that wants another below it',
    path: orderPath,
    from: '  return total, count\ndistractors:',
    to: '  if total:\ndistractors:',
    at: '  if total:',
    found: /wants a line below/,
    fix: /one of the lines/,
  },
  {
    what: 'a distractor that is one of the lines',
    path: orderPath,
    from: '  - line: count += price',
    to: '  - line: count += 1',
    at: '  - line: count += 1',
    found: /a second time/,
    fix: /another one/,
  },
  {
    what: 'a distractor that is not whole',
    path: orderPath,
    from: '  - line: count += price',
    to: '  - line: count += (price',
    at: '  - line: count += (price',
    found: /opens a bracket/,
    fix: /on one line/,
  },
  {
    what: 'a distractor of two lines',
    path: orderPath,
    from: '  - line: count += price',
    to: '  - line: "count += price\\ncount += 1"',
    at: '  - line: "count',
    found: /count \+= price/,
    fix: /expected/,
  },
  {
    what: 'more distractors than three',
    path: orderPath,
    from: 'orders:\n',
    to: '  - { line: a = 1, why: No. }\n  - { line: b = 1, why: No. }\norders:\n',
    at: 'distractors:',
    found: /list/,
    fix: /expected/,
  },
  {
    what: 'an order with a line that is not one of the lines',
    path: orderPath,
    from: '        count += 1\n        total += price',
    to: '        count += price\n        total += price',
    at: '        count += price',
    found: /`count \+= price`/,
    fix: /as it stands under `lines`/,
  },
  {
    what: 'an order that lacks a line',
    path: orderPath,
    from: '        count += 1\n        total += price',
    to: '        count += 1',
    at: '  - |',
    found: /none of `total \+= price`/,
    fix: /Add what is missing/,
  },
  {
    what: 'an order that cannot be indented so',
    path: orderPath,
    from: '        count += 1\n        total += price',
    to: '        count += 1\n            total += price',
    at: '            total += price',
    found: /8 spaces/,
    fix: /as Python wants/,
  },
  {
    what: 'an order that is declared already',
    path: orderPath,
    from: `    count = 0
    total = 0
    for price in prices:
        count += 1
        total += price`,
    to: `    total = 0
    count = 0
    for price in prices:
        total += price
        count += 1`,
    at: '  - |',
    found: /the same order as another/,
    fix: /Take it out/,
  },
];

test('nothing is found in the lines that the others are made from', async () => {
  const { lessons, findings } = await loadCatalogue([await onDisk(linesFiles())]);
  expect(findings).toEqual([]);
  expect(lessons[0]!.exercises.map(({ kind }) => kind)).toEqual([
    ...['order', 'order', 'predict', 'predict'],
  ]);
});

test.each(broken)('$what is found on its line, and hides nothing else', async (each) => {
  const files = linesFiles();
  files[each.path] = edit(files[each.path]!, each.from, each.to);
  const { lessons, findings } = await loadCatalogue([await onDisk(files)]);
  // The only line that is empty is the one that is blank; others are looked for from their beginning.
  const lines = files[each.path]!.split('\n');
  const line =
    lines.findIndex((text, index) =>
      each.at === '' ? text === '' && index > 12 : text.startsWith(each.at),
    ) + 1 || lineOf(files[each.path]!, each.at);
  const own = findings.find((finding) => each.found.test(finding.found) && finding.line === line);
  expect(own, JSON.stringify({ line, findings }, null, 1)).toBeDefined();
  expect(own!.file).toBe(each.path);
  expect(own!.fix).toMatch(each.fix);
  expect(findings.every((finding) => finding.file === each.path)).toBe(true);
  expect(lessons[0]!.exercises).toHaveLength(each.runs ? 4 : 3);
});

/** The content version of each exercise, by uid. */
async function versions(path = '', from = '', to = ''): Promise<Record<string, string>> {
  const files = linesFiles();
  if (path !== '') files[path] = edit(files[path]!, from, to);
  const { lessons } = await loadCatalogue([await onDisk(files)]);
  return Object.fromEntries(
    lessons[0]!.exercises.map(({ uid, contentVersion }) => [uid, contentVersion]),
  );
}

test.each([
  ['what is said of a wrong output', predictPath, 'why: Nothing is left out.', 'why: Look again.'],
  ['white space at the end of an output', predictPath, '- output: quick', '- output: "quick \\n"'],
  ['what is said of a distractor', orderPath, 'why: It turns them round.', 'why: Look again.'],
])('%s does not change the version', async (_, path, from, to) => {
  expect(await versions(path, from, to)).toEqual(await versions());
});

test.each([
  ['a wrong output', predictPath, '- output: quick', '- output: slow'],
  ['the way of asking', predictPath, 'wrong:', 'ask: type\nwrong:'],
  ['the program', predictPath, '0.01', '0.02'],
  ['a distractor', orderPath, 'line: count += price', 'line: count += 2'],
  ['an order', orderPath, '    count = 0\n    total = 0\n', '    total = 0\n    count = 0\n'],
  ['the expectation', orderPath, '[7, 3]', '[3, 7]'],
])('%s changes the version of its exercise only', async (_, path, from, to) => {
  const [before, after] = [await versions(), await versions(path, from, to)];
  const changed = Object.keys(before).filter((uid) => after[uid] !== before[uid]);
  expect(changed).toHaveLength(1);
});
