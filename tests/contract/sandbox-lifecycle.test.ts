import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createSandbox, harnessDigest } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import { bubblewrapArguments, findBubblewrap } from '#lib/server/sandbox/bubblewrap.ts';
import { findInterpreter } from '#lib/server/sandbox/interpreter.ts';
import type { RunQueue } from '#lib/server/sandbox/queue.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { containers, descendants, parts, partsOfContainer } from './container-processes.ts';
import { canStepDown, options, root, runtime } from './sandbox-under-test.ts';

const opened: Sandbox[] = [];
const folders: string[] = [];

function open(more: Partial<Parameters<typeof createSandbox>[0]> = {}): Sandbox {
  const sandbox = createSandbox({ ...options, ...more });
  opened.push(sandbox);
  return sandbox;
}

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-sandbox-'));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a sandbox that loses a part of itself', () => {
  it.each(parts)('runs the program again when %s is killed', async (part) => {
    const sandbox = open();
    await sandbox.state(runtime);
    const program = 'import time\ntime.sleep(0.5)\nprint("done")';
    const running = sandbox.run({ runtime, program });
    await pause(200);
    const before = descendants();
    process.kill(partsOfContainer()[part]!, 'SIGKILL');
    expect(await running).toMatchObject({ outcome: 'finished', stdout: 'done\n' });
    expect(await sandbox.run({ runtime, program: 'print(1)' })).toMatchObject({ stdout: '1\n' });
    const left = new Set(descendants().map(({ pid }) => pid));
    expect(before.filter(({ pid }) => left.has(pid))).toEqual([]);
  });

  it('says infrastructure when it is lost again', async () => {
    const sandbox = open();
    await sandbox.state(runtime);
    const running = sandbox.run({ runtime, program: 'import time\ntime.sleep(4)' });
    let settled = false;
    const settle = running.then((result) => {
      settled = true;
      return result;
    });
    while (!settled) {
      await pause(150);
      // Whoever is the run itself: the deepest one, once it is there.
      if (descendants().length >= 5) process.kill(descendants()[0]!.pid, 'SIGKILL');
    }
    expect(await settle).toMatchObject({ outcome: 'infrastructure', exit: null });
    expect(await sandbox.run({ runtime, program: 'print(1)' })).toMatchObject({ stdout: '1\n' });
  });

  // A lost container is replaced and its runs are made again, so only the process tells.
  it('loses nothing over hundreds of runs that end while their words are on the way', async () => {
    const sandbox = open();
    await sandbox.state(runtime);
    let begun = 0;
    const lane = async () => {
      while (begun++ < 600) {
        const { outcome } = await sandbox.run({ runtime, program: 'print("word " * 600)' });
        expect(outcome).toBe('finished');
      }
    };
    const lanes = Array.from({ length: 6 }, lane);
    while (begun < 100) await pause(10);
    const before = containers();
    await Promise.all(lanes);
    expect(before.length).toBeGreaterThan(0);
    expect(containers()).toEqual(before);
  });

  it('leaves nothing running when it is closed', async () => {
    const sandbox = open();
    await sandbox.state(runtime);
    const running = sandbox.run({ runtime, program: 'import time\ntime.sleep(4)' });
    await pause(200);
    expect(descendants().length).toBeGreaterThanOrEqual(5);
    await sandbox.close();
    expect(await running).toMatchObject({ outcome: 'infrastructure' });
    expect(descendants()).toEqual([]);
  });
});

describe('the channel into the container', () => {
  const frame = (text: string) => {
    const body = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, body]);
  };

  it.each([
    ['an endless frame', Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['a header that is not JSON', frame('{')],
    ['a header nested too deeply', frame('['.repeat(60_000))],
    ['a header without an id', frame('{"op":"run"}')],
  ])('is given up by the supervisor at %s', async (_, bytes) => {
    const interpreter = await findInterpreter(options.venv);
    const sandbox = join(root, 'sandbox');
    const list = bubblewrapArguments({ interpreter, sandbox, runtime, hidden: [] });
    const container = spawn(await findBubblewrap(), list, { env: {} });
    const said: Buffer[] = [];
    container.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    container.stdin.on('error', () => undefined);
    container.stdin.write(bytes);
    await once(container, 'close');
    expect(Buffer.concat(said).toString()).toContain('bad frame');
    expect(descendants()).toEqual([]);
  });
});

describe('a sandbox with a full queue', () => {
  it('says busy at once, and starts nothing', async () => {
    const full: RunQueue = {
      enter: () => Promise.resolve({ kind: 'busy', retryAfterSeconds: 7, isOwners: false }),
    };
    const result = await open({ queue: full }).run({ runtime, program: 'print(1)' });
    expect(result).toMatchObject({
      ...{ outcome: 'busy', stdout: '', exit: null, retryAfterSeconds: 7 },
      error: { type: 'Busy', message: 'Too many programs are waiting. Try again in 7 seconds.' },
    });
    expect(descendants()).toEqual([]);
  });

  it('runs many more programs than it has room for, each in its turn', async () => {
    const sandbox = open({ poolMemoryBytes: 600 * 1024 * 1024 });
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, number) =>
        sandbox.run({ runtime, program: `print(${number})` }),
      ),
    );
    expect(results.map(({ stdout }) => stdout)).toEqual(
      Array.from({ length: 12 }, (_, number) => `${number}\n`),
    );
  });
});

describe('a host without a jail', () => {
  it.each([
    ['execution is off', { execution: false }, 'switched off'],
    ['the pool holds no run', { poolMemoryBytes: 1024 * 1024 }, 'does not hold one run'],
    ['the environment is missing', { venv: '/nowhere' }, 'missing'],
    ['the runtime is missing', { root: '/nowhere' }, 'no runtime'],
  ])('runs nothing, and says so, when %s', async (_, more, says) => {
    const sandbox = open(more);
    const state = await sandbox.state(runtime);
    expect(state).toMatchObject({ ready: false, tier: 'none' });
    expect(state.problem).toContain(says);
    const result = await sandbox.run({ runtime, program: 'print(1)' });
    expect(result).toMatchObject({ outcome: 'infrastructure', stdout: '', exit: null });
    expect(result.error?.message).toContain(says);
    const { judgements } = await sandbox.judge({
      runtime,
      observations: { version: 1, values: {}, events: [] },
      expectations: [{ id: 'a', kind: 'holds', source: 'True' }],
    });
    expect(judgements).toEqual([{ id: 'a', holds: null, error: null }]);
  });

  it('runs nothing when a single canary does not hold', async () => {
    const folder = scratch();
    cpSync(join(root, 'sandbox'), join(folder, 'sandbox'), { recursive: true });
    const file = join(folder, 'sandbox/jail/doors.py');
    // The door that matters most is left open.
    writeFileSync(file, readFileSync(file, 'utf8').replace('    seccomp.install(kind)\n', ''));
    execFileSync('chmod', ['-R', 'a+rX', folder]);
    const sandbox = open({ root: folder });
    const state = await sandbox.state(runtime);
    expect(state.ready).toBe(false);
    const loose = state.canaries.filter(({ held }) => !held).map(({ name }) => name);
    expect(loose).toEqual(expect.arrayContaining(['fork', 'socket-inet', 'keyctl']));
    const result = await sandbox.run({ runtime, program: 'print(1)' });
    expect(result).toMatchObject({ outcome: 'infrastructure', stdout: '' });
  });

  it.runIf(canStepDown)('works for an ordinary user just as well', () => {
    const script = `
      import { createSandbox } from ${JSON.stringify(join(root, 'src/lib/server/sandbox/bubblewrap-sandbox.ts'))};
      const sandbox = createSandbox(${JSON.stringify(options)});
      const state = await sandbox.state('${runtime}');
      const { stdout } = await sandbox.run({ runtime: '${runtime}', program: 'print(6 * 7)' });
      await sandbox.close();
      console.log(JSON.stringify([process.getuid(), state.problem, state.ready, stdout]));
    `;
    const said = execFileSync(
      'setpriv',
      [
        ...['--reuid=12345', '--regid=12345', '--clear-groups', '--inh-caps=-all'],
        ...[process.execPath, '--input-type=module', '-e', script],
      ],
      { env: { PATH: '/usr/bin:/bin', HOME: '/nonexistent' }, encoding: 'utf8', cwd: '/' },
    );
    expect(JSON.parse(said)).toEqual([12345, '', true, '42\n']);
  });
});

describe('the harness digest', () => {
  it('changes when the Python in the jail does, and only then', async () => {
    const folder = scratch();
    cpSync(join(root, 'sandbox'), join(folder, 'sandbox'), { recursive: true });
    const before = await harnessDigest(root, runtime);
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(await harnessDigest(folder, runtime)).toBe(before);
    writeFileSync(join(folder, 'sandbox/README.md'), 'prose');
    expect(await harnessDigest(folder, runtime)).toBe(before);
    writeFileSync(join(folder, 'sandbox/jail/judge.py'), 'pass');
    expect(await harnessDigest(folder, runtime)).not.toBe(before);
  });
});
