/** These pages name keys: only an author gets anything of them. */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isHttpError } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import type { AccountView } from '#lib/domain/account-view.ts';

const account = (role: AccountView['role']): AccountView => ({
  ...{ id: 'a1', email: 'ada@example.org', name: 'Ada', role },
});

/** Whatever is asked of it was asked too early. */
const untouchable = new Proxy(
  {},
  {
    get: (_, name) => {
      throw new Error(`the app was asked for ${String(name)}`);
    },
  },
);

const eventOf = (who: AccountView | null, app: object = untouchable) => ({
  locals: { app, account: who },
  params: { track: 'a', unit: 'b', lesson: 'c' },
  request: new Request('http://site.test/authoring', { method: 'POST', body: new FormData() }),
});

type Handler = (event: ReturnType<typeof eventOf>) => Promise<unknown>;

/** The files of that name below this folder. */
async function filesNamed(name: string): Promise<string[]> {
  const files = await readdir(import.meta.dirname, { recursive: true });
  return files.filter((file) => file.endsWith(name)).sort();
}

/** Each load and each action below this folder, by its file and name. */
async function handlers(): Promise<[string, Handler][]> {
  const found = await Promise.all(
    (await filesNamed('+page.server.ts')).map(async (file): Promise<[string, Handler][]> => {
      const { load, actions = {} } = (await import(
        /* @vite-ignore */ join(import.meta.dirname, file)
      )) as {
        load: Handler;
        actions?: Record<string, Handler>;
      };
      const all = Object.entries({ load, ...actions });
      return all.map(([name, handler]) => [`${file} ${name}`, handler]);
    }),
  );
  return found.flat();
}

test('there are loads and an action, and no page is served without one of them', async () => {
  const names = (await handlers()).map(([name]) => name).sort();
  expect(names).toEqual([
    '+page.server.ts load',
    '[track]/[unit]/[lesson]/+page.server.ts load',
    'reports/+page.server.ts load',
    'reports/+page.server.ts resolve',
  ]);
  const folders = async (name: string) => (await filesNamed(name)).map((file) => dirname(file));
  expect(await folders('+page.svelte')).toEqual(await folders('+page.server.ts'));
});

test.each([
  ['nobody', null],
  ['a learner', account('learner')],
])('for %s there is no such page, and nothing is read or written for it', async (_, who) => {
  for (const [name, handler] of await handlers()) {
    const thrown = await handler(eventOf(who)).then(
      () => null,
      (error: unknown) => error,
    );
    expect(isHttpError(thrown, 404), name).toBe(true);
  }
});

test('an author gets the lessons', async () => {
  const app = {
    catalogue: {
      lessons: [{ lesson: { id: 'a/b/c', title: 'C', exercises: [{ uid: 'ex_a' }] }, heldBack: 0 }],
    },
    store: {
      countAnswers: () => Promise.resolve(new Map([['ex_a', 3]])),
      selectReports: () => Promise.resolve([{ exerciseUid: 'ex_a' }]),
    },
  };
  const [, load] = (await handlers()).find(([name]) => name === '+page.server.ts load')!;
  expect(await load(eventOf(account('author'), app))).toEqual({
    lessons: [
      {
        ...{ id: 'a/b/c', title: 'C', href: '/authoring/a/b/c' },
        ...{ exercises: 1, heldBack: 0, answers: 3, reports: 1 },
      },
    ],
  });
});
