import { afterEach, describe, expect, it } from 'vitest';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { descendants } from './container-processes.ts';
import { options, runtime } from './sandbox-under-test.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

const containers = () =>
  descendants()
    .filter(({ name, parent }) => name === 'bwrap' && parent === process.pid)
    .map(({ pid }) => pid);

describe('a container', () => {
  it('is replaced after so many runs, while those in it come to their end', async () => {
    sandbox = createSandbox({ ...options, recycleAfter: 10 });
    await sandbox.state(runtime);
    const [first] = containers();
    const long = sandbox.run({ runtime, program: 'import time\ntime.sleep(3)\nprint("long")' });
    let replaced = false;
    for (let number = 0; number < 400 && !replaced; number++) {
      const { stdout } = await sandbox.run({ runtime, program: `print(${number})` });
      expect(stdout).toBe(`${number}\n`);
      replaced = containers().some((pid) => pid !== first);
    }
    expect(replaced).toBe(true);
    expect((await long).stdout).toBe('long\n');
    for (let go = 0; go < 200 && containers().includes(first!); go++) {
      await sandbox.run({ runtime, program: 'pass' });
    }
    expect(containers()).not.toContain(first);
    expect(containers().length).toBeLessThanOrEqual(2);
  });

  it('that was not used for longest is ended when there are many', async () => {
    sandbox = createSandbox({ ...options, spares: 0 });
    for (let number = 0; number < 9; number++) {
      const apps = { [`app${number}/models.py`]: '' };
      const result = await sandbox.run({ runtime, program: `import app${number}.models`, apps });
      expect(result.outcome).toBe('finished');
    }
    for (let go = 0; go < 100 && containers().length > 6; go++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(containers()).toHaveLength(6);
    expect(
      (
        await sandbox.run({
          runtime,
          program: 'import app0.models',
          apps: { 'app0/models.py': '' },
        })
      ).outcome,
    ).toBe('finished');
  });
});
