import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CodeExercise, Finding } from '../../src/lib/domain/exercise.ts';
import type { CatalogueProof, ExerciseProof } from '../../src/lib/domain/proof.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { compareLock } from '../../src/lib/server/proof/compare-lock.ts';
import { proofFromLock } from '../../src/lib/server/proof/proof-from-lock.ts';
import { lockOf } from '../../src/lib/server/proof/proof-lock.ts';
import { proveCatalogue } from '../../src/lib/server/proof/prove-catalogue.ts';
import {
  codeFiles,
  firstStep,
  fixPath,
  projectPath,
  secondStep,
  writePath,
} from './code-lesson-on-disk.ts';
import { clearDisk, edit, lineOf, onDisk } from './lesson-on-disk.ts';
import { memoryKeeper, openBench, type RealBench } from './real-bench.ts';

let bench: RealBench;
// What an edit does not touch is run only once.
const keeper = memoryKeeper();

beforeAll(async () => {
  bench = await openBench();
});

afterAll(async () => {
  await bench?.close();
});

afterEach(clearDisk);

async function prove(files: Record<string, string>): Promise<CatalogueProof> {
  return proveCatalogue(await loadCatalogue([await onDisk(files)]), { ...bench, keeper });
}

const uids: Record<string, string> = {
  [fixPath]: 'ex_fix001',
  [writePath]: 'ex_write1',
  [firstStep]: 'ex_step01',
  [secondStep]: 'ex_step02',
};

interface Edit {
  path: string;
  from: string;
  to: string;
}

/** The exercise's proof after edits of the catalogue's files, and the files as they are then. */
async function proveWith(exercise: string, ...edits: Edit[]) {
  const files = codeFiles();
  for (const { path, from, to } of edits) files[path] = edit(files[path]!, from, to);
  const proof = await prove(files);
  const all = proof.lessons.flatMap((lesson) => lesson.exercises);
  return { proof: all.find(({ uid }) => uid === uids[exercise])!, files, all };
}

const statusOf = ({ id, status, findings }: ExerciseProof) => ({ id, status, findings });

test('a catalogue in which nothing is wrong is proven, alternatives, inputs and steps with it', async () => {
  const proof = await prove(codeFiles());
  expect(proof.lessons.flatMap((lesson) => lesson.findings)).toEqual([]);
  expect(proof.lessons.flatMap((lesson) => lesson.exercises).map(statusOf)).toEqual(
    ['at-once', 'longest', 'greet', 'many'].map((id) => ({ id, status: 'proven', findings: [] })),
  );
});

interface Refuted {
  what: string;
  exercise: string;
  edits: Edit[];
  /** A piece of the line that the finding must name, in the file of the exercise unless `file` names another. */
  at: string;
  /** How many lines above it the finding is. */
  above?: number;
  file?: string;
  found: RegExp;
}

const inFix = (from: string, to: string): Edit => ({ path: fixPath, from, to });
const inWrite = (from: string, to: string): Edit => ({ path: writePath, from, to });

const refuted: Refuted[] = [
  {
    what: 'an answer that fails',
    exercise: fixPath,
    edits: [
      inFix(
        'answers = await gather(ask("news"), ask("rates"), ask("sport"))',
        'answers = [await ask("news"), *await gather(ask("rates"), ask("sport"))]',
      ),
      inFix(
        `      - { find: 'gather(ask("news"), ask("rates"), ask("sport"))', with: 'gather(ask("news"), ask("rates"))' }\n    holds: at_once == 2`,
        '      - { find: ask("sport"), with: ask("s") }\n    holds: at_once == 2 and "S" in body["answers"]',
      ),
    ],
    at: 'answer: |',
    found: /All three sources should be asked at once/,
  },
  {
    what: 'an answer that cannot be read',
    exercise: fixPath,
    edits: [inFix('answers = await gather(ask("news")', 'answers = = await gather(ask("news")')],
    at: 'answers = = await',
    found: /invalid syntax/,
  },
  {
    what: 'an alternative that fails',
    exercise: fixPath,
    edits: [inFix('tasks = [create_task(ask(name)) for', 'tasks = [ask(name) for')],
    at: '  - |',
    found: /asked at once/,
  },
  {
    what: 'a start that passes',
    exercise: fixPath,
    edits: [
      inFix(
        '      answers = [await ask(name) for name in ("news", "rates", "sport")]\n',
        '      from asyncio import gather as all_of\n\n      answers = await all_of(*map(ask, ("news", "rates", "sport")))\n',
      ),
    ],
    at: 'program: |',
    found: /it satisfied the expectation; observed: at_once = 3/,
  },
  {
    what: 'a mistake that passes',
    exercise: fixPath,
    edits: [inFix('with: "gather(" }', 'with: "await gather(*[], *[], " }')],
    at: '  - replace:',
    found: /it satisfied the expectation/,
  },
  {
    what: 'a mistake that is told by the message of another',
    exercise: fixPath,
    edits: [inFix('error: TypeError', 'error: ValueError')],
    at: 'error: ValueError',
    found: /by none; TypeError/,
  },
  {
    what: 'a mistake whose sign fits one that comes after it',
    exercise: writePath,
    edits: [
      inWrite(
        'holds: any(len(a) < len(b) for a, b in zip(found, reference.found))',
        'holds: found',
      ),
      inWrite(
        'holds: all(len(a) == len(b) for a, b in zip(found, reference.found))',
        'holds: found != reference.found',
      ),
    ],
    at: 'holds: found',
    found: /by that of mistake 2, as its own does not fit/,
  },
  {
    what: 'a mistake whose sign one before it has as well',
    exercise: writePath,
    edits: [
      inWrite(
        'holds: any(len(a) < len(b) for a, b in zip(found, reference.found))',
        'holds: found != reference.found',
      ),
    ],
    at: 'holds: all(len(a)',
    found: /by that of mistake 1, which comes first and fits as well/,
  },
  {
    what: 'a check of which the assertion that matters was dropped',
    exercise: fixPath,
    edits: [inFix('  assert at_once == 3, "All three sources should be asked at once."\n', '')],
    at: 'program: |',
    found: /it satisfied the expectation/,
  },
  {
    what: 'a check that checks nothing',
    exercise: writePath,
    edits: [inWrite('assert found == reference.found, f"', 'assert found, f"')],
    at: '  - replace:',
    found: /it satisfied the expectation/,
  },
  {
    what: 'a sign that speaks of what was not observed',
    exercise: fixPath,
    edits: [inFix('holds: at_once == 2', 'holds: at_twice == 2')],
    at: 'holds: at_twice == 2',
    found: /`at_twice`, which no run observed/,
  },
  {
    what: 'a mistake that shows with some inputs only',
    exercise: writePath,
    edits: [
      inWrite(
        'observe("inputs", [*made, twins, [word(2), *twins]])',
        'observe("inputs", [*made[:1], ["a"], *([twins] if random.random() < 0.5 else [])])',
      ),
    ],
    at: 'sorted(words, key=len)',
    above: 1,
    found: /it satisfied the expectation with other inputs than it failed with/,
  },
  {
    what: 'inputs that cannot be made',
    exercise: writePath,
    edits: [inWrite('random.randint(1, 9)', 'random.randint(9, 1)')],
    at: 'random.randint(9, 1)',
    found: /ValueError/,
  },
  {
    what: 'inputs that are none',
    exercise: writePath,
    edits: [
      inWrite('observe("inputs", [*made, twins, [word(2), *twins]])', 'observe("inputs", [])'),
    ],
    at: 'inputs: |',
    found: /an empty list/,
  },
  {
    what: 'more inputs than can be given',
    exercise: writePath,
    edits: [
      inWrite('observe("inputs", [*made, twins,', 'observe("inputs", ["x" * 70_000, *made, twins,'),
    ],
    at: 'inputs: |',
    found: /at most 61440/,
  },
  {
    what: 'a demo that fails',
    exercise: writePath,
    edits: [inWrite('print(program.longest(["a"', 'print(program.longer(["a"')],
    at: 'print(program.longer',
    found: /AttributeError/,
  },
  {
    what: 'a demo that shows nothing',
    exercise: writePath,
    edits: [inWrite('print(program.longest(["a", "abc", "ab"]))', 'program.longest(["a"])')],
    at: 'demo: |',
    found: /nothing printed/,
  },
  {
    what: 'a drive that is broken whatever the program is',
    exercise: fixPath,
    edits: [inFix('observe("at_once", sources.most_open)', 'observe("at_once", sources.most)')],
    at: 'observe("at_once", sources.most)',
    found: /^AttributeError: .*'most' \(line 6 of the drive\)$/,
  },
  {
    what: 'a solution of a step that breaks what an earlier one has built',
    exercise: secondStep,
    edits: [
      {
        path: `${secondStep}/solution/pages.py`,
        from: '{"greeting": greeting(everyone()[0])}',
        to: '{"greeting": everyone()[0]}',
      },
    ],
    at: 'from django.http',
    file: `${secondStep}/solution/pages.py`,
    found: /^at the check of `greet`: .*The page should greet ada/,
  },
];

describe('an exercise with', () => {
  test.each(refuted)(
    '$what is refuted at its line',
    async ({ exercise, edits, at, above = 0, file, found }) => {
      const { proof, files, all } = await proveWith(exercise, ...edits);
      const path = file ?? exercise;
      expect(proof.status, JSON.stringify(proof.findings, null, 1)).toBe('refuted');
      const own = proof.findings.find((each: Finding) => found.test(each.found));
      expect(own, JSON.stringify(proof.findings, null, 1)).toBeDefined();
      expect(own).toMatchObject({ file: path, line: lineOf(files[path]!, at) - above });
      expect(own!.fix).not.toBe('');
      // Where nothing has been built on it, nothing else is refuted.
      const others = all.filter(({ uid, status }) => uid !== uids[exercise] && status !== 'proven');
      expect(others.map(statusOf)).toEqual([]);
    },
  );

  test('an earlier check that does not last may break what it has built', async () => {
    const { proof } = await proveWith(
      secondStep,
      {
        path: `${secondStep}/solution/pages.py`,
        from: '{"greeting": greeting(everyone()[0])}',
        to: '{"greeting": everyone()[0]}',
      },
      {
        path: `${firstStep}/step.yaml`,
        from: 'difficulty: easy',
        to: 'difficulty: easy\nlasting: false',
      },
    );
    expect(statusOf(proof)).toEqual({ id: 'many', status: 'proven', findings: [] });
  });

  test('a step that was changed is another one for those that build on it', async () => {
    const before = await proveWith(secondStep);
    const after = await proveWith(secondStep, {
      path: `${firstStep}/step.yaml`,
      from: 'observe("status", response.status)',
      to: 'observe("status", int(response.status))',
    });
    expect(after.proof.contentVersion).not.toBe(before.proof.contentVersion);
    expect(after.proof.status).toBe('proven');
  });

  test('trouble of the host is unproven, and says that it is', async () => {
    const files = codeFiles();
    const loaded = await loadCatalogue([await onDisk(files)]);
    const sandbox = {
      judge: bench.sandbox.judge.bind(bench.sandbox),
      run: () => Promise.reject(new Error('no room')),
    };
    const proof = await proveCatalogue(loaded, { ...bench, sandbox, keeper: null });
    const all = proof.lessons.flatMap((lesson) => lesson.exercises);
    expect(all.map(({ status }) => status)).toEqual(Array(4).fill('unproven'));
    expect(all.flatMap(({ findings }) => findings.map(({ found }) => found))).toEqual(
      Array(4).fill(expect.stringContaining('no room')),
    );
  });
});

test('a project has its steps in order, each with the file that is the program', async () => {
  const { lessons } = await loadCatalogue([await onDisk(codeFiles())]);
  expect(lessons[0]!.project!.steps.map(({ slug, exercise }) => [slug, exercise.main])).toEqual([
    ['greet', 'pages.py'],
    ['many', 'pages.py'],
  ]);
  expect(lessons[0]!.project!.brief.file).toBe(`${projectPath}/brief.md`);
});

describe('the lock of such a lesson', () => {
  test('proves it on a host that can run nothing, and only as it stands', async () => {
    const loaded = await loadCatalogue([await onDisk(codeFiles())]);
    const [lesson] = loaded.lessons;
    const proof = await proveCatalogue(loaded, { ...bench, keeper });
    const lock = lockOf(proof.lessons[0]!, bench);
    expect(proofFromLock(lesson!, lock).exercises.map(({ status }) => status)).toEqual(
      Array(4).fill('proven'),
    );
    const start = { 'program.py': 'def longest(words):\n    pass\n' };
    for (const change of [{ start }, { mistakes: [] }, { alternatives: [start] }]) {
      const exercises = lesson!.exercises.map((each) =>
        each.id === 'longest' ? { ...(each as CodeExercise), ...change } : each,
      );
      const { exercises: proofs } = proofFromLock({ ...lesson!, exercises }, lock);
      const unproven = proofs.filter(({ status }) => status !== 'proven');
      expect(unproven.map(({ id, status }) => [id, status])).toEqual([['longest', 'unproven']]);
    }
  });

  test('names programs by a digest where it differs from what is found', async () => {
    const loaded = await loadCatalogue([await onDisk(codeFiles())]);
    const proof = await proveCatalogue(loaded, { ...bench, keeper });
    const lock = lockOf(proof.lessons[0]!, bench);
    lock.exercises.find(({ id }) => id === 'at-once')!.evidence[0]!.stdout = 'other\n';
    const read = { lock, lines: {}, problem: null };
    const { findings } = compareLock(loaded.lessons[0]!, read, proof.lessons[0]!, bench);
    expect(findings.map(({ expected }) => expected)).toEqual([
      expect.stringMatching(/^`stdout` with the program [0-9a-f]{8} of `at-once`/),
    ]);
  });
});
