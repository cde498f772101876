import { expect, test } from 'vitest';
import { Visitor, runAssay, tryPath } from './built-site.ts';
import { servedSite } from './served-site.ts';

const served = servedSite();
const lesson = tryPath.replace(/\/try$/, '');

const textOf = async (visitor: Visitor, path: string) =>
  (await (await visitor.get(path)).text()).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

/** What is kept of a visitor: the modes, the one opened last first; null when nothing is. */
async function keptOf({ cookie }: Visitor): Promise<string[] | null> {
  const args = ['learner', 'export', cookie.replace('assay_learner=', '')];
  const { code, stdout } = await runAssay(args, served.dataDir);
  if (code !== 0) return null;
  return (JSON.parse(stdout) as { modes: { mode: string }[] }).modes.map(({ mode }) => mode);
}

test('of who looks in once nothing is kept, and who comes back is led to where they were', async () => {
  const visitor = new Visitor(served.site.url);
  await visitor.get(tryPath);
  expect(visitor.cookie).not.toBe('');
  expect(await keptOf(visitor)).toBeNull();
  expect(await textOf(visitor, lesson)).not.toContain('Continue: Try');

  await visitor.get(tryPath);
  await visitor.get(`${lesson}/challenge`);
  await visitor.get(tryPath);
  expect(await keptOf(visitor)).toEqual(['try', 'challenge']);
  expect(await textOf(visitor, lesson)).toContain('Continue: Try');
  expect(await textOf(visitor, '/')).toContain('Continue: Try');
});

test('a step of the project leads back to the project', async () => {
  const visitor = new Visitor(served.site.url);
  await visitor.get('/');
  await visitor.get(`${lesson}/project/let-the-loop-go`);
  expect(await textOf(visitor, lesson)).toContain('Continue: Project');
});

test('a page that is not there is not where anybody is led', async () => {
  const visitor = new Visitor(served.site.url);
  await visitor.get('/');
  expect((await visitor.get(`${lesson}/no-such-mode`)).status).toBe(404);
  expect(await textOf(visitor, lesson)).not.toContain('Continue:');
  expect((await visitor.get(`${lesson}/project/no-such-step`)).status).toBe(404);
});

test('a mode that is read is done when its reader says so, and no other mode is', async () => {
  const visitor = new Visitor(served.site.url);
  const done = (fields: Record<string, string>) => visitor.post(`${lesson}?/done`, fields);
  const response = await done({ mode: 'why' });
  expect([response.status, response.headers.get('location')]).toEqual([303, `${lesson}/why#done`]);
  expect(await textOf(visitor, lesson)).toMatch(/Why .{0,120}done/);

  for (const mode of ['try', 'test', '../..', '']) expect((await done({ mode })).status).toBe(404);
  expect((await done({})).status).toBe(400);
  expect(await keptOf(visitor)).toEqual(['why']);
});

test('the solution of a step is taken only to begin the next one with, and once', async () => {
  const visitor = new Visitor(served.site.url);
  const project = `${lesson}/project`;
  const take = (step: string) => visitor.post(`${project}/${step}?/reference`, {});
  expect((await take('let-the-loop-go')).status).toBe(404);
  expect((await take('no-such-step')).status).toBe(404);
  expect((await take('wait-no-longer')).status).toBe(303);
  expect((await take('wait-no-longer')).status).toBe(303);
  const page = await textOf(visitor, project);
  expect(page.match(/Its solution was shown\./g)).toHaveLength(1);
});
