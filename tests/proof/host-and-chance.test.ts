import { afterEach, describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/lib/domain/exercise.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import type { ProofKeeper } from '../../src/lib/server/proof/proof-keeper.ts';
import { proveLesson, type ProofDeps } from '../../src/lib/server/proof/prove-catalogue.ts';
import { clearDisk, goodFiles, onDisk } from './lesson-on-disk.ts';
import { scriptedSandbox, type Scripted, type ScriptedSandbox } from './scripted-sandbox.ts';

afterEach(clearDisk);

/** The good catalogue's lesson with one of its exercises only. */
async function lessonWith(uid: string): Promise<Lesson> {
  const { lessons } = await loadCatalogue([await onDisk(goodFiles())]);
  const lesson = lessons[0]!;
  return { ...lesson, exercises: lesson.exercises.filter((each) => each.uid === uid) };
}

function depsWith(sandbox: ScriptedSandbox, keeper: ProofKeeper | null = null): ProofDeps {
  return {
    sandbox,
    keeper,
    runtime: { name: 'django-5.2', versions: { django: '5.2' } },
    ...{ harness: 'h', tier: 'full', limits: {}, now: () => '2026-01-02T03:04:05.000Z' },
  };
}

function memoryKeeper(): ProofKeeper & { kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    find: async (key) => structuredClone(kept.get(key) ?? null),
    keep: async (key, record) => void kept.set(key, structuredClone(record)),
  };
}

/** Right where `aget` stands. */
const sound = (request: { program: string }): Scripted => ({
  values: { body: request.program.includes('.aget(') ? 'right' : 'wrong' },
});
const isRight = (_: unknown, values: Record<string, unknown>) => values['body'] === 'right';

/** A right filling that goes wrong as the script says; the others are simply wrong. */
const onlyRight =
  (script: (before: number) => Scripted) =>
  (request: { program: string }, before: number): Scripted =>
    request.program.includes('.aget(') ? script(before) : sound(request);

describe('trouble of the host', () => {
  test.each(['busy', 'infrastructure'] as const)(
    'that lasts (%s) leaves the exercise unproven, and never refutes it',
    async (outcome) => {
      const sandbox = scriptedSandbox(
        onlyRight(() => ({ outcome })),
        isRight,
      );
      const proof = await proveLesson(await lessonWith('ex_blanks1'), depsWith(sandbox));
      expect(proof.exercises[0]!.status).toBe('unproven');
      expect(proof.exercises[0]!.findings).toHaveLength(1);
      expect(proof.exercises[0]!.findings[0]!.fix).toMatch(/says nothing of the exercise/);
    },
  );

  test('that passes is met by one more try', async () => {
    const script = onlyRight((before) =>
      before === 0 ? { outcome: 'busy' } : { values: { body: 'right' } },
    );
    const sandbox = scriptedSandbox(script, isRight);
    const proof = await proveLesson(await lessonWith('ex_blanks1'), depsWith(sandbox));
    expect(proof.exercises[0]!.status).toBe('proven');
  });

  test('in judging leaves the exercise unproven', async () => {
    const sandbox = scriptedSandbox(sound, () => null);
    const proof = await proveLesson(await lessonWith('ex_blanks1'), depsWith(sandbox));
    expect(proof.exercises[0]!.status).toBe('unproven');
  });

  test('a sandbox that throws is the host, not the exercise', async () => {
    const sandbox = scriptedSandbox(() => {
      throw new Error('the jail is gone');
    }, isRight);
    const proof = await proveLesson(await lessonWith('ex_choice1'), depsWith(sandbox));
    expect(proof.exercises[0]!.status).toBe('unproven');
    expect(proof.exercises[0]!.findings[0]!.found).toMatch(/the jail is gone/);
  });

  test('a right answer stopped by the clock once gets a second run, a wrong one does not', async () => {
    const sandbox = scriptedSandbox((request, before) => {
      if (request.program.includes('.filter(')) return { outcome: 'time-limit' };
      return onlyRight(() =>
        before === 0 ? { outcome: 'time-limit' } : { values: { body: 'right' } },
      )(request, before);
    }, isRight);
    const proof = await proveLesson(await lessonWith('ex_blanks1'), depsWith(sandbox));
    expect(proof.exercises[0]!.status).toBe('proven');
    expect(sandbox.asked).toHaveLength(4);
  });
});

describe('rows that the clock stopped', () => {
  const stopped: Scripted = {
    outcome: 'time-limit',
    error: { type: 'FixtureRows', message: 'stopped', line: null, place: 'load', frames: [] },
  };

  test('leave every exercise unproven, at the rows, and are not made for each program again', async () => {
    const sandbox = scriptedSandbox(() => stopped, isRight);
    const { lessons } = await loadCatalogue([await onDisk(goodFiles())]);
    const deps = { ...depsWith(sandbox), atOnce: 1 };
    const { exercises } = await proveLesson(lessons[0]!, deps);
    expect(exercises.map(({ status }) => status)).toEqual(Array(3).fill('unproven'));
    expect(exercises.flatMap(({ findings }) => findings)).toEqual(
      Array(3).fill(
        expect.objectContaining({
          file: expect.stringMatching(/fixture\/rows\.py$/) as string,
          line: 1,
          found: 'stopped',
          fix: expect.stringMatching(/fewer rows/) as string,
        }),
      ),
    );
    expect(sandbox.asked).toHaveLength(2);
  });

  test('are made once more, also for an answer that is not right', async () => {
    const sandbox = scriptedSandbox(
      (request, before) => (before === 0 ? stopped : sound(request)),
      isRight,
    );
    const proof = await proveLesson(await lessonWith('ex_blanks1'), depsWith(sandbox));
    expect(proof.exercises[0]!.status).toBe('proven');
    expect(sandbox.asked).toHaveLength(6);
  });

  test('are tried afresh by the next proof', async () => {
    const lesson = await lessonWith('ex_blanks1');
    const keeper = memoryKeeper();
    await proveLesson(
      lesson,
      depsWith(
        scriptedSandbox(() => stopped, isRight),
        keeper,
      ),
    );
    expect(keeper.kept.size).toBe(0);
    const well = depsWith(scriptedSandbox(sound, isRight), keeper);
    expect((await proveLesson(lesson, well)).exercises[0]!.status).toBe('proven');
  });
});

describe('chance', () => {
  const claims = (sometimes: (before: number) => number): ScriptedSandbox =>
    scriptedSandbox(
      (_, before) => ({ open: 3, values: { most: sometimes(before) } }),
      ({ source }, values) => Number(source.at(-1)) === values['most'],
    );

  test('a run whose requests overlap is made three times, and any other once', async () => {
    const overlapping = claims(() => 3);
    const proof = await proveLesson(await lessonWith('ex_choice1'), depsWith(overlapping));
    expect(proof.exercises[0]).toMatchObject({ status: 'proven', runs: 3 });
    const single = scriptedSandbox(sound, isRight);
    const other = await proveLesson(await lessonWith('ex_blanks1'), depsWith(single));
    expect(other.exercises[0]).toMatchObject({ status: 'proven', runs: 3 });
    expect(single.asked).toHaveLength(3);
  });

  test('repetitions that disagree refute, with a finding that says so', async () => {
    const sandbox = claims((before) => (before === 2 ? 1 : 3));
    const proof = await proveLesson(await lessonWith('ex_choice1'), depsWith(sandbox));
    expect(proof.exercises[0]!.status).toBe('refuted');
    expect(proof.exercises[0]!.findings.map((finding) => finding.found)).toEqual([
      'not the same each time: it held in 2 of 3 runs',
      'not the same each time: it held in 1 of 3 runs',
    ]);
  });

  test('runs that disagree are not kept, so no lucky pass is ever taken from the store', async () => {
    const keeper = memoryKeeper();
    const lesson = await lessonWith('ex_choice1');
    await proveLesson(
      lesson,
      depsWith(
        claims((before) => (before === 2 ? 1 : 3)),
        keeper,
      ),
    );
    expect(keeper.kept.size).toBe(0);
  });

  test('what differs between repetitions is no evidence', async () => {
    const sandbox = scriptedSandbox(
      (_, before) => ({ open: 3, values: { most: 3, took: before } }),
      ({ source }, values) => Number(source.at(-1)) === values['most'],
    );
    const proof = await proveLesson(await lessonWith('ex_choice1'), depsWith(sandbox));
    expect(proof.exercises[0]!.answers[0]!.evidence.values).toEqual({ most: 3, open: 3 });
  });
});

describe('what was kept', () => {
  test('an exercise proven before on the same software is not run again', async () => {
    const keeper = memoryKeeper();
    const lesson = await lessonWith('ex_blanks1');
    const first = await proveLesson(lesson, depsWith(scriptedSandbox(sound, isRight), keeper));
    const idle = scriptedSandbox(sound, isRight);
    const second = await proveLesson(lesson, depsWith(idle, keeper));
    expect(idle.asked).toHaveLength(0);
    expect(second).toEqual(first);
  });

  test.each<[string, Partial<ProofDeps>]>([
    ['another patch version', { runtime: { name: 'django-5.2', versions: { django: '5.2.1' } } }],
    ['another harness', { harness: 'other' }],
    ['another tier', { tier: 'other' }],
    ['other limits', { limits: { wallMs: 9 } }],
  ])('%s runs it again', async (_, change) => {
    const keeper = memoryKeeper();
    const lesson = await lessonWith('ex_blanks1');
    await proveLesson(lesson, depsWith(scriptedSandbox(sound, isRight), keeper));
    const again = scriptedSandbox(sound, isRight);
    await proveLesson(lesson, { ...depsWith(again, keeper), ...change });
    expect(again.asked).toHaveLength(3);
  });

  test('a new expectation is judged on the runs that are there', async () => {
    const keeper = memoryKeeper();
    const lesson = await lessonWith('ex_blanks1');
    await proveLesson(lesson, depsWith(scriptedSandbox(sound, isRight), keeper));
    const exercises = lesson.exercises.map((each) => ({
      ...each,
      expect: 'assert True\n',
      contentVersion: 'ffff',
    }));
    const idle = scriptedSandbox(sound, () => true);
    const proof = await proveLesson({ ...lesson, exercises }, depsWith(idle, keeper));
    expect(idle.asked).toHaveLength(0);
    expect(proof.exercises[0]!.status).toBe('refuted');
    expect(proof.exercises[0]!.findings[0]!.found).toBe('all 3 answers satisfied it');
  });

  test('a refuted exercise is not kept, but run again', async () => {
    const keeper = memoryKeeper();
    const lesson = await lessonWith('ex_blanks1');
    const wrong = scriptedSandbox(
      onlyRight(() => ({ outcome: 'time-limit' })),
      isRight,
    );
    const first = await proveLesson(lesson, depsWith(wrong, keeper));
    expect(first.exercises[0]!.status).toBe('refuted');
    const right = scriptedSandbox(sound, isRight);
    const second = await proveLesson(lesson, depsWith(right, keeper));
    expect(second.exercises[0]!.status).toBe('proven');
    // The two wrong fillings were kept; the one that the clock stopped was not.
    expect(right.asked).toHaveLength(1);
  });

  test('a keeper that cannot write costs nothing but time', async () => {
    const keeper: ProofKeeper = {
      find: async () => null,
      keep: async () => Promise.reject(new Error('disk full')),
    };
    const sandbox = scriptedSandbox(sound, isRight);
    const proof = await proveLesson(await lessonWith('ex_blanks1'), depsWith(sandbox, keeper));
    expect(proof.exercises[0]!.status).toBe('proven');
  });
});

test('progress counts every program once and ends at the total', async () => {
  const steps: string[] = [];
  const deps = depsWith(scriptedSandbox(sound, isRight));
  deps.onProgress = ({ done, total, exercise }) => steps.push(`${exercise} ${done}/${total}`);
  await proveLesson(await lessonWith('ex_blanks1'), deps);
  expect(steps).toEqual(['read-one 1/3', 'read-one 2/3', 'read-one 3/3']);
});
