import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { jailProcesses, nothingLeft, supervisorIn, temporaryFolder } from './jail-processes.ts';
import { options, python, root, runtime } from './sandbox-under-test.ts';

describe('what a run leaves behind', () => {
  const usual = process.env['TMPDIR'];
  let sandbox: Sandbox;
  let folder: string;

  beforeAll(async () => {
    folder = temporaryFolder();
    process.env['TMPDIR'] = folder;
    sandbox = createSandbox({ ...options, tier: 'no-namespaces', spares: 0 });
    await sandbox.state(runtime);
  });
  afterAll(() => {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    rmSync(folder, { recursive: true });
  });

  it('is removed, and nothing that it links to', async () => {
    const kept = join(folder, 'kept');
    mkdirSync(kept, { mode: 0o777 });
    chmodSync(kept, 0o777);
    writeFileSync(join(kept, 'file'), 'kept');
    const { stdout } = await sandbox.run({
      runtime,
      program: python`
        import os
        os.symlink(${JSON.stringify(kept)}, "link")
        os.symlink("..", "up")
        os.mkdir("folder"); os.symlink(${JSON.stringify(kept)}, "folder/link")
        os.mkdir("closed", 0); open(b"\xff\n", "w").close()
        print("made")
      `,
    });
    expect(stdout).toBe('made\n');
    const [runs] = readdirSync(folder).filter((name) => name.startsWith('assay-runs-'));
    expect(readdirSync(join(folder, runs!))).toEqual([]);
    expect(readFileSync(join(kept, 'file'), 'utf8')).toBe('kept');
    rmSync(kept, { recursive: true });
  });

  it('is removed also when it is deeper than any path is long, and closed', async () => {
    const tree = python`
      import os, sys
      sys.path.append(${JSON.stringify(join(root, 'sandbox'))})
      from jail import folders
      os.umask(0)
      os.chdir(sys.argv[1])
      os.mkdir("tree"); os.mkdir("tree/lifted-0"); open("tree/lifted-1", "w").close()
      os.mkdir("tree/blind"); os.mkdir("tree/blind/a"); os.chmod("tree/blind", 0o300)
      os.chdir("tree")
      for number in range(3000):
          os.mkdir("deep" * 60); os.chdir("deep" * 60)
          os.symlink("/", "root")
          os.chmod("..", 0o300)
      os.chdir(sys.argv[1])
      folders.remove("tree")
      print(os.listdir("."))
    `;
    const own = mkdtempSync(join(folder, 'own-'));
    const told = execFileSync(join(options.venv, 'bin/python'), ['-c', tree, own]);
    expect(told.toString()).toBe('[]\n');
    rmSync(own, { recursive: true });
  });

  it('is nothing when the supervisor is killed, and the run is made again', async () => {
    const before = supervisorIn(folder);
    const running = sandbox.run({ runtime, program: 'import time\ntime.sleep(1)\nprint("done")' });
    while (jailProcesses(folder).length < 4) await new Promise((r) => setTimeout(r, 20));
    const all = jailProcesses(folder).map(({ pid }) => pid);
    process.kill(before, 'SIGKILL');
    expect(await running).toMatchObject({ outcome: 'finished', stdout: 'done\n' });
    expect(jailProcesses(folder).filter(({ pid }) => all.includes(pid))).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('is nothing when the sandbox is closed in the middle of runs', async () => {
    const running = [1, 2].map(() =>
      sandbox.run({ runtime, program: 'import time\nopen("x", "w")\ntime.sleep(60)' }),
    );
    while (jailProcesses(folder).length < 5) await new Promise((r) => setTimeout(r, 20));
    await sandbox.close();
    expect(await nothingLeft(folder)).toBe(true);
    const outcomes = (await Promise.all(running)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['infrastructure', 'infrastructure']);
  });
});
