/**
 * How soon a learner sees what their program prints: from pressing Run in Chromium on the built site to the
 * frame that shows the first output; beside it the run API's own first output, and the sandbox's own share,
 * asked in turn with the same program. Then what the editor weighs, and what pages weigh before it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { root } from '../site/built-site.ts';
import { RunCaller } from '../site/run-caller.ts';
import {
  readWorkbenchExercise,
  startWorkbenchSite,
  workbenchLesson,
  workbenchPath,
  type WorkbenchExercise,
} from '../site/workbench-site.ts';
import { runtime } from './sandbox/container-parts.ts';
import { openSandbox } from './sandbox/ours.ts';
import { p50, p95, printAim, printTable, shownMs } from './sandbox/statistics.ts';

const rounds = 30;
const warmUps = 3;
/** Before each run, so that a spare is ready. */
const idleMs = 80;
const aimMs = 100;
/** The most compressed script that a lesson page may have, in bytes: tests/e2e/card-page.e2e.ts. */
const scriptLimit = 60_000;

type Measure = () => Promise<number>;

/** Has the page itself take the time, from the press to the frame after the first output. */
async function watchFirstOutput(page: Page): Promise<void> {
  await page.evaluate(() => {
    const printed = () => document.querySelector('.printed')?.textContent?.trim() ?? '';
    const watch = { pressed: 0, isCleared: false, isMade: false, shown: 0 };
    Object.assign(globalThis, { watch });
    const press = ({ timeStamp }: Event) => {
      Object.assign(watch, { pressed: timeStamp, isCleared: printed() === '' });
      Object.assign(watch, { isMade: false, shown: 0 });
    };
    document.addEventListener('click', press, { capture: true });
    new MutationObserver(() => {
      // What the run before has printed goes first.
      watch.isCleared ||= printed() === '';
      if (!watch.isCleared || watch.isMade || printed() === '') return;
      watch.isMade = true;
      // After this frame has been made.
      requestAnimationFrame(() => setTimeout(() => (watch.shown = performance.now())));
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}

function pageMeasure(page: Page): Measure {
  const run = page.getByRole('button', { name: 'Run', exact: true }).first();
  return async () => {
    await run.click();
    await page.waitForFunction(() => (globalThis as unknown as Watched).watch.shown > 0);
    await page.getByText('It ran to its end').first().waitFor();
    return page.evaluate(() => {
      const { pressed, shown } = (globalThis as unknown as Watched).watch;
      return shown - pressed;
    });
  };
}

interface Watched {
  watch: { pressed: number; shown: number };
}

function apiMeasure(url: string, { uid, program }: WorkbenchExercise): Measure {
  const caller = new RunCaller(url);
  const of = { lesson: workbenchLesson, exercise: uid };
  return async () => {
    const began = performance.now();
    let first = Number.NaN;
    for await (const { kind } of caller.stream({ of, program })) {
      if (kind === 'output' && Number.isNaN(first)) first = performance.now() - began;
    }
    return first;
  };
}

function sandboxMeasure(sandbox: Sandbox, exercise: WorkbenchExercise): Measure {
  const { program, given: files, serve, demo: drive } = exercise;
  return async () => {
    const began = performance.now();
    let first = Number.NaN;
    const onOutput = () => {
      if (Number.isNaN(first)) first = performance.now() - began;
    };
    await sandbox.run({ runtime, program, files, serve, drive }, { onOutput });
    return first;
  };
}

/** Each in turn, so that a busy minute of the machine falls on all. */
async function measureInTurn(all: Record<string, Measure>): Promise<Record<string, number[]>> {
  const measured = Object.fromEntries(Object.keys(all).map((name) => [name, [] as number[]]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [name, measure] of Object.entries(all)) {
      await delay(idleMs);
      const ms = await measure();
      if (Number.isNaN(ms)) throw new Error(`${name}: nothing was printed`);
      if (round >= 0) measured[name]!.push(ms);
    }
  }
  return measured;
}

/** Scripts that a page loads, in bytes: as they are sent, and by gzip. */
interface Scripts {
  sent: number;
  gzip: number;
}

/** Scripts of a page before its editor is wanted, and what comes once it is. */
async function scriptsOf(browser: Browser, url: string): Promise<[Scripts, Scripts]> {
  const page = await browser.newPage();
  const looking: Promise<void>[] = [];
  let into: Scripts = { sent: 0, gzip: 0 };
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    const sum = into;
    const look = async () => {
      const body = (await (await request.response())?.body()) ?? Buffer.alloc(0);
      const { responseBodySize } = await request.sizes();
      sum.sent += responseBodySize;
      sum.gzip += gzipSync(body).length;
    };
    looking.push(look());
  });
  // So low that no editor is seen.
  await page.setViewportSize({ width: 1280, height: 200 });
  await page.goto(url, { waitUntil: 'networkidle' });
  const before = into;
  const after = (into = { sent: 0, gzip: 0 });
  const area = page.locator('.workbench textarea').first();
  if ((await area.count()) > 0) {
    await area.focus();
    await page.locator('.cm-content').first().waitFor();
    await page.waitForLoadState('networkidle');
  }
  await Promise.all(looking);
  await page.close();
  return [before, after];
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

async function weigh(browser: Browser, url: string): Promise<void> {
  const [lesson] = await scriptsOf(browser, `${url}/learn/${workbenchLesson}`);
  const [challenge, editor] = await scriptsOf(browser, `${url}${workbenchPath}`);
  if (editor.gzip === 0) throw new Error('no editor was loaded where there is one');
  const row = (name: string, { sent, gzip }: Scripts) => [name, kB(sent), kB(gzip)];
  printTable(
    'Scripts',
    ['', 'as sent', 'gzip'],
    [
      row('the lesson page', lesson),
      row('a page with an editor, before it is seen', challenge),
      row('the editor and its runs, once it is', editor),
    ],
  );
  const most = Math.max(lesson.sent, challenge.sent);
  printAim(`at most ${kB(scriptLimit)} before an editor is seen`, kB(most), most <= scriptLimit);
}

if (!existsSync(join(root, 'build/index.js'))) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build'], { cwd: root, stdio: 'ignore' });
}
const exercise = await readWorkbenchExercise();
const site = await startWorkbenchSite();
const { sandbox } = await openSandbox();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
try {
  const page = await browser.newPage();
  await page.goto(`${site.url}${workbenchPath}`);
  await page.locator('.workbench textarea').first().focus();
  await page.locator('.cm-content').first().waitFor();
  await watchFirstOutput(page);
  const measured = await measureInTurn({
    'from pressing Run to the frame that shows it': pageMeasure(page),
    'the run API, as a stream': apiMeasure(site.url, exercise),
    'the sandbox alone': sandboxMeasure(sandbox, exercise),
  });
  printTable(
    `First output of a program that is driven through Django, of ${rounds} runs`,
    ['', 'p50', 'p95'],
    Object.entries(measured).map(([name, ms]) => [name, shownMs(p50(ms)), shownMs(p95(ms))]),
  );
  const pressed = p50(Object.values(measured)[0]!);
  printAim(
    `at most ${aimMs} ms p50 from the press, on a quiet machine`,
    shownMs(pressed),
    pressed <= aimMs,
  );
  await weigh(browser, site.url);
} finally {
  await browser.close();
  await sandbox.close();
  await site.stop();
}
