/**
 * Lighthouse on the lesson page of the built site, in Debian's Chromium: what it scores, and how far its
 * performance stands from the floor, the catalogue, which is the lightest page of the same site. Ends with
 * 1 when a score that does not depend on the machine is below 100, or anything moves.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  makeDataDir,
  prepareSite,
  removeDataDir,
  root,
  startSite,
  tryPath,
} from '../site/built-site.ts';

const runs = 5;
const home = join(root, 'tests/bench/lighthouse');
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const chromeFlags = ['--headless=new', '--disable-gpu', '--disable-quic', '--no-first-run'];
if (process.getuid?.() === 0) chromeFlags.push('--no-sandbox');

interface Audit {
  score: number | null;
  numericValue?: number;
  title: string;
}

interface Report {
  lighthouseVersion: string;
  categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, Audit>;
}

interface Figure {
  name: string;
  unit: string;
  of(report: Report): number;
}

const audited = (id: string) => (report: Report) => report.audits[id]?.numericValue ?? Number.NaN;
const scored = (id: string) => (report: Report) => (report.categories[id]?.score ?? 0) * 100;

const figures: Figure[] = [
  { name: 'performance', unit: '', of: scored('performance') },
  { name: 'first contentful paint', unit: 'ms', of: audited('first-contentful-paint') },
  { name: 'largest contentful paint', unit: 'ms', of: audited('largest-contentful-paint') },
  { name: 'total blocking time', unit: 'ms', of: audited('total-blocking-time') },
  { name: 'bytes', unit: 'kB', of: (report) => audited('total-byte-weight')(report) / 1000 },
];

/** Runs a command to its end. @returns Its output; rejects, with what it said, when it fails. */
function run(command: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CHROME_PATH: chromium, PUPPETEER_SKIP_DOWNLOAD: '1' };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${command} ended with ${code}: ${said.slice(-2000)}`));
    });
  });
}

/** Its own lock file names the very version, so one that is there is the one. */
async function installLighthouse(): Promise<void> {
  if (existsSync(join(home, 'node_modules/lighthouse'))) return;
  await run('npm', ['ci', '--ignore-scripts', '--engine-strict=false', '--loglevel=error'], home);
}

async function visit(url: string): Promise<Report> {
  const cli = join(home, 'node_modules/lighthouse/cli/index.js');
  const options = ['--output=json', '--quiet', '--no-enable-error-reporting'];
  const flags = `--chrome-flags=${chromeFlags.join(' ')}`;
  const only = '--only-categories=performance,accessibility,best-practices';
  const args = [cli, url, ...options, only, flags];
  return JSON.parse(await run(process.execPath, args, root)) as Report;
}

/** One page and then the other, so that a busy minute of the machine falls on both. */
async function visitInTurn(page: string, floor: string): Promise<[Report[], Report[]]> {
  const reports: [Report[], Report[]] = [[], []];
  for (let i = 0; i < runs; i += 1) {
    reports[0].push(await visit(page));
    reports[1].push(await visit(floor));
  }
  return reports;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** What counts in a category and did not get its full score. */
function shortfalls(report: Report, category: string): string[] {
  return (report.categories[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
    const audit = report.audits[id];
    return weight > 0 && audit?.score !== null && audit?.score !== 1
      ? [`${id}: ${audit?.title}`]
      : [];
  });
}

function compare(page: Report[], floor: Report[]): void {
  const row = (...cells: string[]) =>
    console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(26) : cell.padStart(12))).join(''));
  row(`median of ${runs}`, 'lesson', 'catalogue', 'ratio');
  for (const { name, unit, of } of figures) {
    const [here, there] = [median(page.map(of)), median(floor.map(of))];
    const ratio = there === 0 ? '' : `${(here / there).toFixed(2)}x`;
    row(name, `${here.toFixed(0)} ${unit}`, `${there.toFixed(0)} ${unit}`, ratio);
  }
}

function demands(page: Report[]): string[] {
  const unmet = ['accessibility', 'best-practices'].flatMap((category) => {
    const least = Math.min(...page.map(scored(category)));
    console.log(`${category}: ${least}`);
    return least === 100 ? [] : page.flatMap((report) => shortfalls(report, category));
  });
  const moved = Math.max(...page.map(audited('cumulative-layout-shift')));
  console.log(`layout shift: ${moved}`);
  return moved === 0 ? unmet : [...unmet, `layout shift is ${moved}, not 0`];
}

await installLighthouse();
if (!existsSync(join(root, 'build/index.js'))) {
  await run(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], root);
}
const dataDir = await makeDataDir();
try {
  await prepareSite(dataDir);
  const site = await startSite(dataDir);
  try {
    const [page, floor] = await visitInTurn(`${site.url}${tryPath}`, `${site.url}/`);
    console.log(`Lighthouse ${page[0]?.lighthouseVersion}, its usual phone on a slow line`);
    compare(page, floor);
    const unmet = new Set(demands(page));
    for (const each of unmet) console.log(`not met: ${each}`);
    process.exitCode = unmet.size > 0 ? 1 : 0;
  } finally {
    await site.stop();
  }
} finally {
  await removeDataDir(dataDir);
}
