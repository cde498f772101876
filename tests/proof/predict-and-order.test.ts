import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { toAnswer, toArrangement } from '../../src/lib/domain/arrangement.ts';
import type { Lesson, OrderExercise } from '../../src/lib/domain/exercise.ts';
import { lookUp } from '../../src/lib/domain/look-up.ts';
import { offeredOutputs } from '../../src/lib/domain/outputs.ts';
import type { ExerciseProof, LessonProof } from '../../src/lib/domain/proof.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { judgeAnswer } from '../../src/lib/server/proof/judge-answer.ts';
import { proofFromLock } from '../../src/lib/server/proof/proof-from-lock.ts';
import { lockOf } from '../../src/lib/server/proof/proof-lock.ts';
import { proveCatalogue } from '../../src/lib/server/proof/prove-catalogue.ts';
import { clearDisk, edit, lineOf, onDisk } from './lesson-on-disk.ts';
import { falseLines } from './line-mutations.ts';
import { linesFiles, orderPath, predictPath, shortPath, typedPath } from './lines-on-disk.ts';
import { memoryKeeper, openBench } from './real-bench.ts';

let bench: Awaited<ReturnType<typeof openBench>>;
const keeper = memoryKeeper();

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.close());
afterEach(clearDisk);

async function proveFiles(
  files: Record<string, string>,
): Promise<{ lesson: Lesson; proof: LessonProof }> {
  const loaded = await loadCatalogue([await onDisk(files)]);
  const proof = await proveCatalogue(loaded, { ...bench, keeper });
  return { lesson: loaded.lessons[0]!, proof: proof.lessons[0]! };
}

function proofOf({ exercises }: LessonProof, uid: string): ExerciseProof {
  return exercises.find((each) => each.uid === uid)!;
}

/** The lines of the exercise in `shortPath`, or in `orderPath`, by their text. */
function answerOf(exercise: OrderExercise, ...lines: string[]): string[] {
  const waiting = [...exercise.lines, ...exercise.distractors];
  return lines.map((line) => {
    const text = line.trimStart();
    const found = waiting.findIndex((each) => each.text === text);
    return `${(line.length - text.length) / 4}:${waiting.splice(found, 1)[0]!.id}`;
  });
}

describe('of what nothing is wrong', () => {
  let lesson: Lesson;
  let proof: LessonProof;
  beforeAll(async () => ({ lesson, proof } = await proveFiles(linesFiles())));

  const exerciseOf = <K extends string>(uid: string, kind: K) => {
    const found = lesson.exercises.find((each) => each.uid === uid)!;
    if (found.kind !== (kind as string)) throw new Error(`${uid} is a ${found.kind}`);
    return found as Extract<typeof found, { kind: K }>;
  };

  test('everything is proven', () => {
    for (const { id, status, findings } of proof.exercises) {
      expect({ id, status, findings }).toEqual({ id, status: 'proven', findings: [] });
    }
  });

  test('the output of a program is the key, found by three runs', () => {
    const exercise = exerciseOf('ex_predict1', 'predict');
    const found = proofOf(proof, 'ex_predict1');
    expect(found).toMatchObject({ runs: 3, possible: null });
    const right = found.answers.filter(({ observed }) => observed === 'right');
    expect(right.map(({ evidence }) => evidence.stdout)).toEqual(['quick\nslow\n']);
    expect(offeredOutputs(exercise, found).map(({ output }) => output)).toEqual(
      expect.arrayContaining(['quick\nslow', 'slow\nquick', 'quick']),
    );
    for (const { id, output } of offeredOutputs(exercise, found)) {
      const verdict = output === 'quick\nslow' ? 'right' : 'wrong';
      expect(lookUp(exercise, found, [id])?.observed).toBe(verdict);
    }
  });

  test('an output that is typed is held against what the drive made the program print', () => {
    const exercise = exerciseOf('ex_predict2', 'predict');
    const found = proofOf(proof, 'ex_predict2');
    expect(lookUp(exercise, found, ['418 no  \r\n'])?.observed).toBe('right');
    expect(lookUp(exercise, found, ['200 no'])?.observed).toBe('wrong');
    expect(lookUp(exercise, found, ['418 yes'])?.observed).toBe('wrong');
  });

  test('all orders of a short exercise are run', () => {
    const exercise = exerciseOf('ex_order02', 'order');
    const found = proofOf(proof, 'ex_order02');
    // The loop first: two lines after it, in either order, the second of them in the loop or not: 4.
    // The loop second: either line before it, the other one in it: 2. It cannot be the last.
    expect(found).toMatchObject({ possible: null, runs: 6 });
    const right = found.answers.filter(({ observed }) => observed === 'right');
    expect(right.map(({ answer }) => answer)).toEqual([toAnswer(exercise.orders[0]!)]);
    const early = answerOf(exercise, 'for price in prices:', '    total = 0', '    total += price');
    expect(lookUp(exercise, found, early)?.observed).toBe('wrong');
    const deep = answerOf(exercise, 'total = 0', 'for price in prices:', 'total += price');
    expect(lookUp(exercise, found, deep)).toBeUndefined();
  });

  test('of a long one 128 are run, and one that works is right though nobody declared it', () => {
    const exercise = exerciseOf('ex_order01', 'order');
    const found = proofOf(proof, 'ex_order01');
    expect(found.answers).toHaveLength(128);
    expect(found.runs).toBe(128);
    expect(found.possible).toBeGreaterThan(1000);
    const loop = ['for price in prices:', '    total += price', '    count += 1'];
    const other = answerOf(exercise, 'count = 0', 'total = 0', ...loop, 'return total, count');
    expect(exercise.orders.map(toAnswer)).not.toContainEqual(other);
    expect(lookUp(exercise, found, other)).toMatchObject({ observed: 'right', declared: 'right' });
    for (const { answer, observed } of found.answers) {
      expect(toArrangement(exercise, answer)).not.toBeNull();
      const isDeclared = exercise.orders.some((order) => `${toAnswer(order)}` === `${answer}`);
      if (isDeclared) expect(observed).toBe('right');
    }
  });

  async function judged(exercise: OrderExercise, answer: string[]) {
    const { keeper: _, ...parts } = bench;
    const result = await judgeAnswer(exercise, lesson, answer, { ...parts, owner: 'learner' }, 7);
    if (result.kind !== 'judged') throw new Error(JSON.stringify(result));
    return result.judged;
  }

  test('an order that was not run in the proof is run when it is given', async () => {
    const exercise = exerciseOf('ex_order01', 'order');
    const found = proofOf(proof, 'ex_order01');
    const unseen = answerOf(
      exercise,
      ...['count = 0', 'for price in prices:', '    total += price', '    total = 0'],
      ...['return count, total', 'count += price'],
    );
    expect(lookUp(exercise, found, unseen)).toBeUndefined();
    expect(await judged(exercise, unseen)).toMatchObject({
      ...{ verdict: 'wrong', failed: 'own', says: null, runs: 1, versions: found.versions },
      evidence: { error: { type: 'UnboundLocalError', place: 'drive' } },
    });
  });

  test('an order is judged as it was in the proof', async () => {
    const exercise = exerciseOf('ex_order02', 'order');
    for (const { answer, observed, evidence } of proofOf(proof, 'ex_order02').answers) {
      const { verdict, ...rest } = await judged(exercise, answer);
      expect(verdict).toBe(observed);
      expect(rest).toMatchObject({ evidence, failed: verdict === 'right' ? null : 'own' });
    }
  });

  test('of lines that cannot be indented so, Python says what is wrong', async () => {
    const exercise = exerciseOf('ex_order02', 'order');
    const flat = answerOf(exercise, 'total = 0', 'for price in prices:', 'total += price');
    const { verdict, evidence } = await judged(exercise, flat);
    expect(verdict).toBe('wrong');
    expect(evidence.error).toMatchObject({ type: 'IndentationError', line: 4, place: 'load' });
    expect(evidence.error?.message).toMatch(/expected an indented block after 'for' statement/);
  });

  test('what is no order of the lines is never run', async () => {
    const exercise = exerciseOf('ex_order02', 'order');
    const { keeper: _, ...parts } = bench;
    const result = await judgeAnswer(exercise, lesson, ['0:x'], { ...parts, owner: 'l' }, 7);
    expect(result.kind).toBe('trouble');
  });

  test('a lock gives the same proof without a run, and no proof of another version', async () => {
    const lock = lockOf(proof, { runtime: bench.runtime, harness: bench.harness });
    const read = proofFromLock(lesson, lock).exercises;
    for (const each of read) {
      const { answers, status, possible, runs } = proofOf(proof, each.uid);
      const byAnswer = new Map(answers.map((answer) => [`${answer.answer}`, answer.observed]));
      expect({ ...each, answers: each.answers.length }).toMatchObject({
        ...{ status, possible, runs, answers: answers.length },
      });
      for (const { answer, observed } of each.answers) {
        expect(observed).toBe(byAnswer.get(`${answer}`));
      }
    }
    for (const [path, from, to] of [
      [predictPath, 'output: quick', 'output: slow'],
      [typedPath, 'status=418', 'status=419'],
      [orderPath, 'line: count += price', 'line: count -= price'],
      [shortPath, 'assert result == 3', 'assert result > 2'],
    ] as const) {
      const files = linesFiles();
      files[path] = edit(files[path]!, from, to);
      const { lessons } = await loadCatalogue([await onDisk(files)]);
      const stale = proofFromLock(lessons[0]!, lock).exercises;
      expect(stale.filter(({ status }) => status === 'unproven')).toHaveLength(1);
    }
  });

  test.each(['ex_predict1', 'ex_order01'])(
    'a lock in which an answer of %s is another proves nothing of it',
    (uid) => {
      const made = { runtime: bench.runtime, harness: bench.harness };
      const isProven = (lock: ReturnType<typeof lockOf>) =>
        proofFromLock(lesson, lock).exercises.find((each) => each.uid === uid)!.status === 'proven';
      expect(isProven(lockOf(proof, made))).toBe(true);
      const count = proofOf(proof, uid).answers.length;
      for (let at = 0; at < count; at += Math.ceil(count / 8)) {
        const turned = structuredClone(lockOf(proof, made));
        const answers = turned.exercises.find((each) => each.uid === uid)!.answers;
        answers[at]!.observed = answers[at]!.observed === 'right' ? 'wrong' : 'right';
        expect(isProven(turned)).toBe(false);
        answers.splice(at, 1);
        expect(isProven(turned)).toBe(false);
      }
    },
  );
});

/** Faults that only running finds; each in the good lesson, whose other exercises hold. */
const broken: {
  what: string;
  path: string;
  from: string;
  to: string;
  at: string;
  found: RegExp;
}[] = [
  {
    what: 'a wrong output that is the real one',
    path: predictPath,
    from: '  - output: |\n      slow\n      quick\n',
    to: '  - output: |\n      quick\n      slow\n',
    at: '  - output: |',
    found: /exactly what it printed: "quick\\nslow"/,
  },
  {
    what: 'a program to foretell that prints something else than it did',
    path: predictPath,
    from: 'say("slow", 0.2), say("quick", 0.01)',
    to: 'say("quick", 0.2)',
    at: '  - output: quick',
    found: /exactly what it printed/,
  },
  {
    what: 'a program to foretell that ends in an error',
    path: predictPath,
    from: 'print(word)',
    to: 'print(words)',
    at: 'print(words)',
    found: /NameError.*words/,
  },
  {
    what: 'a program to foretell that prints chance',
    path: predictPath,
    from: 'print(word)',
    to: 'print(word, __import__("time").perf_counter_ns())',
    at: 'program:',
    found: /first "quick \d+.*, then "quick \d+/,
  },
  {
    what: 'a program to foretell that prints an address',
    path: predictPath,
    from: 'print(word)',
    to: 'print(word, object())',
    at: 'program:',
    found: /quick <object object at 0x\.\.\.>.*address taken out|then "quick <object/,
  },
  {
    what: 'a program to foretell that prints nothing',
    path: predictPath,
    from: 'print(word)',
    to: 'print("  ")',
    at: 'program:',
    found: /nothing was printed/,
  },
  {
    what: 'a program to foretell that never ends',
    path: predictPath,
    from: 'print(word)',
    to: 'await asyncio.Event().wait()',
    at: 'program:',
    found: /stopped at its time limit/,
  },
  {
    what: 'a drive of a foretold program that is broken',
    path: typedPath,
    from: 'print(response.status, response.text)',
    to: 'print(response.satus)',
    at: 'print(response.satus)',
    found: /AttributeError.*satus/,
  },
  {
    what: 'a distractor that does no harm',
    path: orderPath,
    from: '  - line: count += price',
    to: '  - line: count = count + 1',
    at: '  - line: count = count + 1',
    found: /^`.*count = count \+ 1.*` did; observed: /,
  },
  {
    what: 'another order that is declared right and is not',
    path: orderPath,
    from: '    count = 0\n    total = 0\n    for price in prices:\n        count += 1',
    to: '    count = 0\n    for price in prices:\n        total = 0\n        count += 1',
    at: '  - |',
    found: /UnboundLocalError|AssertionError/,
  },
  {
    what: 'an expectation that no order satisfies',
    path: shortPath,
    from: 'assert result == 3',
    to: 'assert result == 4',
    at: 'expect:',
    found:
      /none of \d+ answers did; with `total = 0 \/ for price in prices: \/ {5}total \+= price`/,
  },
];

describe('a fault in a program to foretell or in lines to order', () => {
  test.each(broken)('$what is refuted at its line, and nothing else is', async (each) => {
    const files = linesFiles();
    files[each.path] = edit(files[each.path]!, each.from, each.to);
    const { proof } = await proveFiles(files);
    const findings = proof.exercises.flatMap((exercise) => exercise.findings);
    expect(findings.map(({ found }) => found)).toEqual([expect.stringMatching(each.found)]);
    const line = lineOf(files[each.path]!, each.at);
    expect(findings[0]).toMatchObject({ file: each.path, line });
    const refuted = proof.exercises.filter(({ status }) => status === 'refuted');
    expect(refuted).toHaveLength(1);
  });

  test('lines that may stand in any order are refuted, for nothing could be wrong', async () => {
    const files = linesFiles();
    files[shortPath] = edit(
      files[shortPath]!,
      '  total = 0\n  for price in prices:\n      total += price',
      '  total = 3\n  price = 0',
    );
    const { proof } = await proveFiles(files);
    const { findings } = proofOf(proof, 'ex_order02');
    expect(findings.map(({ found }) => found)).toEqual(['all 2 answers satisfied it']);
    expect(findings[0]!.line).toBe(lineOf(files[shortPath], 'expect:'));
  });

  test('every key turned round is refuted at its line', async () => {
    const files = linesFiles();
    const good = await proveFiles(files);
    let turned = 0;
    for (const exercise of good.lesson.exercises) {
      const { file } = exercise.places['']!;
      const own = proofOf(good.proof, exercise.uid);
      for (const { what, text, line } of falseLines(exercise, files[file]!, own)) {
        const { proof } = await proveFiles({ ...files, [file]: text });
        const { status, findings, answers } = proofOf(proof, exercise.uid);
        const at = findings.map((finding) => `${finding.file}:${finding.line}`);
        expect({ what, status, at }).toEqual({ what, status: 'refuted', at: [`${file}:${line}`] });
        expect(answers.some(({ declared, observed }) => declared !== observed)).toBe(true);
        turned++;
      }
    }
    // Two wrong outputs and one; three swaps of the long order, and the only one of the short.
    expect(turned).toBe(2 + 1 + 3 + 1);
  });

  test('any two lines swapped are refuted, but for those whose order makes no difference', async () => {
    const good = linesFiles()[shortPath]!;
    const block = '  total = 0\n  for price in prices:\n      total += price\n';
    const lines = ['total = 0', 'factor = 1', 'for price in prices:', 'total += price * factor'];
    const became: Record<string, string> = {};
    for (const [left, right] of [
      ...[
        [0, 1],
        [0, 2],
        [0, 3],
        [1, 2],
        [1, 3],
        [2, 3],
      ],
    ] as [number, number][]) {
      const swapped = lines.with(left, lines[right]!).with(right, lines[left]!);
      const text = swapped.map((line, at) => `  ${at === 3 ? '    ' : ''}${line}\n`).join('');
      const files = { ...linesFiles(), [shortPath]: edit(good, block, text) };
      const { status, answers, findings } = proofOf((await proveFiles(files)).proof, 'ex_order02');
      const first = lineOf(files[shortPath], 'lines:');
      const at = new Set(findings.map(({ line }) => line - first));
      // Lines that cannot be indented so are refused at their own line; others are run, and fail.
      const ran = answers.length > 0 ? `ran, ${answers[0]!.observed}` : 'refused';
      became[`${left} ${right}`] = [status, ran, ...at].join(', ');
    }
    expect(became).toEqual({
      '0 1': 'proven, ran, right',
      '0 2': 'refuted, refused, 2, 4',
      '0 3': 'refuted, ran, wrong, 0',
      '1 2': 'refuted, refused, 3, 4',
      '1 3': 'refuted, ran, wrong, 0',
      '2 3': 'refuted, refused, 4',
    });
  });
});
