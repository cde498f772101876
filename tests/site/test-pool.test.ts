/** An exercise of the pool `test` is shown nowhere: what is on no page can be neither opened nor answered there. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Exercise } from '#lib/domain/exercise.ts';
import { loadCatalogue } from '#lib/server/content/load-catalogue.ts';
import {
  makeDataDir,
  prepareSite,
  removeDataDir,
  root,
  runAssay,
  startSite,
  Visitor,
  type Site,
} from './built-site.ts';
import { RunCaller } from './run-caller.ts';
import { bare, expectNoSecret, secretsOf } from './secrets.ts';

const id = 'django/async/when-async-helps';
const folder = 'django/async/03-when-async-helps';
/** Of our first lesson, little enough to be proven soon: one of Try, one of Challenge, and three of the test pool. */
const kept = ['02-', '11-', '22-', '28-', '31-'];
const parts = ['exercises', 'fixture', 'lesson.yaml'];

let content: string;
let dataDir: string;
let site: Site;
let asked: Exercise[];
let shown: Exercise[];

beforeAll(async () => {
  content = await mkdtemp(join(tmpdir(), 'assay-content-'));
  await cp(join(root, 'content'), content, { recursive: true, filter: isKept });
  const file = join(content, folder, 'lesson.yaml');
  const minutes = 'minutes:\n  try: 10\n  challenge: 10\n';
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace(/^minutes:\n(?: {2}.*\n)+/m, minutes),
  );
  const { lessons } = await loadCatalogue([content]);
  const exercises = lessons[0]?.exercises ?? [];
  asked = exercises.filter(({ pool }) => pool === 'test');
  shown = exercises.filter(({ pool }) => pool !== 'test');
  dataDir = await makeDataDir();
  await prepareSite(dataDir, { ASSAY_CONTENT: content });
  site = await startSite(dataDir, { ASSAY_CONTENT: content });
});
afterAll(async () => {
  await site?.stop();
  await removeDataDir(dataDir);
  await rm(content, { recursive: true, force: true });
});

function isKept(path: string): boolean {
  const [part = '', file] = path.split(`${folder}/`)[1]?.split('/') ?? [];
  if (part === '') return true;
  return parts.includes(part) && (part !== 'exercises' || !file || kept.includes(file.slice(0, 3)));
}

/** What names it, and what it says. */
const wordsOf = ({ uid, id: slug, title, prompt, program }: Exercise) =>
  [uid, slug, title, prompt, program.split('\n').slice(-6).join('\n')].map(bare);

/** Right ones too: whatever comes of a form, it must not depend on what is in it. */
function answersTo(exercise: Exercise): Record<string, string>[] {
  switch (exercise.kind) {
    case 'blanks':
      return exercise.bank.map((token) => ({ 'blank-1': token }));
    case 'choice':
      return exercise.options.map((option) => ({ option: option.id }));
    case 'fix':
      return [exercise.answer, exercise.start].map((files) => ({
        'file-0': files[exercise.main] ?? '',
      }));
    default:
      throw new Error(`no answer is known to a ${exercise.kind}`);
  }
}

test('three exercises are asked only, of three kinds, beside two that are shown', () => {
  expect(asked.map(({ kind }) => kind).toSorted()).toEqual(['blanks', 'choice', 'fix']);
  expect(shown.map(({ pool }) => pool).toSorted()).toEqual(['challenge', 'try']);
});

test('no page tells of what is only asked, and no number counts it', async () => {
  const visitor = new Visitor(site.url);
  const words = asked.flatMap(wordsOf);
  const secrets = asked.flatMap((each) => secretsOf(each, shown));
  const modes = ['try', 'challenge', 'test', 'review'].map((mode) => `/learn/${id}/${mode}`);
  const statuses: Record<string, number> = {};
  for (const path of ['/', `/learn/${id}`, ...modes, '/health', '/api/openapi.json']) {
    for (const address of [path, `${path === '/' ? '' : path}/__data.json`]) {
      const response = await visitor.get(address);
      const text = await response.text();
      expectNoSecret(text, [...words, ...secrets], address);
      statuses[address] = response.status;
    }
  }
  expect(statuses).toMatchObject({
    ...{ '/': 200, [`/learn/${id}`]: 200, [`/learn/${id}/try`]: 200 },
    ...{ [`/learn/${id}/test`]: 404, [`/learn/${id}/review`]: 404 },
  });
  for (const path of ['/', `/learn/${id}`]) {
    const text = (await (await visitor.get(path)).text()).replace(/<[^>]*>|\s+/g, ' ');
    expect(text.replace(/ +/g, ' '), path).toContain('0 of 2 exercises done');
  }
});

async function expectUnknown(
  visitor: Visitor,
  exercise: Exercise,
  action: string,
  fields: Record<string, string>,
): Promise<void> {
  const form = { exercise: exercise.uid, round: '1', key: crypto.randomUUID(), ...fields };
  const response = await visitor.post(`/learn/${id}/${action}`, form);
  expect(response.status, `${action} of ${exercise.id}`).toBe(404);
  expectNoSecret(await response.text(), secretsOf(exercise, shown), action);
}

test('no form of another page takes what is only asked', async () => {
  const visitor = new Visitor(site.url);
  await visitor.get(`/learn/${id}/try`);
  for (const exercise of asked) {
    const answers = answersTo(exercise);
    const others = { ...answers[0], kind: 'typo', text: 'It says "teh".', 'hints-shown': '0' };
    for (const page of ['try', 'challenge']) {
      for (const answer of answers)
        await expectUnknown(visitor, exercise, `${page}?/answer`, answer);
      for (const action of ['look', 'hint', 'show', 'again', 'report']) {
        await expectUnknown(visitor, exercise, `${page}?/${action}`, others);
      }
    }
  }
  const { stdout } = await runAssay(['reports', '--json'], dataDir, { ASSAY_CONTENT: content });
  expect(JSON.parse(stdout)).toMatchObject({ reports: [] });
});

test('nothing can be run as what is only asked, nor is it said that there is such a thing', async () => {
  const caller = new RunCaller(site.url);
  const found = async (exercise: string) => {
    const answer = await caller.run({ program: 'print(1)\n', of: { lesson: id, exercise } });
    expect(answer.status).toBe(400);
    return answer.text.replaceAll(exercise, 'UID');
  };
  const unknown = await found('ex_nothing');
  for (const { uid } of asked) expect(await found(uid)).toBe(unknown);
});

test('an answer to what is shown is taken by the same form, and counted', async () => {
  const visitor = new Visitor(site.url);
  const [exercise] = shown.filter(({ kind }) => kind === 'blanks');
  if (exercise?.kind !== 'blanks') throw new Error('there is none with blanks');
  const right = { 'blank-1': exercise.answers[0]?.[0] ?? '' };
  const form = { exercise: exercise.uid, round: '1', key: crypto.randomUUID(), ...right };
  expect((await visitor.post(`/learn/${id}/try?/answer`, form)).status).toBe(303);
  const page = await (await visitor.get(`/learn/${id}`)).text();
  expect(page.replace(/<[^>]*>|\s+/g, ' ').replace(/ +/g, ' ')).toContain('1 of 2 exercises done');
});
