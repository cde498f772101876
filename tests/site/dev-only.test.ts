import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assay } from '../cli/assay-command.ts';
import { root, runAssay, startSite, type Site } from './built-site.ts';

let folder: string;
let site: Site;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-dev-only-'));
  const content = join(folder, 'content');
  const lesson = join(content, 'web/forms/01-first-steps');
  await assay(['new', 'lesson', 'web/forms/first-steps', '--into', content]);
  await assay(['new', 'exercise', lesson, 'blanks', 'greet']);
  await assay(['new', 'exercise', lesson, 'choice', 'not-found']);
  const file = join(lesson, 'exercises/01-greet.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('answers: [[get]]', 'answers: [[getlist]]'));
  await cp(file, join(lesson, 'exercises/03-copy.yaml'));
  const env = { ASSAY_CONTENT: content };
  const dataDir = join(folder, 'data');
  const { code, stdout } = await runAssay(['prepare'], dataDir, env);
  expect(code, stdout).toBe(1);
  site = await startSite(dataDir, env);
});
afterAll(async () => {
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a site for learners shows nothing refuted, and no findings', async () => {
  for (const path of ['/', '/learn/web/forms/first-steps', '/learn/web/forms/first-steps/try']) {
    const page = await (await fetch(`${site.url}${path}`)).text();
    expect(page).toContain('irst steps');
    expect(page).not.toMatch(/authoring|authors-bench|data-testid="findings"|getlist/);
  }
  const { status } = await fetch(`${site.url}/authoring/events`);
  expect(status).toBe(404);
});

test("what a browser is sent holds nothing of the author's bench", async () => {
  const client = join(root, 'build', 'client');
  const scripts = (await readdir(client, { recursive: true })).filter((name) =>
    name.endsWith('.js'),
  );
  expect(scripts.length).toBeGreaterThan(3);
  for (const script of scripts) {
    const text = await readFile(join(client, script), 'utf8');
    expect(text, script).not.toMatch(/EventSource|Proving what changed|not shown to learners/);
  }
});
