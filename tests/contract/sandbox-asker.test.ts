import { describe, expect, it } from 'vitest';
import type { Asker } from '#lib/server/sandbox/port.ts';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import { containers, descendants } from './container-processes.ts';
import { options, python, runtime, sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();

/** An asker who writes everything down. */
function listener(): { asker: Asker; heard: string[]; text: (stream: string) => string } {
  const heard: string[] = [];
  const said: [string, string][] = [];
  return {
    heard,
    text: (stream) => said.flatMap(([name, text]) => (name === stream ? [text] : [])).join(''),
    asker: {
      onStarted: () => heard.push('started'),
      onOutput: (stream, text) => {
        heard.push(`${stream} ${text}`);
        said.push([stream, text]);
      },
    },
  };
}

describe('an asker', () => {
  it('hears what a program writes while it goes on', async () => {
    const { asker, heard } = listener();
    const program = python`
      import sys, time
      print("first")
      time.sleep(0.4)
      print("second", file=sys.stderr)
      time.sleep(0.4)
      print("third")
    `;
    const result = await under.sandbox.run({ runtime, program }, asker);
    heard.push('result');
    expect(heard).toEqual([
      ...['started', 'stdout first\n', 'stderr second\n', 'stdout third\n', 'result'],
    ]);
    expect(result).toMatchObject({ stdout: 'first\nthird\n', stderr: 'second\n' });
  });

  it('whose own code fails while it listens still gets the result, and the container stays', async () => {
    const before = containers();
    const fails = (): void => {
      throw new Error('a fault of the listener');
    };
    const result = await under.sandbox.run(
      { runtime, program: 'print("first")' },
      { onOutput: fails },
    );
    expect(result).toMatchObject({ outcome: 'finished', stdout: 'first\n' });
    expect(containers()).toEqual(before);
  });

  it.each([
    ['text in many small pieces', 'for n in range(500): print(n, flush=True)'],
    [
      'characters that come in halves',
      'import os, time\nfor byte in "aé€😀z".encode():\n    os.write(1, bytes([byte])); time.sleep(0.01)',
    ],
    ['bytes that are no text', 'import os\nos.write(1, b"a\\xff\\xfe\\x80b")'],
    ['a character that never ends', 'import os\nos.write(1, b"a\\xe2\\x82")'],
    [
      'bytes that are no text where it is cut',
      'import os\nos.write(1, b"x" * 65535 + b"\\xffyyy")',
    ],
    ['more than may be written', 'print("€" * 100_000)'],
    [
      'more, and then too much',
      'import time\nprint("x" * 60_000)\ntime.sleep(0.2)\nprint("€" * 9_000)',
    ],
    ['nothing', 'pass'],
  ])('has heard exactly what the result holds: %s', async (_, program) => {
    const { asker, text } = listener();
    const result = await under.sandbox.run({ runtime, program }, asker);
    expect(text('stdout')).toBe(result.stdout);
    expect(text('stderr')).toBe(result.stderr);
  });

  it('who goes away ends the run', async () => {
    const gone = new AbortController();
    const began = performance.now();
    const result = await under.sandbox.run(
      {
        runtime,
        program: 'import time\nprint("on", flush=True)\ntime.sleep(60)',
        limits: { wallMs: 60_000 },
      },
      { signal: gone.signal, onOutput: () => gone.abort() },
    );
    expect(result).toMatchObject({ outcome: 'killed', exit: null, error: { type: 'Cancelled' } });
    expect(performance.now() - began).toBeLessThan(30_000);
    expect((await under.run('print(1)')).stdout).toBe('1\n');
  });

  it('who was gone before it began is asked for nothing', async () => {
    const result = await under.sandbox.run(
      { runtime, program: 'print(1)' },
      { signal: AbortSignal.abort() },
    );
    expect(result).toMatchObject({ outcome: 'killed', stdout: '', error: { type: 'Cancelled' } });
  });

  it('may go away at any moment without harm to those who stay', async () => {
    const stay = async (number: number) =>
      (await under.run(`import time\ntime.sleep(0.02)\nprint(${number})`)).stdout;
    const leave = async (after: number) => {
      const gone = new AbortController();
      setTimeout(() => gone.abort(), after);
      const program = 'import time\nwhile True: time.sleep(0.001)';
      return (await under.sandbox.run({ runtime, program }, { signal: gone.signal })).outcome;
    };
    const left = Array.from({ length: 30 }, (_, number) => leave(number * 3));
    const stayed = Array.from({ length: 30 }, (_, number) => stay(number));
    expect(await Promise.all(stayed)).toEqual(Array.from({ length: 30 }, (_, n) => `${n}\n`));
    expect(new Set(await Promise.all(left))).toEqual(new Set(['killed']));
  });

  it('who has heard something is not told it again when the container is lost', async () => {
    const sandbox = createSandbox(options);
    await sandbox.state(runtime);
    const { asker, heard } = listener();
    const known = new Set(descendants().map(({ pid }) => pid));
    const running = sandbox.run(
      { runtime, program: 'import time\nprint("once", flush=True)\ntime.sleep(4)' },
      {
        ...asker,
        onOutput: (stream, text) => {
          asker.onOutput?.(stream, text);
          // Its own container: the one that the other sandbox of this file has not.
          process.kill(ownContainer(known), 'SIGKILL');
        },
      },
    );
    expect(await running).toMatchObject({ outcome: 'infrastructure', exit: null });
    expect(heard).toEqual(['started', 'stdout once\n']);
    expect((await sandbox.run({ runtime, program: 'print(1)' })).stdout).toBe('1\n');
    await sandbox.close();
  });
});

/** The bwrap that was started last. */
function ownContainer(known: Set<number>): number {
  const bubblewraps = descendants().filter(({ name, parent, pid }) => {
    return name === 'bwrap' && parent === process.pid && known.has(pid);
  });
  return Math.max(...bubblewraps.map(({ pid }) => pid));
}
