/** What is wrong in `visualize.yaml`, each at its line, and all of a file at once. */
import { afterEach, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { withFindings } from '../../src/lib/server/proof/prove-catalogue.ts';
import { clearDisk, edit, lessonPath, lineOf, onDisk } from './lesson-on-disk.ts';
import { programPath, visualize, visualizeFiles, visualizePath } from './visualize-on-disk.ts';

afterEach(clearDisk);

async function load(change: Record<string, string> = {}) {
  return loadCatalogue([await onDisk({ ...visualizeFiles(), ...change })]);
}

const changed = (from: string, to: string) => ({ [visualizePath]: edit(visualize, from, to) });

test('a file in which nothing is wrong is read whole', async () => {
  const { lessons, findings } = await load();
  expect(findings).toEqual([]);
  const read = lessons[0]!.visualize!;
  expect(read).toMatchObject({
    ...{ title: 'A small program', serve: {}, drive: '', file: visualizePath },
    moments: [{ at: { kind: 'call', function: 'double', nth: 1, after: null } }, {}, {}],
  });
  expect(read.program).toContain('def double');
  expect(read.quiz.map(({ key }) => key.fact.what)).toEqual(['step', 'value', 'thread']);
  const ids = read.quiz.flatMap(({ id, key, wrong }) => [id, key.id, ...wrong.map((w) => w.id)]);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each<[string, Record<string, string>, object]>([
  [
    'a program that is not there',
    changed('programs/double.py', 'programs/duoble.py'),
    {
      line: 2,
      found: '`programs/duoble.py`, which is not there',
      fix: 'Did you mean `programs/double.py`?',
    },
  ],
  [
    'an unknown kind',
    changed('{ kind: print }\n    title', '{ kind: prnt }\n    title'),
    { line: lineOf(visualize, '{ kind: print }'), found: '`prnt`', fix: 'Did you mean `print`?' },
  ],
  [
    'a place that names nothing',
    changed('{ kind: print }\n    title', '{ nth: 2 }\n    title'),
    { line: lineOf(visualize, '{ kind: print }'), found: 'nothing of the kind' },
  ],
  [
    'a moment too few',
    changed('  - at: { kind: print }\n    title: It prints\n    says: The double is seen.\n', ''),
    { line: lineOf(visualize, 'moments:'), expected: 'at least three moments' },
  ],
  [
    'a question too few',
    { [visualizePath]: visualize.slice(0, visualize.indexOf('  - ask: On which')) },
    { line: lineOf(visualize, 'quiz:'), expected: 'three questions' },
  ],
  [
    'a key of two',
    changed(
      'key: { thread: { kind: print } }',
      'key: { thread: { kind: print }, task: { kind: print } }',
    ),
    { line: lineOf(visualize, 'key: { thread'), found: '`thread` and `task`' },
  ],
  [
    'a wrong option of none',
    changed('      - text: loop\n        why', '      - why'),
    { line: lineOf(visualize, '- text: loop'), found: 'none of them' },
  ],
  [
    'a value without its place',
    changed('key: { value: i, at: { kind: return, function: double } }', 'key: { value: i }'),
    { line: lineOf(visualize, 'key: { value'), expected: '`at`, the place of the value' },
  ],
  [
    'a number in what is counted',
    changed('count: { kind: line,', 'count: { nth: 2, kind: line,'),
    { line: lineOf(visualize, '- count:'), found: '`nth: 2`' },
  ],
  [
    'a key a second time',
    changed(
      'key: { thread: { kind: print } }',
      'key: { step: { kind: line, function: double, nth: 2 } }',
    ),
    { line: lineOf(visualize, 'key: { thread'), found: 'the one of an earlier question' },
  ],
  [
    'something served that nobody asks for',
    changed('intro:', 'serve: { /: double }\nintro:'),
    { line: lineOf(visualize, 'intro:'), found: 'none, so nobody asks the view' },
  ],
  [
    'a letter for an option',
    changed('why: Twice three.', 'why: Option B is twice three.'),
    { line: lineOf(visualize, 'why: Twice'), found: 'a letter: `Option B`' },
  ],
  [
    'an unknown field',
    changed('title: A small', 'titel: x\ntitle: A small'),
    { line: 1, found: 'the field `titel`' },
  ],
  [
    'a program that nothing shows',
    { [`${lessonPath}/programs/other.py`]: 'print(1)\n' },
    { file: `${lessonPath}/programs/other.py`, line: 1 },
  ],
])('%s is a finding at its line', async (_, change, finding) => {
  const { findings } = await load(change);
  const expected = { file: visualizePath, lesson: 'web/async/waiting', ...finding };
  // Where the file names another program, this one is shown by nobody.
  const own = findings.filter(({ file }) => file === expected.file);
  expect(own).toMatchObject([expected]);
});

test('minutes and the file go together', async () => {
  const lesson = visualizeFiles()[`${lessonPath}/lesson.yaml`]!;
  const { [visualizePath]: _, [programPath]: __, ...without } = visualizeFiles();
  const lacking = await loadCatalogue([await onDisk(without)]);
  expect(lacking.findings).toMatchObject([
    {
      file: `${lessonPath}/lesson.yaml`,
      line: lineOf(lesson, 'visualize:'),
      found: 'no such file',
    },
  ]);
  const silent = await load({
    [`${lessonPath}/lesson.yaml`]: edit(lesson, 'visualize: 10', 'learn: 5'),
    [`${lessonPath}/learn.md`]: 'A text.\n',
  });
  expect(silent.findings).toMatchObject([
    { line: lineOf(lesson, 'minutes:'), found: 'none, so nothing leads to it' },
  ]);
});

test('all that is wrong is told at once, and refutes what it is about', async () => {
  const text = edit(edit(visualize, '{ kind: print }\n', '{ kind: x }\n'), '"5"', '5');
  const { lessons, findings } = await load({ [visualizePath]: text });
  expect(findings).toHaveLength(2);
  expect(lessons[0]!.visualize).toBeNull();
  const proofs = lessons.map(({ id }) => ({
    ...{ id, findings: [], exercises: [], documents: [], visualize: null, lab: null },
  }));
  const [proof] = withFindings(proofs, findings);
  expect(proof?.visualize).toMatchObject({ status: 'refuted', findings: [{}, {}] });
  expect(proof?.findings).toEqual([]);
});
