/** Authors' pages name keys: whoever is no author finds nothing there, by whatever way a page is asked for. */
import { expect, test } from 'vitest';
import { Visitor } from './built-site.ts';
import { loadOurLesson } from './our-exercises.ts';
import { servedSite } from './served-site.ts';

const served = servedSite();

const lesson = '/authoring/django/async/when-async-helps';
const pages = ['/authoring', '/authoring/reports', lesson];

test.each(pages.flatMap((path) => [path, `${path}/__data.json`]))(
  'a learner finds nothing at %s',
  async (path) => {
    const visitor = new Visitor(served.site.url);
    await visitor.get('/');
    const response = await visitor.get(path);
    const text = await response.text();
    // As data, a page's own trouble comes in an answer that says so.
    if (path.endsWith('.json')) expect(text).toMatch(/"type":"error".*"status":404/);
    else expect(response.status).toBe(404);
    const { exercises } = await loadOurLesson();
    expect(exercises.length).toBeGreaterThan(0);
    for (const { uid, title } of exercises) {
      expect(text).not.toContain(uid);
      expect(text).not.toContain(title);
    }
  },
);

test('a learner resolves no report', async () => {
  const visitor = new Visitor(served.site.url);
  await visitor.get('/');
  const response = await visitor.post('/authoring/reports?/resolve', { report: 'any' });
  expect(response.status).toBe(404);
});

test('nothing of an author’s is in the head of a learner’s page', async () => {
  const page = await (await new Visitor(served.site.url).get('/')).text();
  expect(page).toContain('href="/me"');
  expect(page).not.toContain('/authoring');
});
