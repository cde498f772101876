/** What is wrong with the files of a lesson's prose, told where it stands; nothing is run for it. */
import { afterAll, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { withFindings } from '../../src/lib/server/proof/prove-catalogue.ts';
import { clearDisk, edit, lessonPath, lineOf, onDisk } from './lesson-on-disk.ts';
import { learn, learnPath, proseFiles, why, whyPath } from './prose-on-disk.ts';

afterAll(clearDisk);

const lessonFile = `${lessonPath}/lesson.yaml`;
const lessonText = proseFiles()[lessonFile]!;

/** Loads the catalogue with other files in it; null takes one out. */
async function load(change: Record<string, string | null>) {
  const files = Object.entries({ ...proseFiles(), ...change });
  const kept = files.filter((each): each is [string, string] => each[1] !== null);
  return loadCatalogue([await onDisk(Object.fromEntries(kept))]);
}

test('prose in which nothing is wrong has no finding, and its documents stand in the order of the modes', async () => {
  const { lessons, findings } = await load({});
  expect(findings).toEqual([]);
  expect(lessons[0]?.documents.map(({ name, file }) => [name, file])).toEqual([
    ['learn', learnPath],
    ['why', whyPath],
  ]);
});

test.each<[what: string, change: Record<string, string | null>, finding: object]>([
  [
    'a program that no document shows',
    { [`${lessonPath}/programs/more.py`]: 'print(1)\n' },
    {
      file: `${lessonPath}/programs/more.py`,
      line: 1,
      found: '`programs/more.py`, which none names',
    },
  ],
  [
    'a figure that no document shows',
    { [`${lessonPath}/figures/more.svg`]: '<svg viewBox="0 0 1 1"/>' },
    { file: `${lessonPath}/figures/more.svg`, line: 1 },
  ],
  [
    'what is no program among the programs',
    { [`${lessonPath}/programs/notes.txt`]: 'x' },
    { file: `${lessonPath}/programs/notes.txt`, found: 'the file `notes.txt`' },
  ],
  [
    'minutes for a document that is not there',
    { [lessonFile]: edit(lessonText, '  why: 3\n', '  why: 3\n  deep-dive: 15\n') },
    { file: lessonFile, line: lineOf(lessonText, 'why: 3') + 1, found: 'no such file' },
  ],
  [
    'a document without minutes',
    { [`${lessonPath}/deep-dive.md`]: 'Deep.\n' },
    { file: `${lessonPath}/deep-dive.md`, line: 1, document: 'deep-dive' },
  ],
  [
    'an id that two documents have',
    { [whyPath]: edit(why, 'id: waits', 'id: smallest') },
    {
      file: whyPath,
      line: 3,
      document: 'why',
      found: `\`smallest\`, which ${learnPath}:5 has already`,
    },
  ],
  [
    'a program that is not there',
    {
      [whyPath]: edit(why, 'programs/together.py', 'programs/togehter.py'),
      [`${lessonPath}/programs/together.py`]: null,
    },
    { file: whyPath, line: lineOf(why, 'together.py'), document: 'why' },
  ],
  [
    'a link to a mode that the lesson does not have',
    { [learnPath]: edit(learn, '../why', '../try') },
    { file: learnPath, line: lineOf(learn, '../why'), found: '`../try`' },
  ],
])('%s is a finding at its place', async (_, change, finding) => {
  const { findings } = await load(change);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ lesson: 'web/async/waiting', ...finding });
});

test('a finding in a document refutes that document and no other', async () => {
  const { lessons, findings } = await load({ [learnPath]: `<b>${learn}` });
  const [proof] = withFindings(
    lessons.map(({ id }) => ({
      id,
      findings: [],
      exercises: [],
      documents: [],
      visualize: null,
      lab: null,
    })),
    findings,
  );
  expect(proof?.findings).toEqual([]);
  expect(proof?.documents.map(({ name, status }) => [name, status])).toEqual([
    ['learn', 'refuted'],
  ]);
});
