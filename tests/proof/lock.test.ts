import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CatalogueProof } from '../../src/lib/domain/proof.ts';
import {
  loadCatalogue,
  type LoadedCatalogue,
} from '../../src/lib/server/content/load-catalogue.ts';
import { checkLocks } from '../../src/lib/server/proof/check-locks.ts';
import { proofFromLock } from '../../src/lib/server/proof/proof-from-lock.ts';
import { FileProofKeeper } from '../../src/lib/server/proof/proof-keeper.ts';
import {
  lockName,
  lockOf,
  lockText,
  readLock,
  writeLock,
} from '../../src/lib/server/proof/proof-lock.ts';
import { proveCatalogue, type ProofDeps } from '../../src/lib/server/proof/prove-catalogue.ts';
import { proofsForServing } from '../../src/lib/server/proof/serving.ts';
import {
  blanksPath,
  choicePath,
  clearDisk,
  edit,
  goodFiles,
  lessonPath,
  lineOf,
  onDisk,
} from './lesson-on-disk.ts';
import { scriptedSandbox } from './scripted-sandbox.ts';

/** Right: the filling `aget`, the option `times`; and three requests open at once. */
const sandbox = scriptedSandbox(
  ({ program }) => {
    if (program.includes('asyncio.sleep')) return { open: 3, values: { most: 3 } };
    if (!program.includes('.filter(')) {
      return { values: { right: program.includes('.aget(') || program.includes('number * 2') } };
    }
    const message = 'object at 0x7f12ab34cd56 cannot be awaited';
    const error = { type: 'TypeError', message, line: 6, place: 'view' as const, frames: [] };
    return { outcome: 'error', error };
  },
  ({ kind, source }, values) =>
    kind === 'expect' ? values['right'] === true : Number(source.at(-1)) === values['most'],
);

const deps: ProofDeps = {
  sandbox,
  keeper: null,
  runtime: { name: 'django-5.2', versions: { python: '3.11.2', django: '5.2.8' } },
  ...{ harness: 'h1', tier: 'full', limits: {}, now: () => '2026-01-02T03:04:05.000Z' },
};

let root: string;
let folder: string;
let loaded: LoadedCatalogue;
let proof: CatalogueProof;

beforeEach(async () => {
  root = await onDisk(goodFiles());
  folder = join(root, lessonPath);
  loaded = await loadCatalogue([root]);
  proof = await proveCatalogue(loaded, deps);
  await writeLock(folder, lockOf(proof.lessons[0]!, deps));
});

afterEach(clearDisk);

/** What the check finds, wherever it is put. */
async function findingsOf(of: LoadedCatalogue, fresh: CatalogueProof) {
  const checked = await checkLocks(of, fresh, deps.harness);
  const { lessons, totals } = checked.proof;
  const findings = lessons.flatMap((lesson) => [
    ...lesson.findings,
    ...lesson.exercises.flatMap((exercise) => exercise.findings),
  ]);
  return { findings, notes: checked.notes, refuted: totals.refuted };
}

/** Every path to a value that holds no others. */
function leaves(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function tampered(text: string, path: (string | number)[]): string {
  const lock = JSON.parse(text);
  const last = path.at(-1)!;
  const holder = path.slice(0, -1).reduce((at, key) => at[key], lock);
  const old = holder[last];
  const other: Record<string, string> = { right: 'wrong', wrong: 'right', finished: 'killed' };
  other['blanks'] = 'choice';
  other['choice'] = 'blanks';
  other['view'] = 'load';
  other['error'] = 'killed';
  if (typeof old === 'number') holder[last] = old + 1;
  else if (typeof old === 'boolean') holder[last] = !old;
  else if (old === null) holder[last] = { type: 'E', message: '', line: null, place: 'load' };
  else holder[last] = other[old] ?? `${old}x`;
  return JSON.stringify(lock, null, 2) + '\n';
}

describe('the lock', () => {
  test('that was just written differs in nothing', async () => {
    expect(await findingsOf(loaded, proof)).toEqual({ findings: [], notes: [], refuted: 0 });
  });

  test('comes out the same from a second proof, byte for byte', async () => {
    const before = await readFile(join(folder, lockName), 'utf8');
    const again = await proveCatalogue(loaded, { ...deps, now: () => '2030-01-01T00:00:00.000Z' });
    expect(await writeLock(folder, lockOf(again.lessons[0]!, deps))).toBe(false);
    expect(lockText(lockOf(again.lessons[0]!, deps))).toBe(before);
  });

  test('holds no dates, no durations and no addresses, and ends with a newline', async () => {
    const text = await readFile(join(folder, lockName), 'utf8');
    expect(text).not.toMatch(/2026|wallMs|provenAt|7f12ab34/);
    expect(text).toMatch(/object at 0x\.\.\. cannot be awaited/);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('is no stray file in the lesson', async () => {
    expect((await loadCatalogue([root])).findings).toEqual([]);
  });

  test('tampered with in any one value is found out', async () => {
    const text = await readFile(join(folder, lockName), 'utf8');
    const silent: string[] = [];
    let tried = 0;
    for (const path of leaves(JSON.parse(text))) {
      const isSoftware = path[0] === 'versions' || path[0] === 'harness';
      await writeFile(join(folder, lockName), tampered(text, path));
      const { findings, notes, refuted } = await findingsOf(loaded, proof);
      tried++;
      const told = isSoftware ? notes.length === 1 && refuted === 0 : refuted > 0;
      if (!told) silent.push(path.join('.'));
      for (const finding of findings) expect(finding.file).toBe(`${lessonPath}/${lockName}`);
    }
    expect(silent).toEqual([]);
    expect(tried).toBeGreaterThan(60);
  });

  test('names the line of the exercise that came out otherwise', async () => {
    const text = await readFile(join(folder, lockName), 'utf8');
    const changed = edit(text, '"type": "TypeError"', '"type": "ValueError"');
    await writeFile(join(folder, lockName), changed);
    const { findings } = await findingsOf(loaded, proof);
    expect(findings).toHaveLength(1);
    expect(findings[0]!.line).toBe(lineOf(changed, '"uid": "ex_blanks1"'));
    expect(findings[0]!.expected).toMatch(/ValueError/);
    expect(findings[0]!.found).toMatch(/TypeError/);
  });

  test('of other software with the same outcomes is a note and no finding', async () => {
    const runtime = { name: 'django-5.2', versions: { python: '3.11.9', django: '5.2.8' } };
    const newer = await proveCatalogue(loaded, { ...deps, runtime });
    const { findings, notes, refuted } = await findingsOf(loaded, newer);
    expect({ findings, refuted }).toEqual({ findings: [], refuted: 0 });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/python 3\.11\.2 to 3\.11\.9/);
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, 200), /no JSON/],
    ['of another form', () => '{"version": 2}', /version/],
  ])('that is %s is a finding with a way out', async (_, spoil, found) => {
    const path = join(folder, lockName);
    await writeFile(path, spoil(await readFile(path, 'utf8')));
    const { findings } = await findingsOf(loaded, proof);
    expect(findings).toHaveLength(1);
    expect(findings[0]!.found).toMatch(found);
    expect(findings[0]!.fix).toMatch(/version control/);
  });

  test('that lacks an exercise, or has one too many, is found out', async () => {
    const other = { ...goodFiles() };
    other[choicePath] = edit(other[choicePath]!, 'ex_choice1', 'ex_choice2');
    const files = {
      ...other,
      [`${lessonPath}/${lockName}`]: lockText(lockOf(proof.lessons[0]!, deps)),
    };
    const moved = await loadCatalogue([await onDisk(files)]);
    const { findings } = await findingsOf(moved, await proveCatalogue(moved, deps));
    expect(findings.map((finding) => finding.found)).toEqual([
      '`who-waits` (ex_choice1)',
      'nothing of it',
    ]);
  });

  test('a lesson without a lock has a note', async () => {
    const fresh = await loadCatalogue([await onDisk(goodFiles())]);
    const { findings, notes } = await findingsOf(fresh, await proveCatalogue(fresh, deps));
    expect(findings).toEqual([]);
    expect(notes).toHaveLength(1);
  });
});

describe('a host without a jail', () => {
  test('takes every proof from the lock, answers and evidence and all', async () => {
    const { lock } = await readLock(folder);
    const read = proofFromLock(loaded.lessons[0]!, lock);
    const dateless = (exercises: CatalogueProof['lessons'][0]['exercises']) =>
      exercises.map(({ answers, ...rest }) => ({
        ...rest,
        provenAt: null,
        answers: [...answers].sort((a, b) => (a.answer.join() < b.answer.join() ? -1 : 1)),
      }));
    expect(dateless(read.exercises)).toEqual(dateless(proof.lessons[0]!.exercises));
  });

  test('does not take a proof of another version of the exercise', async () => {
    const { lock } = await readLock(folder);
    const files = goodFiles();
    files[blanksPath] = edit(files[blanksPath]!, 'bank: [get,', 'bank: [first, get,');
    const changed = await loadCatalogue([await onDisk(files)]);
    const read = proofFromLock(changed.lessons[0]!, lock);
    expect(read.exercises.map(({ id, status }) => [id, status])).toEqual([
      ['read-one', 'unproven'],
      ['which-code', 'proven'],
      ['who-waits', 'proven'],
    ]);
    expect(read.exercises[0]!.findings[0]!.found).toMatch(/not of this version/);
  });

  test('does not take a lock whose answers are not those of the exercise', async () => {
    const { lock } = await readLock(folder);
    const blanks = lock!.exercises.find((exercise) => exercise.uid === 'ex_blanks1')!;
    blanks.answers.pop();
    expect(proofFromLock(loaded.lessons[0]!, lock).exercises[0]!.status).toBe('unproven');
  });

  test('without a lock nothing is proven', () => {
    const read = proofFromLock(loaded.lessons[0]!, null);
    expect(read.exercises.map((exercise) => exercise.status)).toEqual(Array(3).fill('unproven'));
  });
});

describe('serving', () => {
  test('prefers the proof of this host, and else takes that of the lock', async () => {
    const keeper = new FileProofKeeper(join(await onDisk({}), 'proofs'));
    const fromLock = await proofsForServing(loaded, keeper, deps);
    expect([...fromLock.values()].map((each) => each.provenAt)).toEqual([null, null, null]);
    await proveCatalogue(loaded, { ...deps, keeper });
    const own = await proofsForServing(loaded, keeper, deps);
    expect([...own.keys()].sort()).toEqual(['ex_blanks1', 'ex_choice1', 'ex_code01']);
    expect([...own.values()].every((each) => each.provenAt === deps.now())).toBe(true);
    const elsewhere = await proofsForServing(loaded, keeper, null);
    expect([...elsewhere.values()].map((each) => each.provenAt)).toEqual([null, null, null]);
  });

  test('an exercise with a fault in its words is held back, though it was proven', async () => {
    const path = join(root, blanksPath);
    const hint = 'Look for the form that can be awaited.';
    await writeFile(path, edit(goodFiles()[blanksPath]!, hint, 'It is not option B.'));
    const again = await loadCatalogue([root]);
    const proofs = await proofsForServing(again, null, null);
    expect(proofs.get('ex_blanks1')!.status).toBe('refuted');
    expect(proofs.get('ex_choice1')!.status).toBe('proven');
  });
});
