import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, matchesGlob, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { newFiles } from '../../src/lib/server/content/new-files.ts';
import {
  scaffoldExercise,
  scaffoldLesson,
  scaffoldProject,
  type ScaffoldDeps,
} from '../../src/lib/server/use-cases/scaffold-content.ts';
import { assay, root } from './assay-command.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-new-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lesson = 'web/forms/01-first-steps';

async function made(args: string[], cwd = folder): Promise<string> {
  const { code, stdout, stderr } = await assay(['new', ...args], { cwd });
  expect(code, stdout + stderr).toBe(0);
  return stdout;
}

async function refused(args: string[]): Promise<string> {
  const main = join(root, 'src', 'cli', 'main.ts');
  const command: [string, string] = [process.execPath, main];
  const { code, stdout, stderr } = await assay(['new', ...args], { cwd: folder, command });
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('What to do');
  expect(stderr).not.toMatch(/^\s+at /m);
  return stderr;
}

test('what is made is proven as it stands, by real runs of right and wrong answers', async () => {
  const said = await made(['lesson', 'web/forms/first-steps', '--into', 'content']);
  expect(said).toContain(`made content/${lesson}/lesson.yaml`);
  expect(said).toContain('./assay new exercise');
  // A right token must not stand in the title, even when the name has it.
  await made(['exercise', `content/${lesson}`, 'blanks', 'how-to-get-a-name']);
  await made(['exercise', `content/${lesson}`, 'choice', 'not-found']);
  await made(['exercise', `content/${lesson}`, 'predict', 'tea-and-cake']);
  await made(['exercise', `content/${lesson}`, 'order', 'add-numbers']);
  await made(['exercise', `content/${lesson}`, 'fix', 'add-them-up']);
  await made(['exercise', `content/${lesson}`, 'write', 'initials']);
  await made(['exercise', `content/${lesson}`, 'recall', 'what-is-raised']);
  const project = await made(['project', `content/${lesson}`, 'a-shop']);
  expect(project).toContain(`made content/${lesson}/project/1-all-prices/step.yaml`);
  expect(project).toContain('./assay verify');
  const { code, stdout } = await assay(['verify', 'content', '--json'], { cwd: folder });
  const { lessons, totals } = JSON.parse(stdout) as {
    lessons: {
      findings: object[];
      exercises: { id: string; status: string; answers: object[] }[];
    }[];
    totals: Record<string, number>;
  };
  expect(lessons).toMatchObject([
    {
      id: 'web/forms/first-steps',
      findings: [],
      exercises: [
        { id: 'how-to-get-a-name', kind: 'blanks', status: 'proven', findings: [] },
        { id: 'not-found', kind: 'choice', status: 'proven', findings: [] },
        { id: 'tea-and-cake', kind: 'predict', status: 'proven', findings: [] },
        { id: 'add-numbers', kind: 'order', status: 'proven', findings: [] },
        { id: 'add-them-up', kind: 'fix', status: 'proven', findings: [] },
        { id: 'initials', kind: 'write', status: 'proven', findings: [] },
        { id: 'what-is-raised', kind: 'recall', status: 'proven', findings: [] },
        { id: 'all-prices', kind: 'write', status: 'proven', findings: [] },
        { id: 'one-price', kind: 'write', status: 'proven', findings: [] },
      ],
    },
  ]);
  expect(totals).toMatchObject({ exercises: 9, refuted: 0 });
  expect(totals['answers']).toBe(3 + 3 + 3 + 128 + 5 + 4 + 2 + 3 + 4);
  expect(code).toBe(0);
});

test('numbers go on from what is there, and folders are found whatever number they have', async () => {
  const content = join(folder, 'numbered');
  await mkdir(join(content, '02-web', 'forms', '07-old'), { recursive: true });
  await writeFile(join(content, '02-web', 'track.yaml'), 'title: Web\n');
  await made(['lesson', 'web/forms/newer', '--into', 'numbered']);
  expect(await readdir(content)).toEqual(['02-web']);
  const newer = join(content, '02-web', 'forms', '08-newer');
  expect(await readFile(join(content, '02-web', 'track.yaml'), 'utf8')).toBe('title: Web\n');
  await made(['exercise', newer, 'blanks', 'one']);
  await made(['exercise', newer, 'blanks', 'two']);
  await made(['exercise', newer, 'choice', '10-ten']);
  const names = ['01-one.yaml', '02-two.yaml', '10-ten.yaml'];
  expect((await readdir(join(newer, 'exercises'))).sort()).toEqual(names);
  const uids = await Promise.all(
    names.map(async (name) =>
      /^uid: (ex_[a-z0-9]{8})$/m.exec(await readFile(join(newer, 'exercises', name), 'utf8')),
    ),
  );
  expect(new Set(uids.map((found) => found?.[1])).size).toBe(3);
});

test('nothing that is there is written over', async () => {
  const content = join(folder, 'kept');
  await made(['lesson', 'web/forms/first-steps', '--into', 'kept']);
  await made(['exercise', join(content, lesson), 'choice', 'mine']);
  const file = join(content, lesson, 'exercises', '01-mine.yaml');
  await writeFile(file, 'mine\n');
  expect(await refused(['exercise', join(content, lesson), 'blanks', 'mine'])).toContain(file);
  expect(await refused(['lesson', 'web/forms/first-steps', '--into', 'kept'])).toContain(
    'is there already',
  );
  expect(await readFile(file, 'utf8')).toBe('mine\n');
  await made(['project', join(content, lesson), 'shop']);
  expect(await refused(['project', join(content, lesson), 'other'])).toContain('a project already');
});

test('a project is given its minutes, and nothing else of the lesson is touched', async () => {
  const content = join(folder, 'minutes');
  await made(['lesson', 'web/forms/first-steps', '--into', 'minutes']);
  const file = join(content, lesson, 'lesson.yaml');
  const before = await readFile(file, 'utf8');
  await made(['project', join(content, lesson), 'shop']);
  expect(await readFile(file, 'utf8')).toBe(
    before.replace('minutes:\n', 'minutes:\n  project: 30\n'),
  );
});

test.each([
  ['nothing named', [], 'A new what?'],
  ['an unknown thing', ['track', 'web'], 'A new what?'],
  ['a lesson without a unit', ['lesson', 'web/first'], 'no place for a lesson'],
  ['a path that climbs', ['lesson', '../web/first'], '`..` cannot be part'],
  ['capital letters', ['lesson', 'web/forms/First'], '`First` cannot be part'],
  ['a number of its own', ['lesson', 'web/forms/03-first'], '`03-first` cannot be part'],
  ['a folder that is no lesson', ['exercise', '.', 'blanks', 'one'], 'no lesson.yaml'],
  ['a folder that is not there', ['exercise', 'nowhere', 'blanks', 'one'], 'no lesson.yaml'],
  ['an unknown kind', ['exercise', '.', 'essay', 'one'], 'no kind essay'],
  ['a project nowhere', ['project', '.', 'shop'], 'no lesson.yaml'],
  ['a project without a name', ['project', '.'], 'Name the folder'],
  ['a name that is a path', ['exercise', '.', 'blanks', 'a/b'], 'cannot be an exercise'],
  ['too much', ['exercise', '.', 'blanks', 'one', 'two'], 'Name the folder'],
])('%s is one clear message', async (_, args, message) => {
  expect(await refused(args)).toContain(message);
});

test('an exercise for a lesson that cannot be read is refused with the place of the fault', async () => {
  const content = join(folder, 'broken');
  await mkdir(content);
  await writeFile(join(content, 'lesson.yaml'), 'title: Broken\nsumary: Misspelt\n');
  expect(await refused(['exercise', content, 'blanks', 'one'])).toMatch(/lesson\.yaml:\d+, found/);
});

test('within a checkout a new file says where its schema is', async () => {
  const checkout = join(folder, 'checkout');
  const deps: ScaffoldDeps = {
    files: newFiles,
    load: loadCatalogue,
    root: checkout,
    runtime: 'django-5.2',
    newUid: () => 'ex_made0001',
  };
  await mkdir(join(checkout, 'content'), { recursive: true });
  const contentRoot = join(checkout, 'content');
  const own = await scaffoldLesson(deps, { contentRoot, address: 'web/forms/first-steps' });
  const lessonFolder = join(contentRoot, lesson);
  const more = await scaffoldExercise(deps, { lessonFolder, kind: 'blanks', name: 'one' });
  const project = await scaffoldProject(deps, { lessonFolder, name: 'a-shop' });
  const written = [own, more, project].flatMap((made) =>
    made.kind === 'made' ? made.written : [],
  );
  const schemas: string[] = [];
  for (const file of written.filter((path) => path.endsWith('.yaml'))) {
    const [first = ''] = (await readFile(file, 'utf8')).split('\n');
    const schema = /^# yaml-language-server: \$schema=(\S+)$/.exec(first)?.[1] ?? first;
    schemas.push(resolve(dirname(file), schema));
  }
  const inDocs = (name: string) => join(checkout, 'docs', 'schema', `${name}.schema.json`);
  const names = ['track', 'unit', 'lesson', 'exercise', 'project', 'step', 'step'];
  expect(schemas).toEqual(names.map(inDocs));
  for (const name of names) {
    await access(join(root, 'docs', 'schema', `${name}.schema.json`));
  }
});

test('the editor settings give every file of our content its schema, and only one', async () => {
  const settings = JSON.parse(await readFile(join(root, '.vscode', 'settings.json'), 'utf8')) as {
    'yaml.schemas': Record<string, string>;
  };
  const all = await readdir(join(root, 'content'), { recursive: true });
  const files = all.filter((name) => name.endsWith('.yaml')).map((name) => `content/${name}`);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const matching = Object.entries(settings['yaml.schemas']).filter(([, glob]) =>
      matchesGlob(file, glob),
    );
    const kind = file.includes('/exercises/') ? 'exercise' : basename(file, '.yaml');
    expect(matching.map(([schema]) => schema)).toEqual([`./docs/schema/${kind}.schema.json`]);
  }
});
