import { afterEach, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import {
  codeFiles,
  firstStep,
  fixPath,
  projectPath,
  secondStep,
  writePath,
} from './code-lesson-on-disk.ts';
import { clearDisk, edit, lessonPath, lineOf, onDisk } from './lesson-on-disk.ts';

afterEach(clearDisk);

interface BrokenFile {
  what: string;
  path: string;
  from: string;
  to: string;
  /** A piece of the line that the finding must name, as it stands in the broken file. */
  at: string;
  found: RegExp;
  fix: RegExp;
  /** How many of the four exercises can be run all the same. */
  left?: number;
}

const all = { path: fixPath, left: 4 };
const step = { path: `${firstStep}/step.yaml`, left: 3 };

const broken: BrokenFile[] = [
  {
    what: 'a mistake by no sign',
    path: fixPath,
    from: '    error: TypeError\n',
    to: '',
    at: '  - replace:',
    found: /^neither$/,
    fix: /the exception that it ends in/,
  },
  {
    what: 'a mistake by two signs',
    path: fixPath,
    from: '    error: TypeError\n',
    to: '    error: TypeError\n    holds: at_once == 1\n',
    at: '  - replace:',
    found: /^both$/,
    fix: /the exception that it ends in/,
  },
  {
    what: 'a sign that is no exception',
    path: fixPath,
    from: 'error: TypeError',
    to: 'error: "a type error"',
    at: 'error: "a type error"',
    found: /a type error/,
    fix: /Write it/,
  },
  {
    what: 'a mistake that replaces nothing',
    path: fixPath,
    from: '{ find: "await gather(", with: "gather(" }',
    to: '{ find: "await together(", with: "together(" }',
    at: 'await together(',
    found: /`await together\(`, which it has not/,
    fix: /Copy the piece/,
  },
  {
    what: 'a mistake that could replace one of several',
    path: fixPath,
    from: '{ find: "await gather(", with: "gather(" }',
    to: '{ find: "ask(", with: "asked(" }',
    at: 'asked(',
    found: /`ask\(`, 3 times/,
    fix: /Take more of the line/,
  },
  {
    what: 'a mistake that is both a replacement and a whole program',
    path: fixPath,
    from: '    error: TypeError\n',
    to: '    program: x = 1\n    error: TypeError\n',
    at: '  - replace:',
    found: /^both$/,
    fix: /whole wrong program/,
  },
  {
    what: 'a mistake that is the answer',
    path: fixPath,
    from: 'with: "gather(" }',
    to: 'with: "await gather(" }',
    at: '  - replace:',
    found: /the answer itself/,
    fix: /Change what it replaces/,
  },
  {
    what: 'two mistakes that are one',
    path: writePath,
    from: '  - replace:\n      - { find: "max(words, key=len)", with: "sorted(words, key=len)[-1]" }',
    to: '  - program: |\n      def longest(words):\n          return max(words)',
    at: '  - program: |',
    found: /same program as in a mistake before it/,
    fix: /Change what it replaces/,
  },
  {
    what: 'no mistake at all',
    path: `${secondStep}/step.yaml`,
    from: 'mistakes:\n  - replace:\n      - { find: "[greeting(name) for name in everyone()]", with: "everyone()" }\n    holds: list(body.values()) == [["ada", "bo"]]\n    says: These are the names, and no greetings.\n',
    to: 'mistakes: []\n',
    at: 'mistakes:',
    found: /a list/,
    fix: /Write it/,
  },
  {
    what: 'a message that is left out',
    path: `${secondStep}/step.yaml`,
    from: '    says: These are the names, and no greetings.\n',
    to: '',
    at: '  - replace:',
    found: /no such field/,
    fix: /`says: \.\.\.`/,
  },
  {
    what: 'a misspelt field of a replacement',
    path: fixPath,
    from: '{ find: "await gather(", with: "gather(" }',
    to: '{ find: "await gather(", by: "gather(" }',
    at: 'by: "gather("',
    found: /`by`/,
    fix: /Take it out|Did you mean/,
  },
  {
    what: 'a start that is the answer',
    path: writePath,
    from: 'raise NotImplementedError',
    to: 'return max(words, key=len)',
    at: 'program: |',
    found: /the answer itself/,
    fix: /Take out of it, or break/,
  },
  {
    what: 'a view that the answer does not define',
    path: fixPath,
    from: '  /: page',
    to: '  /: pages',
    at: '/: pages',
    found: /`pages`, which it does not/,
    fix: /define the view/,
  },
  {
    what: 'inputs that the drive does not take',
    path: writePath,
    from: 'observe("found", [program.longest(given) for given in inputs])',
    to: 'observe("found", [program.longest(["a"])])',
    at: 'drive: |',
    found: /no such loop/,
    fix: /Drive the program with each/,
  },
  {
    what: 'inputs that are not observed',
    path: writePath,
    from: 'observe("inputs", [*made, twins, [word(2), *twins]])',
    to: 'observe("words", [*made, twins, [word(2), *twins]])',
    at: 'inputs: |',
    found: /no such call/,
    fix: /under the name `inputs`/,
  },
  {
    what: 'a loop over inputs that nobody makes',
    path: fixPath,
    from: '  observe("status", response.status)\n',
    to: '  observe("status", response.status)\n  observe("given", [given for given in inputs])\n',
    at: 'drive: |',
    found: /no field `inputs`/,
    fix: /Add `inputs/,
  },
  {
    what: 'a reference where there are no inputs',
    path: fixPath,
    from: 'assert at_once == 3, ',
    to: 'assert at_once == reference.at_once, ',
    at: 'expect: |',
    found: /comparison with the reference/,
    fix: /add `inputs`/,
  },
  {
    what: 'no demo',
    path: writePath,
    from: 'demo: |\n  print(program.longest(["a", "abc", "ab"]))\n',
    to: '',
    at: 'uid:',
    found: /no such field/,
    fix: /`demo: \.\.\.`/,
  },
  {
    what: 'a given file whose name is a module of Python',
    path: fixPath,
    from: '  sources.py: |',
    to: '  json.py: |',
    at: 'json.py: |',
    found: /`json\.py`, which is a module of Python/,
    fix: /another name/,
  },
  {
    what: 'a given file that has the name of the program',
    path: fixPath,
    from: '  sources.py: |',
    to: '  program.py: |',
    at: 'program.py: |',
    found: /`program\.py`, which is a module of the sandbox/,
    fix: /another name/,
  },
  {
    what: 'a given file that is no Python file',
    path: fixPath,
    from: '  sources.py: |',
    to: '  sources.txt: |',
    at: 'sources.txt: |',
    found: /sources\.txt/,
    fix: /Write it/,
  },
  {
    ...all,
    what: 'a line of the answer in the prompt',
    from: 'Let it ask all of them at once.',
    to: 'Write `answers = await gather(ask("news"), ask("rates"), ask("sport"))`.',
    at: 'prompt:',
    found: /in the prompt/,
    fix: /not how it is written/,
  },
  {
    ...all,
    what: 'a letter in the message of a mistake',
    from: 'says: Two sources were asked, and not three.',
    to: 'says: This is option B.',
    at: 'option B',
    found: /a letter/,
    fix: /Say what the option says/,
  },
  {
    ...all,
    what: 'markup in a hint',
    from: 'One function of asyncio waits',
    to: 'One **function** of asyncio waits',
    at: '**function**',
    found: /markup/,
    fix: /Take the markup out/,
  },
  {
    what: 'a pool that exercises in files have not',
    path: writePath,
    from: 'pool: challenge',
    to: 'pool: project',
    at: 'pool: project',
    found: /project/,
    fix: /Did you mean|one of those/,
  },
  {
    what: 'mistakes in brackets',
    path: writePath,
    from: 'hints:\n  - It can be said',
    to: 'hints: [It can be said, to nobody]\nother:\n  - It can be said',
    at: 'hints: [',
    found: /flow list/,
    fix: /each entry on its own line/,
  },
  {
    ...step,
    what: 'a file of a mistake that the step has not',
    from: 'file: words.py',
    to: 'file: word.py',
    at: 'file: word.py',
    found: /`word\.py`/,
    fix: /`words\.py`/,
  },
  {
    ...step,
    what: 'an unknown field of a step',
    from: 'serve:',
    to: 'pool: try\nserve:',
    at: 'pool: try',
    found: /the field `pool`/,
    fix: /Take it out|Did you mean/,
  },
];

describe('a file with', () => {
  test.each(broken)(
    '$what is found on its line, and hides nothing else',
    async ({ path, from, to, at, found, fix, left }) => {
      const files = codeFiles();
      files[path] = edit(files[path]!, from, to);
      const { lessons, findings } = await loadCatalogue([await onDisk(files)]);
      const line = lineOf(files[path], at);
      const own = findings.find((each) => found.test(each.found) && each.line === line);
      expect(own, JSON.stringify(findings, null, 1)).toBeDefined();
      expect(own).toMatchObject({ file: path, line });
      expect(own!.fix).toMatch(fix);
      expect(findings.every((finding) => finding.file === path)).toBe(true);
      expect(lessons[0]!.exercises).toHaveLength(left ?? 3);
    },
  );
});

test('an alternative that was given before is found at its place', async () => {
  const files = codeFiles();
  files[writePath] = edit(
    files[writePath]!,
    'drive: |',
    'alternatives:\n  - |\n    def longest(words):\n        return max(words, key=len)\ndrive: |',
  );
  const { findings } = await loadCatalogue([await onDisk(files)]);
  expect(findings).toMatchObject([
    {
      file: writePath,
      line: lineOf(files[writePath], '  - |'),
      found: expect.stringMatching(/given before/) as string,
    },
  ]);
});

describe('a project', () => {
  type Files = Record<string, string>;
  type Change = (files: Files) => Files;
  const take =
    (...paths: string[]): Change =>
    (files) => {
      const missing = paths.filter((path) => !(path in files));
      if (missing.length > 0) throw new Error(`there is no ${missing.join(', ')}`);
      return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
    };
  const put =
    (path: string, text: string): Change =>
    (files) => ({ ...files, [path]: text });
  const rename =
    (from: string, to: string): Change =>
    (files) =>
      Object.fromEntries(
        Object.entries(files).map(([path, text]) => [
          path.startsWith(from) ? to + path.slice(from.length) : path,
          text,
        ]),
      );
  const ofStep = (folder: string, names: string[]) => names.map((name) => `${folder}/${name}`);
  const stepFiles = ['step.yaml', 'instructions.md', 'solution/pages.py', 'solution/words.py'];

  test.each<{ what: string; change: Change; file: string; found: RegExp; steps: number }>([
    {
      what: 'without project.yaml',
      change: take(`${projectPath}/project.yaml`),
      ...{ file: `${projectPath}/project.yaml`, found: /no such file/, steps: 0 },
    },
    {
      what: 'whose program is not among its files',
      change: put(`${projectPath}/project.yaml`, 'title: T\nsummary: S.\nmain: page.py\n'),
      ...{ file: `${projectPath}/start/page.py`, found: /no such file/, steps: 0 },
    },
    {
      what: 'without a brief',
      change: take(`${projectPath}/brief.md`),
      ...{ file: `${projectPath}/brief.md`, found: /no such file/, steps: 2 },
    },
    {
      what: 'without a start',
      change: take(`${projectPath}/start/pages.py`, `${projectPath}/start/words.py`),
      ...{ file: `${projectPath}/start`, found: /no such folder/, steps: 1 },
    },
    {
      what: 'without steps',
      change: take(...ofStep(firstStep, stepFiles), ...ofStep(secondStep, stepFiles)),
      ...{ file: projectPath, found: /none/, steps: 0 },
    },
    {
      what: 'whose steps leave a number out',
      change: rename(secondStep, `${projectPath}/3-many`),
      ...{ file: `${projectPath}/3-many`, found: /`3-many`/, steps: 2 },
    },
    {
      what: 'with two steps of one name',
      change: rename(secondStep, `${projectPath}/2-greet`),
      ...{ file: `${projectPath}/2-greet`, found: /`greet` a second time/, steps: 2 },
    },
    {
      what: 'with a step that is called like another text',
      change: rename(secondStep, `${projectPath}/2-why`),
      ...{ file: `${projectPath}/2-why`, found: /`why`/, steps: 2 },
    },
    {
      what: 'with a folder that is no step',
      change: put(`${projectPath}/Notes/a.md`, 'x\n'),
      ...{ file: `${projectPath}/Notes`, found: /the folder `Notes`/, steps: 2 },
    },
    {
      what: 'with a file in given and in start',
      change: put(`${projectPath}/given/words.py`, 'x = 1\n'),
      ...{ file: `${projectPath}/given/words.py`, found: /in both/, steps: 2 },
    },
    {
      what: 'with a file that is no Python',
      change: put(`${projectPath}/given/data.csv`, 'x\n'),
      ...{ file: `${projectPath}/given/data.csv`, found: /`data\.csv`/, steps: 2 },
    },
    {
      what: 'with a file whose name Python has',
      change: put(`${projectPath}/given/json.py`, 'x = 1\n'),
      ...{ file: `${projectPath}/given/json.py`, found: /a module of Python/, steps: 2 },
    },
    {
      what: 'with a step without step.yaml',
      change: take(`${secondStep}/step.yaml`),
      ...{ file: `${secondStep}/step.yaml`, found: /no such file/, steps: 1 },
    },
    {
      what: 'with a step without instructions',
      change: take(`${secondStep}/instructions.md`),
      ...{ file: `${secondStep}/instructions.md`, found: /no such file/, steps: 2 },
    },
    {
      what: 'with a solution that lacks a file',
      change: take(`${secondStep}/solution/words.py`),
      ...{ file: `${secondStep}/solution/words.py`, found: /no such file/, steps: 1 },
    },
    {
      what: 'with a solution that has a file of its own',
      change: put(`${secondStep}/solution/more.py`, 'x = 1\n'),
      ...{ file: `${secondStep}/solution/more.py`, found: /another one/, steps: 1 },
    },
    {
      what: 'with something else in a step',
      change: put(`${secondStep}/notes.txt`, 'x\n'),
      ...{ file: `${secondStep}/notes.txt`, found: /`notes\.txt`/, steps: 1 },
    },
    {
      what: 'that nothing leads to',
      change: (files) => {
        const path = `${lessonPath}/lesson.yaml`;
        return { ...files, [path]: edit(files[path]!, '  project: 10\n', '') };
      },
      ...{ file: `${lessonPath}/lesson.yaml`, found: /nothing leads to it/, steps: 2 },
    },
  ])('$what is found', async ({ change, file, found, steps }) => {
    const { lessons, findings } = await loadCatalogue([await onDisk(change(codeFiles()))]);
    const own = findings.find((each) => each.file === file && found.test(each.found));
    expect(own, JSON.stringify(findings, null, 1)).toBeDefined();
    expect(own!.fix).not.toBe('');
    const pools = lessons[0]!.exercises.map(({ pool }) => pool);
    expect(pools.filter((pool) => pool === 'project')).toHaveLength(steps);
    expect(pools.filter((pool) => pool === 'challenge')).toHaveLength(2);
  });

  test('with a step whose uid another exercise has is none, and the step is left out', async () => {
    const files = codeFiles();
    const path = `${secondStep}/step.yaml`;
    files[path] = edit(files[path]!, 'uid: ex_step02', 'uid: ex_fix001');
    const { lessons, findings } = await loadCatalogue([await onDisk(files)]);
    expect(findings).toMatchObject([
      { file: path, line: 1, found: expect.stringMatching(/ex_fix001/) as string },
    ]);
    expect(lessons[0]!.project).toBeNull();
    expect(lessons[0]!.exercises.map(({ id }) => id)).toEqual(['at-once', 'longest', 'greet']);
  });
});
