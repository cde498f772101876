import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Limits } from '../../src/lib/domain/run.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { proveCatalogue } from '../../src/lib/server/proof/prove-catalogue.ts';
import {
  blanksPath,
  choicePath,
  clearDisk,
  codePath,
  edit,
  goodFiles,
  lessonPath,
  lineOf,
  onDisk,
} from './lesson-on-disk.ts';
import { memoryKeeper, openBench } from './real-bench.ts';

let bench: Awaited<ReturnType<typeof openBench>>;
const keeper = memoryKeeper();

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench?.close());
afterEach(clearDisk);

async function proveFiles(files: Record<string, string>, limits: Partial<Limits> = {}) {
  const proof = await proveCatalogue(await loadCatalogue([await onDisk(files)]), {
    ...bench,
    limits,
    keeper,
  });
  return proof.lessons[0]!;
}

/** Faults that only running finds; each on the good catalogue, on top of two exercises that hold. */
const broken: {
  what: string;
  path: string;
  from: string;
  to: string;
  at: string;
  found: RegExp;
}[] = [
  {
    what: 'an expectation that everything satisfies',
    path: blanksPath,
    from: 'assert body == {"name": "bo"}',
    to: 'assert True',
    at: 'expect:',
    found: /all 3 answers satisfied it/,
  },
  {
    what: 'an expectation that nothing satisfies',
    path: blanksPath,
    from: 'assert body == {"name": "bo"}',
    to: 'assert body == {"name": "bob"}',
    at: 'expect:',
    found: /none of 3 answers did.*aget.*AssertionError/,
  },
  {
    what: 'an expectation that is no Python',
    path: blanksPath,
    from: 'assert body == {"name": "bo"}',
    to: 'assert body === 1',
    at: 'assert body === 1',
    found: /SyntaxError/,
  },
  {
    what: 'an expectation with a name that nothing observed',
    path: blanksPath,
    from: 'assert body == {"name": "bo"}',
    to: 'assert bodi == {"name": "bo"}',
    at: 'assert bodi',
    found: /`bodi`, which no run observed/,
  },
  {
    what: 'a drive that is no Python',
    path: blanksPath,
    from: 'response = await request("GET", "/")',
    to: 'response = await await',
    at: 'response = await await',
    found: /every run ended alike: SyntaxError/,
  },
  {
    what: 'a drive that uses a name that is not there',
    path: blanksPath,
    from: 'observe("body", response.json)',
    to: 'observe("body", respons.json)',
    at: 'respons.json',
    found: /NameError.*respons/,
  },
  {
    what: 'a program that cannot be loaded',
    path: blanksPath,
    from: 'from django.http import JsonResponse',
    to: 'from django.http import JsonRespond',
    at: 'JsonRespond',
    found: /every run ended alike: ImportError/,
  },
  {
    what: 'a program that never ends',
    path: choicePath,
    from: 'await asyncio.sleep(0.2)',
    to: 'await asyncio.Event().wait()',
    at: 'program:',
    found: /time limit/,
  },
  {
    what: 'a claim that is no Python',
    path: choicePath,
    from: 'holds: views.max_open == 1',
    to: 'holds: views.max_open = 1',
    at: 'views.max_open = 1',
    found: /SyntaxError/,
  },
  {
    what: 'a claim about a measure that is not there',
    path: choicePath,
    from: 'holds: views.max_open == 1',
    to: 'holds: views.max_opne == 1',
    at: 'views.max_opne',
    found: /AttributeError/,
  },
  {
    what: 'a claim that is neither true nor false',
    path: choicePath,
    from: 'holds: views.max_open == 1',
    to: 'holds: views.max_open',
    at: 'holds: views.max_open\n',
    found: /neither True nor False/,
  },
  {
    what: 'two claims that hold',
    path: choicePath,
    from: 'holds: views.max_open == 1',
    to: 'holds: views.max_open > 1',
    at: 'views.max_open > 1',
    found: /it holds; .*views\.max_open = 3/,
  },
  {
    what: 'a second option that works',
    path: codePath,
    from: 'squared = number ** 2',
    to: 'squared = number + number',
    at: 'expect:',
    found: /all 2 answers satisfied it/,
  },
];

describe('a fault that only running finds', () => {
  test('is not found where there is none', async () => {
    const lesson = await proveFiles(goodFiles());
    expect(lesson.exercises.flatMap((exercise) => exercise.findings)).toEqual([]);
    expect(lesson.exercises.map((exercise) => exercise.status)).toEqual(Array(3).fill('proven'));
    expect(lesson.exercises.map((exercise) => exercise.runs)).toEqual([3, 2, 3]);
  });

  test.each(broken)('$what is found on its line, and nothing else is', async (each) => {
    const files = goodFiles();
    files[each.path] = edit(files[each.path]!, each.from, each.to);
    const lesson = await proveFiles(files);
    const findings = lesson.exercises.flatMap((exercise) => exercise.findings);
    expect(findings.map((finding) => finding.found)).toEqual([expect.stringMatching(each.found)]);
    const text = `${files[each.path]!}\n`;
    const line = each.at.endsWith('\n')
      ? text.slice(0, text.indexOf(each.at)).split('\n').length
      : lineOf(text, each.at);
    expect(findings[0]).toMatchObject({ file: each.path, line });
    expect(lesson.exercises.filter(({ status }) => status === 'refuted')).toHaveLength(1);
  });

  test('rows that cannot be made are reported at their own line', async () => {
    const files = goodFiles();
    const path = `${lessonPath}/fixture/rows.py`;
    files[path] = `${files[path]!}User.objects.create(username="bo")\n`;
    // Time enough on any machine: rows that the clock stops have no line.
    const lesson = await proveFiles(files, { wallMs: 60_000 });
    const findings = lesson.exercises.flatMap((exercise) => exercise.findings);
    expect(findings).toHaveLength(3);
    for (const finding of findings) {
      expect(finding).toMatchObject({ file: path, line: 4 });
      expect(finding.found).toMatch(/IntegrityError/);
    }
  });

  test('an app that cannot be installed is reported at its own line', async () => {
    const files = goodFiles();
    const path = `${lessonPath}/fixture/library/models.py`;
    files[path] = 'from django.db import models\n\nBook = models.Modle\n';
    const lesson = await proveFiles(files);
    const findings = lesson.exercises.flatMap((exercise) => exercise.findings);
    expect(findings).toHaveLength(3);
    for (const finding of findings) {
      expect(finding).toMatchObject({ file: path, line: 3, fix: 'Mend the app.' });
      expect(finding.found).toMatch(/AttributeError/);
    }
  });

  test("a program can use the models of its lesson's own apps, with rows", async () => {
    const files = goodFiles();
    files[`${lessonPath}/fixture/library/models.py`] =
      'from django.db import models\n\n\nclass Book(models.Model):\n    name = models.TextField()\n';
    files[`${lessonPath}/fixture/rows.py`] =
      'from library.models import Book\n\nBook.objects.create(name="bo")\n';
    files[blanksPath] = files[blanksPath]!.replace(
      'from django.contrib.auth.models import User',
      'from library.models import Book',
    )
      .replace('User.objects', 'Book.objects')
      .replace('username="bo"', 'name="bo"')
      .replace('user.username', 'user.name');
    const lesson = await proveFiles(files);
    expect(lesson.exercises.flatMap(({ findings }) => findings)).toEqual([]);
    expect(lesson.exercises.map(({ status }) => status)).toEqual(Array(3).fill('proven'));
  });

  test('rows that never end prove nothing, and are said to be the rows', async () => {
    const files = goodFiles();
    const path = `${lessonPath}/fixture/rows.py`;
    files[path] = `${files[path]!}import time\ntime.sleep(600)\n`;
    const lesson = await proveFiles(files, { wallMs: 1500 });
    expect(lesson.exercises.map(({ status }) => status)).toEqual(Array(3).fill('unproven'));
    for (const { findings } of lesson.exercises) {
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({ file: path, line: 1 });
      expect(findings[0]!.found).toMatch(/rows.*time-limit/);
    }
  });

  test('an undeclared filling that works is named, and so is a declared one that does not', async () => {
    const files = goodFiles();
    files[blanksPath] = edit(files[blanksPath]!, 'answers: [[aget]]', 'answers: [[filter]]');
    const lesson = await proveFiles(files);
    const exercise = lesson.exercises.find((each) => each.uid === 'ex_blanks1')!;
    const line = lineOf(files[blanksPath], 'answers:');
    const atKey = exercise.findings.filter((finding) => finding.line === line);
    expect(atKey.map((finding) => finding.found)).toEqual([
      expect.stringMatching(/it satisfied the expectation/),
      expect.stringMatching(/TypeError.*QuerySet.*await.*line 6/),
    ]);
    expect(
      exercise.answers.map(({ answer, declared, observed }) => [answer[0], declared, observed]),
    ).toEqual([
      ['get', 'wrong', 'wrong'],
      ['aget', 'wrong', 'right'],
      ['filter', 'right', 'wrong'],
    ]);
  });

  test('a wrong answer that never ends is simply wrong', async () => {
    const files = goodFiles();
    files[codePath] = edit(
      files[codePath]!,
      '      squared = number ** 2\n      return squared',
      '      while True: pass',
    );
    const lesson = await proveFiles(files);
    const exercise = lesson.exercises.find((each) => each.uid === 'ex_code01')!;
    expect(exercise.status).toBe('proven');
    expect(exercise.answers[1]!.outcome).toMatch(/limit/);
  });
});
