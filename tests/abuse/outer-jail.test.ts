import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import { canStepDown, options, python, root } from '../contract/sandbox-under-test.ts';
import { containerProcesses } from './census.ts';
import { runtime } from './companions.ts';
import { type AblatedSandbox, startWithout } from './outer-jail.ts';

const canBeJailed = process.getuid?.() !== 0 || canStepDown;

/** With these gone, a program sees whatever is around the container. */
const walls = ['container-root', 'no-proc', 'no-network', 'landlock', 'seccomp'] as const;

describe.runIf(canBeJailed)('the outer jail, when the container in it holds nothing back', () => {
  let open: AblatedSandbox;
  beforeAll(async () => {
    open = await startWithout(walls);
  });
  afterAll(() => open.remove());
  const run = (program: string) => open.sandbox.run({ runtime, program });

  it('shows a disposable host, with what was planted in it', async () => {
    const { stdout } = await run(python`
      import os
      print(open("/etc/passwd").read().split(":")[4], os.path.exists("/root/secret.txt"))
    `);
    expect(stdout).toBe('HOST-PASSWD-MARKER True\n');
  });

  it('shows nothing of this machine: no folder, no process, no address', async () => {
    const { stdout } = await run(python`
      import os, socket
      print(sorted(os.listdir("/")))
      paths = ["/work", "/home", "/usr", "/var", "/opt", "/srv", "/mnt", "/sys", "/run", "/etc/shadow",
               ${JSON.stringify(root)}, ${JSON.stringify(join(process.cwd(), 'package.json'))},
               ${JSON.stringify(process.execPath)}]
      print([path for path in paths if os.path.exists(path)])
      names = set()
      for entry in os.listdir("/proc"):
          if entry.isdigit():
              names.add(open(f"/proc/{entry}/comm").read().strip())
      print(sorted(name for name in names if not name.startswith(("python", "bwrap", "ld-linux"))))
      print([name for _, name in socket.if_nameindex()])
    `);
    const [entries, found, processes, devices] = stdout.split('\n');
    expect(entries).toMatch(
      /^\['dev', 'etc', 'lib(64)?'(, 'lib64')?, 'outer', 'proc', 'python', 'root', 'sandbox', 'shared', 'tmp'\]$/,
    );
    expect([found, processes, devices]).toEqual(['[]', '[]', "['lo']"]);
  });

  it('bounds the processes that a fork bomb makes, and takes them all with it', async () => {
    const { stdout } = await run(python`
      import os, signal, time
      made = 0
      try:
          while made < 2000:
              if os.fork() == 0:
                  signal.pause()
              made += 1
      except OSError as error:
          print(made, error)
    `);
    expect(stdout).toMatch(/^\d{2,3} \[Errno 11\] Resource temporarily unavailable\n$/);
    await open.remove();
    expect(containerProcesses()).toEqual([]);
    open = await startWithout(walls);
  });

  it('is what the copy of the sandbox needs around it to run at all', async () => {
    const sandbox = createSandbox({ ...options, root: open.folder });
    const path = process.env['PATH'];
    process.env['PATH'] = '/usr/bin:/bin';
    const { ready, problem } = await sandbox.state(runtime);
    process.env['PATH'] = path;
    await sandbox.close();
    expect({ ready, problem }).toEqual({
      ready: false,
      problem: expect.stringContaining('did not start'),
    });
  });

  it('bounds what one process may take of memory and of disk', async () => {
    const { stdout } = await run(python`
      import resource
      names = ("RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_CPU", "RLIMIT_CORE")
      print([resource.getrlimit(getattr(resource, name))[1] != resource.RLIM_INFINITY for name in names])
    `);
    expect(stdout).toBe('[True, True, True, True]\n');
  });
});
