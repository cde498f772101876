import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LessonDocument, ProgramBlock } from '#lib/domain/document.ts';
import { unusedFindings, type Prose } from './prose.ts';
import { readDocument } from './read-document.ts';

const file = 'web/async/01-waiting/learn.md';

function proseOf(change: Partial<Prose['lesson']> = {}): Prose {
  const shownFile = (path: string, text: string) => ({
    ...{ file: `web/async/01-waiting/${path}`, text, isUsed: false },
  });
  return {
    lesson: {
      ...{ id: 'web/async/waiting', runtime: 'django-5.2', modes: ['learn', 'why', 'try'] },
      ...{ rows: null, apps: {}, ...change },
    },
    programs: new Map([
      ['programs/slow.py', shownFile('programs/slow.py', 'print("slow")\n')],
      ['programs/quick.py', shownFile('programs/quick.py', 'print("quick")\n')],
    ]),
    figures: new Map([
      [
        'figures/loop.svg',
        shownFile('figures/loop.svg', '<svg viewBox="0 0 9 9"><circle id="a" r="4"/></svg>'),
      ],
    ]),
    ids: new Map(),
  };
}

const fence = (info: string, body: string) => `\`\`\`${info}\n${body}\n\`\`\`\n\n`;
const good = `Some words, and \`code\`.

## A view that *waits*

${fence('python run id=smallest title="One view that waits" serve=/:page,/two:other', 'print(1)')}${fence('python drive', 'print((await request("GET", "/")).json)')}${fence('output', "{'euro': 1.1}")}### Below it

| a | b |
| - | - |
| 1 | 2 |

![A loop.](figures/loop.svg "The loop.")

${fence('yaml compare', comparison())}See [why](../why), [below](#below-it) and [Django](https://docs.djangoproject.com/).

${fence('console', '$ uvicorn site:app')}`;

function comparison(): string {
  return `id: two-ways
title: Two ways
before: { file: programs/slow.py, label: Slow }
after: { file: programs/quick.py, label: Quick }
drive: |
  observe("ms", 1)
unit: ms
ratio: 2
after_holds: at_once == 3`;
}

function read(text: string, prose = proseOf()) {
  return readDocument(prose, 'learn', file, text);
}

/** The findings as `line: found`, so that a test reads them at a glance. */
function told(text: string, prose = proseOf()): string[] {
  return read(text, prose).findings.map(({ line, found }) => `${line}: ${found}`);
}

test('a document is text, programs, figures and measurements in their order', () => {
  const prose = proseOf();
  const { document, findings } = read(good, prose);
  expect(findings).toEqual([]);
  expect(document?.blocks.map(({ kind }) => kind)).toEqual([
    ...['text', 'program', 'text', 'figure', 'compare', 'text'],
  ]);
  expect(document?.headings).toEqual([
    { id: 'a-view-that-waits', text: 'A view that waits', level: 2 },
    { id: 'below-it', text: 'Below it', level: 3 },
  ]);
  expect(unusedFindings(prose)).toEqual([]);
});

test('a program has its drive, its output and the lines where they stand', () => {
  const block = blockOf(read(good).document, 'program') as ProgramBlock;
  expect(block).toEqual({
    ...{ kind: 'program', id: 'smallest', title: 'One view that waits', raises: null },
    program: 'print(1)\n',
    serve: { '/': 'page', '/two': 'other' },
    drive: 'print((await request("GET", "/")).json)\n',
    output: "{'euro': 1.1}\n",
    places: {
      program: { file, line: 6 },
      drive: { file, line: 10 },
      output: { file, line: 14 },
    },
  });
});

test('a program may come from a file, and its place is there', () => {
  const prose = proseOf();
  const block = blockOf(
    read(fence('python run id=slow file=programs/slow.py raises=ValueError', ''), prose).document,
    'program',
  );
  expect(block).toMatchObject({
    ...{ program: 'print("slow")\n', raises: 'ValueError' },
    places: { program: { file: 'web/async/01-waiting/programs/slow.py', line: 1 } },
  });
  expect(unusedFindings(prose).map((finding) => finding.file)).toEqual([
    ...['web/async/01-waiting/programs/quick.py', 'web/async/01-waiting/figures/loop.svg'],
  ]);
});

test('a measurement knows the lines of its parts', () => {
  const block = blockOf(read(good).document, 'compare');
  const at = good.split('\n').indexOf('id: two-ways') + 1;
  expect(block).toMatchObject({
    before: { label: 'Slow', program: 'print("slow")\n', holds: null },
    after: { label: 'Quick', program: 'print("quick")\n', holds: 'at_once == 3' },
    places: {
      '': { file, line: at - 1 },
      'drive:text': { file, line: at + 5 },
      ratio: { file, line: at + 7 },
    },
  });
});

function blockOf(document: LessonDocument | null, kind: string) {
  return document?.blocks.find((block) => block.kind === kind);
}

test('text is clean HTML; links to modes are whole addresses', () => {
  const { document } = read(good);
  const html = document?.blocks.map((block) => (block.kind === 'text' ? block.html : '')).join('');
  expect(html).toContain('<h2 id="a-view-that-waits">A view that <em>waits</em></h2>');
  expect(html).toContain('<a href="/learn/web/async/waiting/why">why</a>');
  expect(html).toContain('<a href="https://docs.djangoproject.com/" rel="external noreferrer">');
  expect(html).toContain('<div class="table"><table>');
  expect(html).toContain('<pre><code class="language-console">$ uvicorn site:app');
});

test('a heading has no id that is on its page already', () => {
  const names = ['Sources', 'Done', 'Project', 'Steps', 'Built', 'Step', 'Challenge'];
  const { document } = read(names.map((name) => `## ${name}`).join('\n\n'));
  expect(document?.headings.map(({ id }) => id)).toEqual(
    names.map((name) => `${name.toLowerCase()}-2`),
  );
});

test.each([
  ['raw HTML', 'a\n\n<div onclick="x()">b</div>', '3: raw HTML: `<div onclick="x()">b</div>`'],
  ['HTML in a line', 'a <b>b', '1: raw HTML: `<b>`'],
  ['Python that is not run', fence('python', 'x'), '1: `python`, which is not run'],
  ['a fence of another name', fence('pyton run id=a', 'x'), '1: `pyton run`'],
  ['a fence that says nothing', fence('', 'x'), '1: one that says nothing'],
  ['code by indentation', 'a\n\n    b\n', '3: one that says nothing'],
  ['a drive alone', fence('python drive', 'x'), '1: one that follows something else'],
  ['an output alone', `a\n\n${fence('output', 'x')}`, '3: one that follows something else'],
  ['a program without id', fence('python run', 'x'), '1: none'],
  ['an unknown option', fence('python run id=a titel=b', 'x'), '1: `titel`'],
  ['an option twice', fence('python run id=a id=b', 'x'), '1: it a second time'],
  ['words after a drive', fence('python run id=a', 'x') + fence('python drive b', 'x'), '5: `b`'],
  [
    'a view that nobody asks',
    fence('python run id=a serve=/:b', 'x'),
    '1: none, so nobody asks the view',
  ],
  [
    'a bad address',
    fence('python run id=a serve=b', 'x') + fence('python drive', 'x'),
    '1: `serve=b`',
  ],
  [
    'a missing file',
    fence('python run id=a file=programs/slw.py', ''),
    '1: `programs/slw.py`, which is not there',
  ],
  [
    'two programs in one',
    fence('python run id=a file=programs/slow.py', 'x'),
    '1: a program as well',
  ],
  ['no program', fence('python run id=a', ''), '1: nothing'],
  ['an empty output', fence('python run id=a', 'x') + fence('output', ''), '5: nothing'],
  ['an exception that is none', fence('python run id=a raises=a.b', 'x'), '1: `a.b`'],
  ['a heading too high', '# A', '1: `# A`'],
  ['a level left out', '## A\n\n#### B', '3: `#### B`'],
  ['a level too low', '## A\n### B\n#### C\n##### D', '4: `##### D`'],
  ['a link to no mode', '[a](../whi)', '1: `../whi`'],
  ['a link that is not encrypted', '[a](http://x.org)', '1: `http://x.org`'],
  ['a script in a link', '[a](javascript:x)', '1: `javascript:x`'],
  ['a link by reference', 'b\n\n[a]\n\n[a]: ftp://x', '5: `ftp://x`'],
  ['a link to no heading', '## Some\n\n[a](#sme)', '3: `#sme`'],
  ['a figure that is not there', '![a](figures/lop.svg)', '1: `figures/lop.svg`'],
  ['a figure that says nothing', '![](figures/loop.svg)', '1: nothing'],
  [
    'a figure in a sentence',
    'a ![b](figures/loop.svg)',
    '1: a figure in the middle of something else',
  ],
  [
    'a program in a list',
    '- a\n\n  ```python run id=a\n  x\n  ```\n',
    '3: a fence within a list or a quote',
  ],
  ['a heading in a quote', '> ## a\n', '1: one in a list or a quote'],
  ['a footnote', 'a[^1]\n\n[^1]: b', '1: a footnote'],
  ['a box to tick', '- [ ] a', '1: a box to tick'],
  ['nothing at all', '\n', '1: nothing'],
  ['a line nested too deep', '> '.repeat(40), '1: a line nested much deeper'],
])('%s is a finding at its line', (_, text, found) => {
  expect(told(text)).toContain(found);
});

test.each([
  ['an unknown field', 'rato: 3', 1, '`rato`'],
  ['a ratio that claims nothing', 'ratio: 1', 8, 'the number `1`'],
  ['a file elsewhere', 'before: { file: ../x.py, label: Slow }', 3, '`../x.py`'],
  [
    'a file that is not there',
    'before: { file: programs/slo.py, label: Slow }',
    3,
    '`programs/slo.py`',
  ],
  ['no label', 'after: { file: programs/quick.py }', 4, 'no such field'],
])('in a measurement %s is a finding at its line', (_, change, line, found) => {
  const key = change.split(':')[0]!;
  const lines = comparison().split('\n');
  const at = lines.findIndex((each) => each.startsWith(`${key}:`));
  if (at === -1) lines.unshift(change);
  else lines[at] = change;
  const all = told(`a\n\n${fence('yaml compare', lines.join('\n'))}`);
  expect(all.some((each) => each.startsWith(`${line + 3}: `) && each.includes(found))).toBe(true);
});

test('an id that another document of the lesson has is a finding', () => {
  const prose = proseOf();
  readDocument(prose, 'learn', file, fence('python run id=same', 'x'));
  const { findings } = readDocument(prose, 'why', 'why.md', fence('python run id=same', 'x'));
  expect(findings).toMatchObject([
    { file: 'why.md', line: 1, found: `\`same\`, which ${file}:1 has already` },
  ]);
});

test('what is drawn wrongly is a finding in the drawing', () => {
  const prose = proseOf();
  prose.figures.get('figures/loop.svg')!.text =
    '<svg viewBox="0 0 9 9">\n<script>x()</script>\n<rect fill="#123456"/></svg>';
  expect(read('![a](figures/loop.svg)', prose).findings).toMatchObject([
    { file: 'web/async/01-waiting/figures/loop.svg', line: 2, found: '`<script>`' },
    { file: 'web/async/01-waiting/figures/loop.svg', line: 3, found: '`fill="#123456"`' },
  ]);
});

test('the version follows what is run, and no wording', () => {
  const version = (text: string, prose?: Prose) => read(text, prose).document?.contentVersion;
  const same = [
    good.replace('Some words', 'Other words'),
    good.replace('One view that waits', 'Another title'),
    good.replace("{'euro': 1.1}", "{'euro': 1.1}  "),
    good.replace('The loop.', 'Another caption'),
  ];
  const others = [
    good.replace('print(1)', 'print(2)'),
    good.replace("{'euro': 1.1}", "{'euro': 1.2}"),
    good.replace('"GET"', '"POST"'),
    good.replace('/two:other', '/two:page'),
    good.replace('ratio: 2', 'ratio: 3'),
    good.replace('at_once == 3', 'at_once == 4'),
  ];
  expect(new Set(same.map((text) => version(text)))).toEqual(new Set([version(good)]));
  const changed = [version(good), ...others.map((text) => version(text))];
  changed.push(version(good, proseOf({ rows: 'x' })), version(good, proseOf({ runtime: 'y' })));
  expect(new Set(changed).size).toBe(changed.length);
});

// How long these take is the machine's affair; that they end is what they show.
const patience = { timeout: 60_000 };

test('whatever a file holds, it is read, and every finding is whole', patience, () => {
  const pieces = [
    ...['```', '~~~', 'python run id=a', 'yaml compare\n', 'output\n', '\n', '\n\n', '    ', '> '],
    ...['- ', '1. ', '![', '](', ')', '[', ']', '<', '<!--', '<svg onload=x>', '&lt;', '|', '|-|'],
    ...[
      '#',
      '## ',
      '**',
      '_',
      '`',
      '\\',
      '\0',
      '\u2028',
      '[^1]',
      '[^1]:',
      '"',
      'https://',
      '{',
      '---',
    ],
  ];
  const mixed = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 8 })), {
    maxLength: 60,
  });
  const spoilt = fc
    .record({ at: fc.nat(good.length), remove: fc.nat(30), insert: mixed })
    .map(({ at, remove, insert }) => good.slice(0, at) + insert.join('') + good.slice(at + remove));
  fc.assert(
    fc.property(
      fc.oneof(
        mixed.map((all) => all.join('')),
        spoilt,
      ),
      (text) => {
        const { document, findings } = read(text);
        for (const { line, expected, found, fix } of findings) {
          expect(line).toBeGreaterThan(0);
          expect(expected && found && fix).not.toBe('');
        }
        const html = (document?.blocks ?? []).map((each) =>
          each.kind === 'text' ? each.html : '',
        );
        expect(html.join('')).not.toMatch(
          /<(?!\/?(?:p|strong|em|code|pre|h[234]|[uo]l|li|blockquote|hr|br|a|table|thead|tbody|t[rhd]|div)\b)/,
        );
      },
    ),
    { numRuns: 150 },
  );
});

test.each(['>', '- ', '[', '*', '`', '![](', '<', '&', '|a\n|-\n', '> - '])(
  'a file of nothing but %j is read to its end',
  patience,
  (piece) => {
    const { findings } = read(piece.repeat(4000));
    expect(findings.length).toBeLessThan(20_000);
  },
);
