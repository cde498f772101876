/** What recordings must hold of what an author says, by recordings that are made up; kept, locked, and served. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serveProven } from '../../src/lib/domain/catalogue.ts';
import { hasMode } from '../../src/lib/domain/lesson-modes.ts';
import type { Recording, RecordedStep } from '../../src/lib/domain/recording.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { checkLocks } from '../../src/lib/server/proof/check-locks.ts';
import { FileProofKeeper } from '../../src/lib/server/proof/proof-keeper.ts';
import { lockOf, lockText, writeLock } from '../../src/lib/server/proof/proof-lock.ts';
import { proveCatalogue, type ProofDeps } from '../../src/lib/server/proof/prove-catalogue.ts';
import { visualizeForServing } from '../../src/lib/server/proof/visualize/visualize-for-serving.ts';
import { RecordingShelf } from '../../src/lib/server/recordings/recording-shelf.ts';
import { clearDisk, edit, lessonPath, lineOf, onDisk } from './lesson-on-disk.ts';
import { scriptedSandbox, type Scripted, type ScriptedSandbox } from './scripted-sandbox.ts';
import {
  programPath,
  recordingOf,
  visualize,
  visualizeFiles,
  visualizePath,
} from './visualize-on-disk.ts';

const lessonId = 'web/async/waiting';

let data: string;
let kept: ReturnType<typeof keptIn>;

/** The keeper and the shelf of a data folder. */
function keptIn(folder: string) {
  const shelf = new RecordingShelf(join(folder, 'recordings'));
  return {
    keeper: new FileProofKeeper(join(folder, 'proofs')),
    recordings: {
      keep: (recording: Recording) => shelf.keep(recording, 'lessons'),
      has: (id: string) => shelf.has(id),
    },
    shelf,
  };
}

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'assay-visualize-'));
  kept = keptIn(data);
});
afterEach(async () => {
  await rm(data, { recursive: true, force: true });
  await clearDisk();
});

/** A sandbox in which runs of the program come to this, in turn; the last one again and again. */
function sandboxOf(...runs: Scripted[]): ScriptedSandbox {
  return scriptedSandbox(
    (_, before) => runs[Math.min(before, runs.length - 1)]!,
    () => true,
  );
}

const deps = (sandbox: ScriptedSandbox): ProofDeps => ({
  ...{ sandbox, keeper: null, harness: 'h1', tier: 'full', limits: {} },
  runtime: { name: 'django-5.2', versions: { django: '5.2' } },
  now: () => '2026-01-02T03:04:05.000Z',
});

/** The recording with some of its steps otherwise. */
function withSteps(change: (step: RecordedStep, number: number) => RecordedStep): Recording {
  const whole = recordingOf();
  return { ...whole, steps: whole.steps.map(change) };
}

async function prove(runs: Scripted[], change: Record<string, string> = {}) {
  const loaded = await loadCatalogue([await onDisk({ ...visualizeFiles(), ...change })]);
  const sandbox = sandboxOf(...runs);
  const proof = await proveCatalogue(loaded, deps(sandbox));
  return { loaded, sandbox, proof, of: proof.lessons[0]!.visualize! };
}

const good = { recording: recordingOf() };
const changed = (from: string, to: string) => ({ [visualizePath]: edit(visualize, from, to) });

describe('a recorded program', () => {
  test('is proven when three recordings hold what is said, and counts in the totals', async () => {
    const { of, proof, sandbox } = await prove([good]);
    expect(of).toMatchObject({ status: 'proven', findings: [], runs: 3, recording: null });
    expect(of.moments.map(({ step }) => step)).toEqual([1, 4, 5]);
    expect(of.quiz.map(({ options }) => options.map(({ text }) => text))).toEqual([
      ['4', '2', '3'],
      ['6', '3', '5'],
      ['main', 'loop', '2'],
    ]);
    expect(sandbox.asked.map(({ record }) => record)).toEqual([5000, 5000, 5000]);
    expect(proof.totals).toMatchObject({ recordings: 1, runs: 3, refuted: 0 });
  });

  test.each<[string, Scripted[], Record<string, string>, object]>([
    [
      'a wrong option that comes to the key',
      [good],
      changed('step: { kind: call, function: double }', 'step: { kind: line, line: return i }'),
      { line: lineOf(visualize, '- step: { kind: call'), found: 'the same: step 4' },
    ],
    [
      'a text that is the key',
      [good],
      changed('text: "5"', 'text: "6"'),
      { line: lineOf(visualize, '"5"'), found: 'the same: `6`' },
    ],
    [
      'a text that is the key between backticks',
      [good],
      changed('text: "5"', "text: '`6`'"),
      { line: lineOf(visualize, '"5"'), found: 'the same: `6`' },
    ],
    [
      'a moment at the step that is asked for',
      [good],
      changed('{ kind: print }\n    title', '{ kind: line, line: return i }\n    title'),
      { line: lineOf(visualize, 'key: { step'), found: 'that of the moment `It prints`' },
    ],
    [
      'two options that are the same',
      [good],
      changed('text: "5"', 'text: "3"'),
      { line: lineOf(visualize, '"5"'), found: '`3` a second time' },
    ],
    [
      'a moment that is not there',
      [good],
      changed('{ kind: print }\n    title', '{ kind: idle }\n    title'),
      { line: lineOf(visualize, 'at: { kind: print'), found: 'no step has the kind `idle`' },
    ],
    [
      'a value that is not there',
      [good],
      changed('value: i,', 'value: j,'),
      { line: lineOf(visualize, 'value: i'), found: expect.stringContaining('`j` has no value') },
    ],
    [
      'a key that is not the same each time',
      [
        good,
        {
          recording: withSteps((step) =>
            step.changed?.[0]?.[0] === 'i' ? { ...step, changed: [['i', '7']] } : step,
          ),
        },
      ],
      {},
      { line: lineOf(visualize, 'key: { value'), found: '`6`, then `7`' },
    ],
    [
      'a program that never ends',
      [{ outcome: 'time-limit', recording: recordingOf() }],
      {},
      { line: 2, found: 'it was stopped at its time limit' },
    ],
    [
      'a program that does more than is recorded',
      [{ recording: recordingOf({ cut: 'steps' }) }],
      {},
      { line: 2, found: 'more than the 7 steps that were recorded' },
    ],
    [
      'values that take more room than is recorded',
      [{ recording: recordingOf({ cut: 'bytes' }) }],
      {},
      { line: 2, found: expect.stringContaining('take too much room') },
    ],
    [
      'an exception, at its line of the program',
      [
        {
          outcome: 'error',
          error: { type: 'ValueError', message: 'no', line: 3, place: 'load', frames: [] },
          recording: recordingOf(),
        },
      ],
      {},
      { file: programPath, line: 3, found: expect.stringContaining('ValueError: no') },
    ],
  ])('is refuted by %s', async (_, runs, change, finding) => {
    const { of } = await prove(runs, change);
    expect(of.status).toBe('refuted');
    expect(of.findings).toMatchObject([{ file: visualizePath, ...finding }]);
  });

  test('may have other numbers of steps each time', async () => {
    const { steps } = recordingOf();
    const later = { ...steps[0]!, kind: 'line' as const };
    const more = recordingOf({ steps: [steps[0]!, later, ...steps.slice(1)] });
    const { of } = await prove([good, { recording: more }]);
    expect(of).toMatchObject({ status: 'proven' });
  });

  test.each<[string, Scripted]>([
    ['a host that could not run it', { outcome: 'infrastructure' }],
    ['a run that left no recording', { recording: null }],
  ])('is unproven, and not refuted, by %s', async (_, run) => {
    const { of, proof } = await prove([run]);
    expect(of).toMatchObject({ status: 'unproven', findings: [{ file: visualizePath, line: 2 }] });
    expect(proof.totals.refuted).toBe(0);
  });
});

describe('what is proven of a recorded program', () => {
  /** Proves with what is kept in the data folder. */
  const proveKept = async (root: string, sandbox: ScriptedSandbox) => {
    const loaded = await loadCatalogue([root]);
    return { loaded, proof: await proveCatalogue(loaded, { ...deps(sandbox), ...kept }) };
  };
  const partsOf = (sandbox: ScriptedSandbox) => {
    const { runtime, harness, tier, limits } = deps(sandbox);
    return { runtime, harness, tier, limits };
  };

  test('is kept with the recording that is shown, and not run again', async () => {
    const root = await onDisk(visualizeFiles());
    const { proof } = await proveKept(root, sandboxOf(good));
    const { recording } = proof.lessons[0]!.visualize!;
    expect(await kept.shelf.readSteps(recording!, 0)).toEqual(recordingOf().steps);
    const again = sandboxOf(good);
    expect((await proveKept(root, again)).proof.lessons).toEqual(proof.lessons);
    expect(again.asked).toEqual([]);
  });

  test('is run again when its recording is gone', async () => {
    const root = await onDisk(visualizeFiles());
    await proveKept(root, sandboxOf(good));
    await rm(join(data, 'recordings'), { recursive: true });
    const again = sandboxOf(good);
    await proveKept(root, again);
    expect(again.asked).toHaveLength(3);
  });

  test('is served on the host that made it, and held back when something is wrong', async () => {
    const sandbox = sandboxOf(good);
    const root = await onDisk(visualizeFiles());
    const { loaded } = await proveKept(root, sandbox);
    const served = async (of: typeof loaded) => {
      const proofs = await visualizeForServing(of, kept, partsOf(sandbox));
      return serveProven(of.lessons, new Map(), new Map(), proofs).lessons[0]!;
    };
    const shown = await served(loaded);
    expect(shown.visualize?.recording).toMatch(/^[0-9a-f]{32}$/);
    expect(hasMode(shown, 'visualize')).toBe(true);
    const finding = { file: visualizePath, line: 1, expected: 'a', found: 'b', fix: 'c' };
    const broken = { ...finding, lesson: lessonId, isOfVisualize: true as const };
    const held = await served({ ...loaded, findings: [broken] });
    expect(held.visualize).toBeNull();
    expect(hasMode(held, 'visualize')).toBe(false);
  });

  test('is locked by what is alike in all recordings, without numbers of steps', async () => {
    const { steps } = recordingOf();
    const more = recordingOf({
      steps: [steps[0]!, { ...steps[0]!, kind: 'line' }, ...steps.slice(1)],
    });
    const { proof, loaded } = await prove([good]);
    const lock = lockOf(proof.lessons[0]!, deps(sandboxOf(good)));
    expect(lock.visualize).toMatchObject({
      runs: 3,
      moments: [{ kind: 'call', function: 'double', line: 1 }, {}, { kind: 'print', line: null }],
    });
    expect(lock.visualize!.quiz[0]!.options.map(({ text }) => text)).toEqual([null, null, null]);
    expect(lock.visualize!.quiz[1]!.options.map(({ text }) => text)).toEqual(['6', '3', '5']);
    await writeLock(loaded.lessons[0]!.folder, lock);
    const other = await proveCatalogue(loaded, deps(sandboxOf({ recording: more })));
    const checked = await checkLocks(loaded, other, 'h1');
    expect(checked.proof.totals.refuted).toBe(0);
    expect(lockText(lockOf(other.lessons[0]!, deps(sandboxOf(good))))).toBe(lockText(lock));
  });

  test('is refuted when the lock says otherwise, at its line there', async () => {
    const { proof, loaded } = await prove([good]);
    const lock = lockOf(proof.lessons[0]!, deps(sandboxOf(good)));
    lock.visualize!.quiz[1]!.options[0]!.text = '7';
    const { folder } = loaded.lessons[0]!;
    await writeLock(folder, lock);
    const checked = await checkLocks(loaded, proof, 'h1');
    expect(checked.proof.totals.refuted).toBe(1);
    const line = lineOf(lockText(lock), '  "visualize":');
    const file = `${lessonPath}/proof.lock.json`;
    expect(checked.proof.lessons[0]!.visualize).toMatchObject({
      status: 'refuted',
      findings: [{ file, line, expected: expect.stringContaining('question 2 of `visualize`') }],
    });
  });

  test('is missed in a lock that does not have it', async () => {
    const { proof, loaded } = await prove([good]);
    const { visualize: _, ...lock } = lockOf(proof.lessons[0]!, deps(sandboxOf(good)));
    await writeLock(loaded.lessons[0]!.folder, lock);
    const { lessons } = (await checkLocks(loaded, proof, 'h1')).proof;
    expect(lessons[0]!.visualize!.findings).toMatchObject([{ found: 'nothing of it' }]);
  });

  test('is served where nothing can be run only with a recording; else it is said that there is none', async () => {
    const root = await onDisk(visualizeFiles());
    const { proof, loaded } = await proveKept(root, sandboxOf(good));
    const served = () => visualizeForServing(loaded, kept, null);
    // Recorded here, but no lock says that it still holds.
    expect((await served()).get(lessonId)).toMatchObject({
      ...{ status: 'unproven', findings: [{ found: 'none in the proof lock' }] },
    });
    await writeLock(loaded.lessons[0]!.folder, lockOf(proof.lessons[0]!, deps(sandboxOf(good))));
    expect((await served()).get(lessonId)).toMatchObject({ status: 'proven', findings: [] });
    kept = keptIn(join(data, 'elsewhere'));
    expect((await served()).get(lessonId)).toMatchObject({
      status: 'unproven',
      findings: [{ found: expect.stringContaining('none on this host') }],
    });
  });
});
