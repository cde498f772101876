import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assay } from '../cli/assay-command.ts';
import { startDevServer, until, type DevServer } from './dev-server.ts';

let folder: string;
let server: DevServer;
let browser: Browser;
let lesson: string;
let file: string;
let good: string;

const tryPath = '/learn/web/forms/first-steps/try';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-dev-'));
  const content = join(folder, 'content');
  lesson = join(content, 'web/forms/01-first-steps');
  await assay(['new', 'lesson', 'web/forms/first-steps', '--into', content]);
  await assay(['new', 'exercise', lesson, 'blanks', 'greet']);
  await assay(['new', 'exercise', lesson, 'choice', 'not-found']);
  file = join(lesson, 'exercises/01-greet.yaml');
  good = await readFile(file, 'utf8');
  server = await startDevServer(content, join(folder, 'data'));
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function pageText(path = tryPath): Promise<string> {
  return (await fetch(`${server.url}${path}`)).text();
}

const wrongKey = () => good.replace('answers: [[get]]', 'answers: [[getlist]]');

test('a wrong key is told in the terminal and on the open page beside its exercise, until it is mended', async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}${tryPath}`);
  const bench = page.getByTestId('authors-bench');
  const findings = page.getByTestId('findings');
  const timeout = 120_000;
  await bench.getByText('Everything is proven').waitFor({ timeout });
  expect(await findings.count()).toBe(0);

  const before = server.said().length;
  await writeFile(file, wrongKey());
  await findings.getByText('`getlist`, declared right, to satisfy').waitFor({ timeout });
  expect(await findings.count()).toBe(1);
  expect(await findings.innerText()).toMatch(/01-greet\.yaml:\d+/);
  // Shown all the same, so that its author can look at it.
  expect(await page.getByRole('heading', { name: 'Greet' }).count()).toBe(1);
  const told = () => server.said().slice(before);
  await until(() => told().includes('1 refuted'), server.said);
  expect(told()).toContain('saved: web/forms/01-first-steps/exercises/01-greet.yaml');
  expect(told()).toMatch(/refuted {3}greet[^]*01-greet\.yaml:\d+\n +expected .*getlist/);

  const mended = server.said().length;
  await writeFile(`${file}.new`, good);
  // As many editors save: another file takes the place of the old one.
  await rename(`${file}.new`, file);
  await bench.getByText('Everything is proven').waitFor({ timeout });
  await findings.waitFor({ state: 'detached', timeout });
  await until(() => server.said().slice(mended).includes('0 refuted'), server.said);
  await page.close();
});

test('what is wrong with a file that cannot be loaded stands at the top of every page', async () => {
  await writeFile(file, good.replace('kind: blanks', 'kind: [blanks'));
  await until(async () => (await pageText()).includes('01-greet.yaml:'), server.said);
  const lessonPage = await pageText('/learn/web/forms/first-steps');
  expect(lessonPage).toContain('expected');
  expect(await pageText('/')).toContain('01-greet.yaml:');
  // The other exercise is served as before.
  expect(await pageText()).toContain('Not found');
  await writeFile(file, good);
  await until(async () => !(await pageText()).includes('01-greet.yaml:'), server.said);
});

test('a lesson and an exercise that are made while it runs are on the pages at once', async () => {
  const second = join(lesson, '../02-second');
  await assay(['new', 'lesson', 'web/forms/second', '--into', join(folder, 'content')]);
  await cp(join(lesson, 'exercises'), join(second, 'exercises'), { recursive: true });
  const path = '/learn/web/forms/second/try';
  // The uids are taken: the copy is told of, and nothing else is lost.
  await until(async () => (await pageText(path)).includes('which web/forms'), server.said);
  await rm(join(second, 'exercises'), { recursive: true });
  await assay(['new', 'exercise', second, 'choice', 'another']);
  await until(async () => (await pageText(path)).includes('Another'), server.said);
  expect(await pageText(path)).not.toContain('data-testid="findings"');
});

test('a text that is written while it runs is shown, refuted and mended, with its program', async () => {
  const learnPath = '/learn/web/forms/first-steps/learn';
  const learn = (printed: string) =>
    '```python run id=sum file=programs/sum.py\n```\n\n```output\n' + printed + '\n```\n';
  const lessonFile = join(lesson, 'lesson.yaml');
  const text = await readFile(lessonFile, 'utf8');
  await mkdir(join(lesson, 'programs'));
  await writeFile(join(lesson, 'programs/sum.py'), 'print(1 + 1)\n');
  await writeFile(join(lesson, 'learn.md'), learn('3'));
  await writeFile(lessonFile, text.replace('minutes:\n', 'minutes:\n  learn: 2\n'));
  // Shown with what was found, so that its author can look at both.
  await until(async () => (await pageText(learnPath)).includes('- 3\n+ 2'), server.said);
  expect(await pageText(learnPath)).toContain('learn.md:5');
  expect(await pageText('/')).toContain('1 document refuted');
  await writeFile(join(lesson, 'programs/sum.py'), 'print(1 + 2)\n');
  await until(async () => !(await pageText(learnPath)).includes('learn.md:5'), server.said);
  expect(await pageText(learnPath)).toContain('1 program run');
});
