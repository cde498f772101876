import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { assay, root } from './assay-command.ts';

/** Gives a command a terminal of its own, and passes on what is typed and shown; its exit code too. */
const onTerminal = `
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
`;

interface Going {
  child: ChildProcessWithoutNullStreams;
  /** All that was shown so far, of both streams. */
  shown(): string;
  /** Resolves when this text has been shown; rejects when the command ends before. */
  until(text: string): Promise<void>;
  ended: Promise<number | null>;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-terminal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const started: ChildProcessWithoutNullStreams[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts `assay run` with a program and further arguments. */
async function begin(
  program: string,
  where: 'terminal' | 'pipes',
  args: string[] = [],
): Promise<Going> {
  const file = join(folder, 'program.py');
  await writeFile(file, program);
  const command = [join(root, 'assay'), 'run', file, ...args];
  const python = join(root, '.venv/bin/python');
  const [first, ...rest] = where === 'terminal' ? [python, '-c', onTerminal, ...command] : command;
  const child = spawn(first!, rest, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  started.push(child);
  let shown = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    child,
    shown: () => shown,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = () => shown.includes(text) && resolve();
        listeners.add(look);
        look();
        void ended.then((code) =>
          reject(new Error(`it ended with ${code} and had shown ${JSON.stringify(shown)}`)),
        );
      }),
    ended,
  };
}

const hostile = [
  'import sys',
  String.raw`print("title \x1b]0;owned\x07 clear \x1b[2J back\rover\x08 \x9b31m", flush=True)`,
  String.raw`print("tab\there", flush=True)`,
  String.raw`sys.stderr.write("err \x1b[31m\n")`,
].join('\n');

describe('on a terminal', () => {
  test('a program moves no cursor and changes no title: its control characters are only shown', async () => {
    const { ended, shown } = await begin(hostile, 'terminal');
    expect(await ended).toBe(0);
    // Our own way to take back a line of progress is the one sequence there may be.
    const text = shown().replaceAll('\r\u001b[2K', '').replaceAll('\r\n', '\n');
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(text).toContain(String.raw`title \x1b]0;owned\x07 clear \x1b[2J back\rover\b \x9b31m`);
    expect(text).toContain('tab\there\n');
    expect(text).toContain(String.raw`err \x1b[31m`);
  });

  test('the message of an error drives it no more than output does', async () => {
    const { ended, shown } = await begin(
      String.raw`import sys
sys.stderr = None
raise ValueError("\x1b]0;owned\x07")`,
      'terminal',
    );
    expect(await ended).toBe(1);
    expect(shown()).not.toContain('\u0007');
  });

  test('a last line without an end is kept', async () => {
    const { ended, shown } = await begin('print("half", end="")', 'terminal');
    expect(await ended).toBe(0);
    expect(shown()).toContain('half\r\n');
  });

  test('Ctrl-C ends the run', async () => {
    const program = 'import time\nprint("ready", flush=True)\ntime.sleep(600)\nprint("awake")\n';
    const going = await begin(program, 'terminal', ['--wall-ms', '600000']);
    await going.until('ready');
    going.child.stdin.write('\u0003');
    expect(await going.ended).toBe(130);
    expect(going.shown()).toContain('Stopped by you');
    expect(going.shown()).not.toContain('awake');
  });
});

describe('into a pipe', () => {
  test('what the program printed is passed on unchanged, each stream on its own', async () => {
    const { code, stdout, stderr } = await assay(['run', '-'], { input: hostile });
    expect(stdout).toBe(
      'title \u001b]0;owned\u0007 clear \u001b[2J back\rover\b \u009b31m\ntab\there\n',
    );
    expect(stderr).toBe('err \u001b[31m\n');
    expect(code).toBe(0);
  });

  test('a line without an end stays one', async () => {
    const { stdout } = await assay(['run', '-'], { input: 'print("half", end="")' });
    expect(stdout).toBe('half');
  });

  test('output comes as it is printed, and once', async () => {
    const program = 'import time\nprint("first", flush=True)\ntime.sleep(2)\nprint("second")\n';
    const going = await begin(program, 'pipes');
    await going.until('first');
    expect(going.shown()).toBe('first\n');
    expect(await going.ended).toBe(0);
    expect(going.shown()).toBe('first\nsecond\n');
  });

  test('an interrupt ends the run', async () => {
    const program = 'import time\nprint("ready", flush=True)\ntime.sleep(600)\n';
    const going = await begin(program, 'pipes', ['--wall-ms', '600000']);
    await going.until('ready');
    going.child.kill('SIGINT');
    expect(await going.ended).toBe(130);
    expect(going.shown()).toBe('ready\nassay: Stopped by you.\n');
  });
});
