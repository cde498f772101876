import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RecallExercise } from '../../src/lib/domain/exercise.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { proofFromLock } from '../../src/lib/server/proof/proof-from-lock.ts';
import { lockOf } from '../../src/lib/server/proof/proof-lock.ts';
import { proveCatalogue } from '../../src/lib/server/proof/prove-catalogue.ts';
import { blanksPath, choicePath, clearDisk, codePath, edit, goodFiles } from './lesson-on-disk.ts';
import { lessonPath, lineOf, onDisk } from './lesson-on-disk.ts';
import { falseLines } from './line-mutations.ts';
import { openBench } from './real-bench.ts';

afterEach(clearDisk);

const path = `${lessonPath}/exercises/who-sleeps.yaml`;

const fact = `program: |
  import asyncio


  async def nap(name, seconds):
      await asyncio.sleep(seconds)
      return name
drive: |
  import asyncio

  both = asyncio.gather(program.nap("long", 0.1), program.nap("short", 0.01))
  observe("given", await both)
`;

const recall = `uid: ex_recall1
kind: recall
difficulty: easy
objective: wait
pool: review
title: Who sleeps
prompt: Explain what gather gives back.
${fact}answer:
  - Both sleep at once.
  - The results come in the order of the calls.
rubric:
  - id: order
    text: The results come in the order of the calls.
    holds: given == ["long", "short"]
  - id: both
    text: Nothing is left out.
    holds: len(given) == 2
  - id: why
    text: A sleep gives the loop away.
`;

function files(): Record<string, string> {
  const { [blanksPath]: _blanks, [choicePath]: _choice, [codePath]: _code, ...rest } = goodFiles();
  return { ...rest, [path]: recall };
}

describe('a file', () => {
  const rubric = recall.slice(recall.indexOf('rubric:'));
  const bare = rubric.replace(/ {4}holds:.*\n/g, '');

  test('of which nothing is wrong is read, paragraph by paragraph', async () => {
    const { lessons, findings } = await loadCatalogue([await onDisk(files())]);
    expect(findings).toEqual([]);
    expect(lessons[0]?.exercises[0]).toMatchObject({
      ...{ kind: 'recall', pool: 'review', hints: [], solution: [] },
      answer: ['Both sleep at once.', 'The results come in the order of the calls.'],
      rubric: [{ id: 'order' }, { id: 'both' }, { id: 'why', holds: null }],
    });
  });

  test.each<[string, string, string, string, RegExp, RegExp]>([
    ['for the Test', 'pool: review', 'pool: test', 'pool:', /`review`, `try`/, /test/],
    ['for a challenge', 'pool: review', 'pool: challenge', 'pool:', /`review`, `try`/, /challenge/],
    ['with hints', 'answer:', 'hints:\n  - One.\nanswer:', 'hints:', /only the fields/, /`hints`/],
    [
      'without a driven program',
      fact,
      fact.slice(0, fact.indexOf('drive:')),
      'program:',
      /`drive`/,
      /none/,
    ],
    [
      'with a drive and nothing to drive',
      fact,
      fact.slice(fact.indexOf('drive:')),
      'drive:',
      /`program`/,
      /none/,
    ],
    [
      'with a claim and nothing to run',
      fact,
      '',
      '    holds: given',
      /`program` whose run/,
      /none/,
    ],
    ['with a program and no claim', rubric, bare, 'rubric:', /one point with `holds`/, /none/],
    [
      'with one point',
      rubric,
      rubric.slice(0, rubric.indexOf('  - id: both')),
      'rubric:',
      /at least two/,
      /list/,
    ],
    [
      'with a point twice',
      'id: both',
      'id: order',
      '  - id: order\n    text: Nothing',
      /each point once/,
      /a second time/,
    ],
    [
      'with markup in its answer',
      'Both sleep at once',
      'Both **sleep**',
      '  - Both **',
      /plain text/,
      /markup/,
    ],
    [
      'with a letter in a point',
      'Nothing is left out.',
      'As answer B says.',
      '    text: As answer B',
      /named by what/,
      /letter/,
    ],
    [
      'with a mark in its program',
      'import asyncio\n\n\n  async',
      '<<1>>\n\n\n  async',
      'program:',
      /whole program/,
      /<<1>>/,
    ],
  ])('%s is refused at its line', async (_, from, to, at, expected, found) => {
    const broken = { ...files(), [path]: edit(recall, from, to) };
    const { findings } = await loadCatalogue([await onDisk(broken)]);
    const line = lineOf(broken[path], at.split('\n')[0]!);
    const [first, ...others] = findings;
    expect(first?.expected).toMatch(expected);
    expect(first?.found).toMatch(found);
    const isRepeated = at.includes('\n');
    if (!isRepeated) expect(first?.line).toBe(line);
    expect(others.every(({ file }) => file === path)).toBe(true);
  });
});

describe('its proof', () => {
  let bench: Awaited<ReturnType<typeof openBench>>;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench?.close());

  async function prove(changed: Record<string, string>) {
    const loaded = await loadCatalogue([await onDisk(changed)]);
    const proof = await proveCatalogue(loaded, { ...bench, keeper: null });
    const lesson = loaded.lessons[0]!;
    return { lesson, proof: proof.lessons[0]!, of: proof.lessons[0]!.exercises[0]! };
  }

  test('is one run, which bears out every point that says what it does', async () => {
    const { lesson, proof, of } = await prove(files());
    expect(of).toMatchObject({ status: 'proven', findings: [], runs: 1, possible: null });
    expect(of.answers.map(({ answer, observed }) => [answer[0], observed])).toEqual([
      ['order', 'right'],
      ['both', 'right'],
    ]);
    expect(of.answers[0]?.evidence.values).toEqual({ given: ['long', 'short'] });
    const lock = lockOf(proof, bench);
    expect(proofFromLock(lesson, lock).exercises[0]).toMatchObject({ status: 'proven' });
    const { rubric } = lesson.exercises[0] as RecallExercise;
    const more = {
      ...lesson.exercises[0],
      rubric: rubric.map((each) => ({ ...each, holds: '1' })),
    };
    const changed = { ...lesson, exercises: [more as RecallExercise] };
    expect(proofFromLock(changed, lock).exercises[0]).toMatchObject({ status: 'unproven' });
  });

  test.each<[string, string, string, string, RegExp]>([
    [
      'a point that does not hold',
      '["long", "short"]',
      '["short", "long"]',
      '    holds: given',
      /does not; .*long/,
    ],
    [
      'a point about what was not observed',
      'len(given)',
      'len(taken)',
      '    holds: len(taken)',
      /`taken`, which no run observed/,
    ],
    [
      'a point that cannot be evaluated',
      'len(given) == 2',
      'given + 2',
      '    holds: given + 2',
      /TypeError/,
    ],
    ['a program that fails', 'return name', 'return nam', '  observe("given"', /NameError/],
  ])('refutes %s, at its line', async (_, from, to, at, found) => {
    const changed = { ...files(), [path]: edit(recall, from, to) };
    const { of } = await prove(changed);
    expect(of.status).toBe('refuted');
    expect(of.findings[0]?.found).toMatch(found);
    expect(of.findings[0]?.line).toBe(lineOf(changed[path], at));
  });

  test('refutes every point that is turned round', async () => {
    const { lesson, of: sound } = await prove(files());
    const mutations = falseLines(lesson.exercises[0]!, recall, sound);
    expect(mutations).toHaveLength(2);
    for (const { text, line } of mutations) {
      const { of } = await prove({ ...files(), [path]: text });
      expect(of.findings.map((finding) => finding.line)).toEqual([line]);
      expect(of.answers.filter((each) => each.declared !== each.observed)).toHaveLength(1);
    }
  });

  test('says of what states no fact that nothing was run', async () => {
    const text = recall.replace(fact, '').replace(/ {4}holds:.*\n/g, '');
    const { lesson, proof, of } = await prove({ ...files(), [path]: text });
    expect(of).toMatchObject({ status: 'proven', runs: 0, answers: [], findings: [] });
    const lock = lockOf(proof, bench);
    expect(proofFromLock(lesson, lock).exercises[0]).toMatchObject({ status: 'proven' });
  });
});
