/** Starts the built site as an operator does, and speaks to it as a browser without JavaScript does. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { findRoot } from '#config';

export const root = findRoot();
const main = join(root, 'src/cli/main.ts');
const readyLine = /Assay is ready at (http:\/\/\S+)/;

export interface Site {
  url: string;
  process: ChildProcess;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** What one test has proven on this host need not be run for the next: a key names all that a proof depends on. */
const sharedProofs = join(root, '.assay/test-proofs');
const sharedRecordings = join(root, '.assay/test-recordings');
const sharedLabRuns = join(root, '.assay/test-lab-runs');

export async function makeDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'assay-site-'));
  await mkdir(join(dataDir, 'recordings'));
  // A proof of what is recorded, or measured, names what is shown of it.
  for (const [own, shared] of [
    ['proofs', sharedProofs],
    ['recordings/lessons', sharedRecordings],
    ['recordings/lab', sharedLabRuns],
  ] as const) {
    await mkdir(shared, { recursive: true });
    await symlink(shared, join(dataDir, own));
  }
  return dataDir;
}

export function removeDataDir(dataDir: string): Promise<void> {
  return rm(dataDir, { recursive: true, force: true });
}

function siteEnv(dataDir: string, env: Record<string, string>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !name.startsWith('ASSAY_') && name !== 'ORIGIN',
  ) as [string, string][];
  // All of a test's visitors come from one address, faster than people do.
  const ours = { PORT: '0', ASSAY_DATA_DIR: dataDir, ASSAY_RATE_LIMIT_FACTOR: '0' };
  return { ...Object.fromEntries(inherited), ...ours, ...env };
}

/** Runs an `assay` command to its end. @param input - What it reads; nothing otherwise. */
export function runAssay(
  args: string[],
  dataDir: string,
  env: Record<string, string> = {},
  input?: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: root,
      env: siteEnv(dataDir, env),
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    child.stdin?.end(input);
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** Proves what is not proven yet in this data folder. */
export async function prepareSite(dataDir: string, env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runAssay(['prepare'], dataDir, env);
  if (code !== 0) throw new Error(`assay prepare ended with ${code}: ${stdout}${stderr}`);
}

/** Settings of a site for which it is so many days later. */
export function daysLater(days: number): Record<string, string> {
  const preload = pathToFileURL(join(root, 'tests/site/moved-clock.mjs'));
  return { NODE_OPTIONS: `--import ${preload.href}`, CLOCK_MOVED_BY_DAYS: String(days) };
}

/** Starts `assay serve` and waits for its ready line. */
export function startSite(dataDir: string, env: Record<string, string> = {}): Promise<Site> {
  const child = spawn(process.execPath, [main, 'serve'], {
    cwd: root,
    env: siteEnv(dataDir, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`assay serve ended with ${code}: ${said}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said += `${line}\n`;
      const url = readyLine.exec(line)?.[1];
      if (!url) return;
      const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
        child.kill(signal);
        await ended;
      };
      resolve({ url, process: child, stop });
    });
  });
}

/** One browser without JavaScript: keeps its cookie, follows no redirect. */
export class Visitor {
  readonly #base: string;
  readonly #origin: string;
  cookie: string;

  constructor(
    base: string,
    { cookie = '', origin = base }: { cookie?: string; origin?: string } = {},
  ) {
    this.#base = base;
    this.#origin = origin;
    this.cookie = cookie;
  }

  async get(path: string): Promise<Response> {
    return this.#keepCookie(
      await fetch(`${this.#base}${path}`, { headers: this.#headers(), redirect: 'manual' }),
    );
  }

  async post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.#keepCookie(
      await fetch(`${this.#base}${path}`, {
        method: 'POST',
        headers: { ...this.#headers(), origin: this.#origin, accept: 'text/html' },
        body: new URLSearchParams(fields),
        redirect: 'manual',
      }),
    );
  }

  #headers(): Record<string, string> {
    return this.cookie ? { cookie: this.cookie } : {};
  }

  #keepCookie(response: Response): Response {
    const set = response.headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith('assay_learner='));
    if (set) this.cookie = set.split(';')[0] ?? '';
    return response;
  }
}

export const tryPath = '/learn/django/async/when-async-helps/try';
