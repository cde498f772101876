/**
 * What our lessons say of their recorded programs is made false, one thing at a time, and held against real
 * recordings: each is refuted by a finding of its own, at its line.
 */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Lesson } from '../../src/lib/domain/exercise.ts';
import type { Recording } from '../../src/lib/domain/recording.ts';
import type { Visualize } from '../../src/lib/domain/visualize.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { proveLesson } from '../../src/lib/server/proof/prove-catalogue.ts';
import { requestFor } from '../../src/lib/server/proof/prose/prove-programs.ts';
import { holdAgainst } from '../../src/lib/server/proof/visualize/hold-against.ts';
import { record } from '../../src/lib/server/proof/visualize/record.ts';
import { clearDisk, edit, onDisk } from './lesson-on-disk.ts';
import { openBench, ourContent } from './real-bench.ts';

let bench: Awaited<ReturnType<typeof openBench>>;
let root: string;
let lesson: Lesson;
let path: string;
let text: string;
let recordings: Recording[];

beforeAll(async () => {
  bench = await openBench();
  root = await onDisk({});
  await cp(ourContent, root, { recursive: true });
  lesson = (await loadCatalogue([root])).lessons.find(({ visualize }) => visualize !== null)!;
  path = join(root, lesson.visualize!.file);
  text = await readFile(path, 'utf8');
  recordings = [];
  for (let time = 0; time < 3; time++) {
    const { recording } = await record(bench, requestFor(lesson, lesson.visualize!));
    recordings.push(recording!);
  }
});
afterAll(async () => {
  await bench?.close();
  await clearDisk();
});

/** The lesson with another text in its file. */
async function changedLesson(changed: string): Promise<Lesson> {
  await writeFile(path, changed);
  try {
    const { lessons, findings } = await loadCatalogue([root]);
    expect(findings).toEqual([]);
    return lessons.find(({ id }) => id === lesson.id)!;
  } finally {
    await writeFile(path, text);
  }
}

const hold = (visualize: Visualize) => holdAgainst(visualize, recordings).findings;

/** Lines of the file from one that holds a piece of text, as long as they are indented below it. */
function blockAt(lines: string[], first: number): number {
  const indent = /^ */.exec(lines[first]!)![0].length;
  const next = lines.findIndex(
    (line, number) => number > first && line.trim() !== '' && /^ */.exec(line)![0].length <= indent,
  );
  return next === -1 ? lines.length : next;
}

test('as it stands nothing speaks against it', () => {
  expect(hold(lesson.visualize!)).toEqual([]);
});

test('every wrong option that is made the key is refuted, and nothing else', async () => {
  const { quiz, places } = lesson.visualize!;
  const lines = text.split('\n');
  for (const [index, { wrong }] of quiz.entries()) {
    const key = lines[places[`quiz.${index}.key`]!.line - 1]!.trim().replace(
      /^key: \{ (.*) \}$/,
      '$1',
    );
    const asField = key.startsWith('value')
      ? key.replace(/^value: (\w+), at: (.*)$/, 'value: $1\n        at: $2')
      : key;
    for (const number of wrong.keys()) {
      const first = places[`quiz.${index}.wrong.${number}`]!.line - 1;
      const whole = lines.slice(first, blockAt(lines, first));
      const why = whole.findIndex((line) => /^ {8}why:/.test(line));
      const changed = [
        ...lines.slice(0, first),
        ...`      - ${asField}`.split('\n'),
        ...whole.slice(why),
        ...lines.slice(first + whole.length),
      ].join('\n');
      const { visualize } = await changedLesson(changed);
      expect(hold(visualize!)).toMatchObject([
        { line: first + 1, found: expect.stringContaining('the same: ') },
      ]);
    }
  }
});

test('every moment that is put where nothing is is refuted', async () => {
  const { moments, places } = lesson.visualize!;
  const found: Finding[][] = [];
  for (const index of moments.keys()) {
    const { line } = places[`moments.${index}.at`]!;
    const lines = text.split('\n');
    lines[line - 1] = '  - at: { kind: line, line: nowhere }';
    const { visualize } = await changedLesson(lines.join('\n'));
    const findings = hold(visualize!);
    expect(findings).toMatchObject([
      { line, expected: expect.stringContaining('in every recording') },
    ]);
    found.push(findings);
  }
  expect(found).toHaveLength(moments.length);
});

describe('a program', () => {
  const prove = async (changed: string) => {
    const alone = {
      ...(await changedLesson(changed)),
      exercises: [],
      documents: [],
      project: null,
      lab: null,
    };
    return (await proveLesson(alone, bench)).visualize!;
  };
  const loop = '        for i in range(count):\n            result += i\n'.replaceAll(
    /^ {2}/gm,
    '',
  );

  test('is proven as it stands', async () => {
    expect(await prove(text)).toMatchObject({ status: 'proven', findings: [], runs: 3 });
  });

  test('that never ends is refuted', async () => {
    const endless = loop.replace('for i in range(count)', 'while True');
    const proof = await prove(edit(text, loop, endless.replace('result += i', 'result += 1')));
    expect(proof).toMatchObject({
      status: 'refuted',
      findings: [
        { found: expect.stringMatching(/stopped at its (time limit|limit of processor)/) },
      ],
    });
  });

  test('that does more than can be recorded is refuted', async () => {
    const proof = await prove(edit(text, 'total(3)', 'total(3000)'));
    expect(proof).toMatchObject({
      status: 'refuted',
      findings: [{ found: 'more than the 5000 steps that were recorded' }],
    });
  });

  test('that does otherwise is refuted where it is said', async () => {
    const { places } = lesson.visualize!;
    // Of the key's text nothing is said; but an option that was wrong has become right.
    const proof = await prove(edit(text, 'total(3)', 'total(4)'));
    expect(proof.findings).toMatchObject([
      { line: places['quiz.1.wrong.0']!.line, found: 'the same: `3`' },
    ]);
  });
});
