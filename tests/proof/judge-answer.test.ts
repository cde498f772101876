import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { answerOf } from '../../src/lib/domain/code-answer.ts';
import type { CodeExercise, Exercise, Lesson } from '../../src/lib/domain/exercise.ts';
import type { JudgedAnswer } from '../../src/lib/domain/proof.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { judgeAnswer, type JudgeBench } from '../../src/lib/server/proof/judge-answer.ts';
import type { Asker, RunRequest } from '../../src/lib/server/sandbox/port.ts';
import { codeFiles } from './code-lesson-on-disk.ts';
import { clearDisk, onDisk } from './lesson-on-disk.ts';
import { openBench, type RealBench } from './real-bench.ts';

let real: RealBench;
let bench: JudgeBench;
let lesson: Lesson;

beforeAll(async () => {
  real = await openBench();
  const { sandbox, runtime, harness, tier, limits, now } = real;
  bench = { sandbox, runtime, harness, tier, limits, now, owner: 'ada' };
  lesson = (await loadCatalogue([await onDisk(codeFiles())])).lessons[0]!;
});

afterAll(async () => {
  await real?.close();
});

afterEach(clearDisk);

function exercise(id: string): CodeExercise {
  const found = lesson.exercises.find((each: Exercise) => each.id === id);
  return found as CodeExercise;
}

/** Changes of an exercise's start, or the whole program. */
async function judge(id: string, files: Record<string, string>, seed = 7): Promise<JudgedAnswer> {
  const asked = exercise(id);
  const answer = answerOf({ ...asked.start, ...files });
  const result = await judgeAnswer(asked, lesson, answer, bench, seed);
  if (result.kind !== 'judged') throw new Error(JSON.stringify(result));
  return result.judged;
}

const page = (line: string) =>
  `import asyncio\n\nfrom django.http import JsonResponse\n\nfrom sources import ask\n\n\nasync def page(request):\n    ${line}\n    return JsonResponse({"answers": answers})\n`;

describe('an answer that nobody has run before', () => {
  test('is right when it does what is asked for, however it is written', async () => {
    const line = 'answers = list(await asyncio.gather(*map(ask, ["news", "rates", "sport"])))';
    expect(await judge('at-once', { 'program.py': page(line) })).toMatchObject({
      ...{ verdict: 'right', failed: null, unmet: null, says: null, runs: 1 },
      evidence: { outcome: 'finished', values: { at_once: 3, status: 200 } },
      versions: real.runtime.versions,
    });
  });

  test('is told by the mistake that it is like, and what the author says of what did not hold', async () => {
    const line = 'answers = [*await asyncio.gather(ask("news"), ask("rates")), await ask("sport")]';
    expect(await judge('at-once', { 'program.py': page(line) })).toMatchObject({
      ...{ verdict: 'wrong', failed: 'own' },
      unmet: 'All three sources should be asked at once.',
      says: 'Two sources were asked, and not three.',
    });
  });

  test('is told by the error that a mistake ends in', async () => {
    const line = 'answers = asyncio.gather(*map(ask, ["news", "rates", "sport"]))';
    expect(await judge('at-once', { 'program.py': page(line) })).toMatchObject({
      ...{ verdict: 'wrong', unmet: 'The page should answer with status 200.' },
      says: expect.stringContaining('Without `await`') as string,
      evidence: { error: { type: 'TypeError', place: 'view' } },
    });
  });

  test('is told nothing of an assertion that its author wrote no sentence for', async () => {
    const line = 'answers = await asyncio.gather(*map(ask, ["news", "rates", "spor"]))';
    expect(await judge('at-once', { 'program.py': page(line) })).toMatchObject({
      ...{ verdict: 'wrong', unmet: null, says: null },
    });
  });

  test('that cannot be read is wrong, with its line', async () => {
    expect(await judge('at-once', { 'program.py': page('answers = = 1') })).toMatchObject({
      ...{ verdict: 'wrong', unmet: null, says: null },
      evidence: { outcome: 'error', error: { type: 'SyntaxError', line: 9, place: 'load' } },
    });
  });

  test('that never ends is wrong', { timeout: 60_000 }, async () => {
    const judged = await judge('longest', { 'program.py': 'while True:\n    pass\n' });
    expect(judged.verdict).toBe('wrong');
    // Which of the two comes first is the host's.
    expect(['cpu-limit', 'time-limit']).toContain(judged.evidence.outcome);
  });

  test('may have its say on what was observed, and no more', async () => {
    const hostile =
      'import sys\n\n\ndef longest(words):\n    import __main__\n    return "a"\n\n\nreference = found = None\nassert True\nsys.stdout.write("right")\n';
    expect(await judge('longest', { 'program.py': hostile })).toMatchObject({ verdict: 'wrong' });
  });
});

describe('inputs', () => {
  test('are others with another seed, and the reference is held against the same ones', async () => {
    const right =
      'def longest(words):\n    best = ""\n    for word in words:\n        if len(word) > len(best):\n            best = word\n    return best\n';
    const [one, two, again] = await Promise.all(
      [1, 2, 1].map((seed) => judge('longest', { 'program.py': right }, seed)),
    );
    expect([one, two].map((each) => each?.verdict)).toEqual(['right', 'right']);
    expect(one!.evidence.values).toEqual(again!.evidence.values);
    expect(one!.evidence.values).not.toEqual(two!.evidence.values);
  });

  test('cannot be foretold by a program that knows how they are made', async () => {
    const made = exercise('longest').inputs!.replace('observe("inputs", ', 'foretold = (');
    const program = `${made}\nnumber = -1\n\n\ndef longest(words):\n    global number\n    number += 1\n    return max(foretold[number], key=len)\n`;
    for (const seed of [11, 12, 13]) {
      expect(await judge('longest', { 'program.py': program }, seed)).toMatchObject({
        verdict: 'wrong',
      });
    }
  });

  test('say how many were right, in the words of the author', async () => {
    const { unmet, says } = await judge('longest', {
      'program.py': 'def longest(words):\n    return max(words, key=lambda word: word)\n',
    });
    expect(unmet).toMatch(/^\d of 10 were right\.$/);
    expect(says).toMatch(/by the alphabet/);
  });
});

describe('a step of a project', () => {
  test('is judged by all of its files, with those that are given', async () => {
    const { answer } = exercise('greet');
    expect(await judge('greet', { 'pages.py': answer['pages.py']! })).toMatchObject({
      ...{ verdict: 'wrong', unmet: 'The page should greet ada.' },
      says: 'A function without `return` gives `None`.',
    });
    expect(await judge('greet', answer)).toMatchObject({ verdict: 'right' });
  });

  test('is wrong when it breaks what an earlier step has built, and says which', async () => {
    const { answer } = exercise('many');
    const pages = answer['pages.py']!.replace('greeting(everyone()[0])', '"Hi"');
    expect(await judge('many', { ...answer, 'pages.py': pages })).toMatchObject({
      ...{ verdict: 'wrong', failed: 'greet', unmet: 'The page should greet ada.', runs: 2 },
    });
  });
});

describe('the host', () => {
  const withRun = (run: (request: RunRequest, asker?: Asker) => Promise<unknown>): JudgeBench => ({
    ...bench,
    sandbox: { judge: real.sandbox.judge.bind(real.sandbox), run: run as typeof real.sandbox.run },
  });
  const ask = (tools: JudgeBench) => {
    const { answer } = exercise('longest');
    return judgeAnswer(exercise('longest'), lesson, answerOf(answer), tools, 7);
  };

  test('is asked in the name of the learner, and keeps nothing', async () => {
    const owners: (string | undefined)[] = [];
    const tools = withRun((request, asker) => {
      owners.push(asker?.owner);
      return real.sandbox.run(request, asker);
    });
    expect(await ask(tools)).toMatchObject({ kind: 'judged' });
    expect(owners).toEqual(['ada', 'ada', 'ada']);
    expect(tools).not.toHaveProperty('keeper');
  });

  test('that is busy says when to come again', async () => {
    const busy = { outcome: 'busy', error: null, stdout: '', retryAfterSeconds: 3 };
    const result = await ask(withRun(() => Promise.resolve({ ...busy, observations: null })));
    expect(result).toEqual({ kind: 'busy', retryAfterSeconds: 3 });
  });

  test('that is in trouble says so, and judges nothing', async () => {
    const result = await ask(withRun(() => Promise.reject(new Error('no room'))));
    expect(result).toEqual({
      kind: 'trouble',
      problem: expect.stringContaining('no room') as string,
    });
  });
});
