import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import type { Sandbox, SandboxState } from '#lib/server/sandbox/port.ts';
import { nothingLeft, temporaryFolder } from './jail-processes.ts';
import { canStepDown, options, python, root, runtime } from './sandbox-under-test.ts';

const isRoot = process.getuid?.() === 0;
const weaker = { ...options, tier: 'no-namespaces' as const };
const usual = process.env['TMPDIR'];
let folder: string;
const opened: Sandbox[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  process.env['TMPDIR'] = folder;
});

afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close();
  rmSync(folder, { recursive: true });
  if (usual === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usual;
});

/** A copy of the sandbox, changed in one place. */
function changedCopy(file: string, from: string, to: string): string {
  const copy = mkdtempSync(join(folder, 'copy-'));
  cpSync(join(root, 'sandbox'), join(copy, 'sandbox'), { recursive: true });
  const path = join(copy, 'sandbox', file);
  const text = readFileSync(path, 'utf8');
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(path, text.replace(from, to));
  execFileSync('chmod', ['-R', 'a+rX', copy]);
  return copy;
}

async function stateOf(copy: string): Promise<SandboxState> {
  const sandbox = createSandbox({ ...weaker, root: copy });
  opened.push(sandbox);
  const state = await sandbox.state(runtime);
  const { outcome, stdout } = await sandbox.run({ runtime, program: 'print(1)' });
  expect([outcome, stdout]).toEqual(state.ready ? ['finished', '1\n'] : ['infrastructure', '']);
  return state;
}

/** A program of Node's that has a sandbox in this tier. */
const script = (body: string) => `
  import { createSandbox } from ${JSON.stringify(join(root, 'src/lib/server/sandbox/bubblewrap-sandbox.ts'))};
  const sandbox = createSandbox(${JSON.stringify(weaker)});
  const state = await sandbox.state('${runtime}');
  ${body}
`;

describe('a host where a layer of the weaker tier is missing', () => {
  it.each([
    ['no Landlock', 'return 0', 'this kernel has none'],
    ['an old Landlock', 'return 2', 'this kernel has version 2'],
    ['no leave to ask for it', 'raise PermissionError', 'this kernel has none'],
  ])('runs nothing, and says so, with %s', async (_, instead, says) => {
    const asks = 'return kernel.syscall(_CREATE_RULESET, 0, 0, _CREATE_VERSION)';
    const state = await stateOf(changedCopy('jail/landlock.py', asks, instead));
    expect(state).toMatchObject({ ready: false, tier: 'none' });
    expect(state.problem).toContain('Landlock 3 or later is needed');
    expect(state.problem).toContain(says);
  });

  it.each([
    ['Landlock', '    landlock.restrict(ports)\n', ['proc', 'host-files', 'write', 'other-runs']],
    ['the list of system calls', '    seccomp.install(kind)\n', ['fork', 'socket-inet', 'keyctl']],
  ])('runs nothing when %s is left out', async (_, line, expected) => {
    const state = await stateOf(changedCopy('jail/doors.py', line, ''));
    expect(state).toMatchObject({ ready: false, tier: 'none' });
    const loose = state.canaries.filter(({ held }) => !held).map(({ name }) => name);
    expect(loose).toEqual(expect.arrayContaining(expected));
  });

  it.runIf(isRoot)('runs nothing as root that cannot step down', async () => {
    const copy = changedCopy('README.md', '# The inside of the jail', '# The jail');
    chmodSync(join(copy, 'sandbox'), 0o700);
    const state = await stateOf(copy);
    expect(state).toMatchObject({ ready: false, tier: 'none' });
    expect(state.problem).toContain('nothing is run as root');
  });

  it.each([
    [
      'does not do',
      'jail/landlock.py',
      'return kernel.syscall(_CREATE_RULESET, 0, 0',
      'return 0 # (',
    ],
    ['does not even begin', 'jail/main.py', 'import importlib\n', 'import absent_module\n'],
  ])('leaves nothing behind where it %s', async (_, file, from, to) => {
    const copy = changedCopy(file, from, to);
    expect(await stateOf(copy)).toMatchObject({ ready: false });
    rmSync(copy, { recursive: true });
    expect(await nothingLeft(folder)).toBe(true);
  });
});

describe('whoever serves in the weaker tier', () => {
  it.runIf(canStepDown)('may be an ordinary user, whose files stay as they are', async () => {
    const home = mkdtempSync(join(folder, 'home-'));
    const file = join(home, 'file');
    writeFileSync(file, 'kept', { mode: 0o640 });
    for (const path of [home, file]) chownSync(path, 12345, 12345);
    const program = python`
      import os
      file = ${JSON.stringify(file)}
      attempts = {
          "read": lambda: open(file), "write": lambda: open(file, "a"), "cut": lambda: os.truncate(file, 0),
          "remove": lambda: os.unlink(file), "move": lambda: os.rename(file, "mine"),
          "link": lambda: os.link(file, "mine"), "mode": lambda: os.chmod(file, 0o777),
          "time": lambda: os.utime(file, (1, 1)), "owner": lambda: os.chown(file, os.getuid(), os.getgid()),
          "mark": lambda: os.setxattr(file, "user.a", b"b"), "list": lambda: os.listdir(os.path.dirname(file)),
          "make": lambda: os.mkdir(file + "x"), "read mode": lambda: os.chmod(os.open(os.__file__, 0), 0o600),
      }
      for name, attempt in attempts.items():
          try: print("BREACH", name, attempt())
          except OSError: pass
      print(os.getuid(), os.path.exists(file))
    `;
    const said = execFileSync(
      'setpriv',
      [
        ...['--reuid=12345', '--regid=12345', '--clear-groups', '--inh-caps=-all'],
        ...[process.execPath, '--input-type=module', '-e'],
        script(`
          const { stdout } = await sandbox.run({ runtime: '${runtime}', program: ${JSON.stringify(program)} });
          await sandbox.close();
          console.log(JSON.stringify([state.problem, state.tier, stdout]));
        `),
      ],
      { env: { PATH: '/usr/bin:/bin', TMPDIR: folder }, encoding: 'utf8', cwd: '/' },
    );
    expect(JSON.parse(said)).toEqual(['', 'no-namespaces', '12345 True\n']);
    expect(readFileSync(file, 'utf8')).toBe('kept');
    rmSync(home, { recursive: true });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.runIf(canStepDown)('may be root, which steps down before anything is run', async () => {
    const sandbox = createSandbox(weaker);
    opened.push(sandbox);
    const { stdout } = await sandbox.run({
      runtime,
      program: 'import os\nprint(os.getresuid(), os.getresgid(), os.getgroups())',
    });
    expect(stdout).toBe('(65534, 65534, 65534) (65534, 65534, 65534) []\n');
  });

  it('leaves neither a run nor a folder when it is killed', async () => {
    const child = spawn(
      process.execPath,
      [
        ...['--input-type=module', '-e'],
        script(`
          const program = 'import time\\nprint("on", flush=True)\\ntime.sleep(60)';
          await sandbox.run({ runtime: '${runtime}', program, limits: { wallMs: 60000 } }, {
            onOutput: (_, text) => process.stdout.write(text),
          });
        `),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    expect(readdirSync(folder)).toHaveLength(1);
    child.kill('SIGKILL');
    expect(await nothingLeft(folder)).toBe(true);
  });
});
