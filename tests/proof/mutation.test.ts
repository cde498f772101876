import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Exercise } from '../../src/lib/domain/exercise.ts';
import { allFillings, sameAnswer } from '../../src/lib/domain/fillings.ts';
import type { CatalogueProof, ExerciseProof } from '../../src/lib/domain/proof.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { checkLocks } from '../../src/lib/server/proof/check-locks.ts';
import { proveCatalogue } from '../../src/lib/server/proof/prove-catalogue.ts';
import { lineOf } from './lesson-on-disk.ts';
import { falseLines, type Mutation } from './line-mutations.ts';
import type { Sandbox } from '../../src/lib/server/sandbox/port.ts';
import { memoryKeeper, openBench, ourContent } from './real-bench.ts';

let bench: Awaited<ReturnType<typeof openBench>>;
let root: string;
const keeper = memoryKeeper();

beforeAll(async () => {
  bench = await openBench();
  root = await mkdtemp(join(tmpdir(), 'assay-mutation-'));
  await cp(ourContent, root, { recursive: true });
});

afterAll(async () => {
  await bench?.close();
  await rm(root, { recursive: true, force: true });
});

const judged = new Map<string, ReturnType<Sandbox['judge']>>();

/** The real sandbox; what it judged once it need not judge again, as the key is no part of that. */
function judgingOnce(sandbox: Sandbox): Sandbox {
  return {
    run: (request) => sandbox.run(request),
    judge: (request) => {
      const key = JSON.stringify(request);
      const judging = judged.get(key) ?? sandbox.judge(request);
      judged.set(key, judging);
      return judging;
    },
    state: (runtime) => sandbox.state(runtime),
    versions: (runtime) => sandbox.versions(runtime),
    close: () => sandbox.close(),
  };
}

/** Proves the copy of our content; what an answer key does not touch is run only once. */
async function proveAll(): Promise<CatalogueProof> {
  const sandbox = judgingOnce(bench.sandbox);
  return proveCatalogue(await loadCatalogue([root]), { ...bench, sandbox, keeper });
}

/** The same, without what is recorded: it is recorded anew each time, and has no answer keys. */
async function prove(): Promise<CatalogueProof> {
  const sandbox = judgingOnce(bench.sandbox);
  const { lessons, findings } = await loadCatalogue([root]);
  const bare = lessons.map((lesson) => ({ ...lesson, visualize: null, lab: null }));
  return proveCatalogue({ lessons: bare, findings }, { ...bench, sandbox, keeper });
}

function proofOf(proof: CatalogueProof, uid: string): ExerciseProof {
  return proof.lessons.flatMap((lesson) => lesson.exercises).find((each) => each.uid === uid)!;
}

/** The keys of an exercise that say something false, one answer at a time. */
function falseKeys(exercise: Exercise): { what: string; key: unknown }[] {
  if (exercise.kind === 'choice') {
    const right = exercise.answers;
    const wrong = exercise.options.map(({ id }) => id).filter((id) => !right.includes(id));
    return wrong.flatMap((id) => [
      { what: `${id} in the place of the right one`, key: [id, ...right.slice(1)] },
      { what: `${id} beside the right ones`, key: [...right, id] },
    ]);
  }
  if (exercise.kind !== 'blanks') return [];
  const right = exercise.answers;
  const wrong = allFillings(exercise.bank, exercise.blanks).filter(
    (filling) => !right.some((answer) => sameAnswer(answer, filling)),
  );
  return wrong.flatMap((filling) => [
    { what: `${filling.join()} in the place of a right one`, key: [filling, ...right.slice(1)] },
    { what: `${filling.join()} beside the right ones`, key: [...right, filling] },
  ]);
}

/** Everything false that can be said of an exercise in its file. */
function falsehoods(exercise: Exercise, text: string, proof: ExerciseProof): Mutation[] {
  const keys = falseKeys(exercise).map(({ what, key }) => {
    const changed = withKey(text, key);
    return { what, text: changed, line: lineOf(changed, 'answers:') };
  });
  return [...keys, ...falseLines(exercise, text, proof)];
}

/** The exercise's text with another key, on the line where the key stood. */
function withKey(text: string, key: unknown): string {
  const changed = text.replace(/^answers:.*(?:\n[ -].*)*/m, `answers: ${JSON.stringify(key)}`);
  if (changed === text) throw new Error('the key did not change');
  return changed;
}

// Everything is run here for the first time; the tests below only run what they have changed.
test(
  'nothing that is right is refuted, and the lock says the same',
  { timeout: 600_000 },
  async () => {
    const loaded = await loadCatalogue([root]);
    const { proof, notes } = await checkLocks(loaded, await proveAll(), bench.harness);
    expect(proof.lessons.flatMap((lesson) => lesson.exercises)).not.toHaveLength(0);
    for (const lesson of proof.lessons) {
      expect(lesson.findings).toEqual([]);
      for (const { id, status, findings } of lesson.exercises) {
        expect({ id, status, findings }).toEqual({ id, status: 'proven', findings: [] });
      }
    }
    expect(notes.filter((note) => note.includes('no proof lock'))).toEqual([]);
  },
);

test('every false key is refuted, at the line of the key', { timeout: 900_000 }, async () => {
  const { lessons } = await loadCatalogue([root]);
  const sound = await prove();
  const missed: string[] = [];
  let flips = 0;
  for (const exercise of lessons.flatMap((lesson) => lesson.exercises)) {
    const { file } = exercise.places['']!;
    const path = join(root, file);
    const text = await readFile(path, 'utf8');
    for (const { what, text: changed, line } of falsehoods(
      exercise,
      text,
      proofOf(sound, exercise.uid),
    )) {
      flips++;
      await writeFile(path, changed);
      const proof = proofOf(await prove(), exercise.uid);
      const atKey = proof.findings.filter(
        (finding) => finding.file === file && finding.line === line,
      );
      const contradicted = proof.answers.some((each) => each.declared !== each.observed);
      if (proof.status !== 'refuted' || atKey.length === 0 || !contradicted) {
        missed.push(`${exercise.id}: ${what}: ${JSON.stringify(proof.findings)}`);
      }
    }
    await writeFile(path, text);
  }
  expect(missed).toEqual([]);
  expect(flips).toBeGreaterThanOrEqual(300);
});

test('every right answer that is not declared is refuted', async () => {
  const { lessons } = await loadCatalogue([root]);
  for (const exercise of lessons.flatMap((lesson) => lesson.exercises)) {
    const { file } = exercise.places['']!;
    const path = join(root, file);
    const text = await readFile(path, 'utf8');
    if (exercise.kind !== 'blanks' && exercise.kind !== 'choice') continue;
    for (const answer of exercise.answers) {
      const key = (exercise.answers as unknown[]).filter((each) => each !== answer);
      const changed = withKey(text, key);
      await writeFile(path, changed);
      const proof = proofOf(await prove(), exercise.uid);
      expect(proof.status).toBe('refuted');
      expect(proof.findings.every((finding) => finding.file === file)).toBe(true);
    }
    await writeFile(path, text);
  }
});
