import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from './csv.ts';

/** Reads what RFC 4180 writes. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const part = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (const [, quoted, plain, end] of text.matchAll(part)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const bodyOf = (rows: string[][]) => csvText(rows).slice(1);

test('a file begins with the mark of UTF-8, and its lines end as the standard says', () => {
  expect(csvText([['when', 'answer']])).toBe('\ufeffwhen,answer\r\n');
});

test('commas, quotes and ends of lines stay within their cell', () => {
  expect(bodyOf([['a,b', 'say "x"', 'one\ntwo', '']])).toBe('"a,b","say ""x""","one\ntwo",\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\tx', ' =1', '\n=1', '＝1', '\r=1'])(
  'a cell with %j is no formula',
  (cell) => {
    expect(readCsv(bodyOf([[cell]]))[0]?.[0]).toMatch(/^'/);
  },
);

test('what a terminal would obey is written out', () => {
  expect(bodyOf([['\u001b[2J', 'a\rb']])).toBe('\\x1b[2J,a\\rb\r\n');
});

test('whatever text there is, it is read back as many cells, none of which begins a formula', () => {
  const acting = fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n\0 ",;\'x\u2028\ufeff\uff1d') });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(acting, fc.string({ unit: 'binary-ascii' })), { minLength: 1 }),
      (rows) => {
        const read = readCsv(bodyOf(rows));
        expect(read.map((cells) => cells.length)).toEqual(rows.map(() => 2));
        expect(read.flat().filter((cell) => /^\s*[=+\-@\uff1d]/.test(cell))).toEqual([]);
      },
    ),
  );
});

test('ordinary text is read back as it was', () => {
  const ordinary = fc.string({ unit: fc.constantFrom(...'abc ",\nß☃') }).map((text) => `x${text}`);
  fc.assert(
    fc.property(fc.array(fc.tuple(ordinary, ordinary), { minLength: 1 }), (rows) => {
      expect(readCsv(bodyOf(rows))).toEqual(rows);
    }),
  );
});
