/** Starting the tools that do the work, and finding them. */
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { constants as osConstants } from 'node:os';
import { delimiter, join } from 'node:path';

const KEPT_OUTPUT_CHARACTERS = 400_000;
const PARENT_LOOK_MS = 500;

/**
 * Runs a tool to its end and keeps what it printed. Never rejects because of what the tool does; rejects
 * with {@link Interrupted} when we were told to stop meanwhile.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: object }} [options]
 * @returns {Promise<{ code: number, output: string, stdout: string }>} `code` is 127 when it could not
 * be started and 128 + n when signal n ended it.
 */
export function runTool(command, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    let output = '';
    let stdout = '';
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (text) => {
      output = (output + text).slice(-KEPT_OUTPUT_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout = (stdout + text).slice(-KEPT_OUTPUT_CHARACTERS);
      keep(text);
    });
    child.stderr.setEncoding('utf8').on('data', keep);
    children.add(child);
    child.on('error', (error) => {
      children.delete(child);
      resolve({ code: 127, output: `${output}${error.message}`, stdout });
    });
    child.on('close', (code, signal) => {
      children.delete(child);
      if (receivedSignal) reject(new Interrupted(receivedSignal));
      else resolve({ code: exitCode(code, signal), output, stdout });
    });
  });
}

/**
 * Runs a program in the foreground: it has our terminal and is handed our signals.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: object, endsWithUs?: boolean }} [options] - `endsWithUs`: the child has a
 * channel to us (it sees it close when we are killed), and is told to end when the npm above us is gone.
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null }>} `code` is 128 + n when signal n ended it.
 */
export function runInForeground(command, args, { cwd, env, endsWithUs = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = endsWithUs ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
    const child = spawn(command, args, { cwd, env, stdio });
    children.add(child);
    const watch = endsWithUs ? watchNpm(() => child.kill('SIGTERM')) : undefined;
    const settle = () => {
      children.delete(child);
      clearInterval(watch);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      settle();
      resolve({ code: exitCode(code, signal), signal });
    });
  });
}

// Whoever kills `npm start` means the site: without this, it would go on and keep its port. What started
// us is asked for at once, because it may be gone by the time that the site is served.
const STARTED_BY = process.ppid;

function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const watch = setInterval(() => {
    if (process.ppid !== STARTED_BY) onGone();
  }, PARENT_LOOK_MS);
  return watch.unref();
}

/** What we have started and what has not ended yet. */
const children = new Set();
let receivedSignal = null;

/**
 * From now on a signal that would end us is handed to what we have started, so that it can end in order;
 * without any such program it ends us at once. Call it once, before the first program is started.
 */
export function passSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      receivedSignal = signal;
      for (const child of children) child.kill(signal);
      // What listens for the end of the process, such as the lock, is told.
      if (children.size === 0) process.exit(exitCode(null, signal));
    });
  }
}

/** Ends us as `signal` ended what we stood for. */
export function endBySignal(signal) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** The person (or the system) stopped the set-up. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`stopped by ${signal}`);
    this.name = 'Interrupted';
    this.exitCode = exitCode(null, signal);
  }
}

function exitCode(code, signal) {
  return signal ? 128 + (osConstants.signals[signal] ?? 0) : (code ?? 1);
}

/** Full path of a program on PATH (and in the folders for administrators), or null. */
export function findProgram(name, env = process.env) {
  const folders = [...(env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  for (const folder of folders) {
    if (!folder) continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // Not there, or not for us: look on.
    }
  }
  return null;
}

// nginx lives in /usr/sbin, which an ordinary user's PATH does not hold.
const SYSTEM_FOLDERS = [
  '/usr/local/bin',
  '/usr/bin',
  '/bin',
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
];
