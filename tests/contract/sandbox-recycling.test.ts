import { availableParallelism } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import { slotsFor } from '#lib/server/sandbox/limits.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { containers } from './container-processes.ts';
import { options, runtime } from './sandbox-under-test.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

/** Those that may run at once, and the few that are kept beside them. */
const most = slotsFor(options.poolMemoryBytes, availableParallelism()) + 4;

async function until(is: () => boolean): Promise<void> {
  for (let go = 0; go < 300 && !is(); go++) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('a container', () => {
  it('is replaced after so many runs, and the last of them comes to its end', async () => {
    sandbox = createSandbox({ ...options, recycleAfter: 10 });
    await sandbox.state(runtime);
    const [first] = containers();
    for (let number = 1; number < 10; number++) {
      const { stdout } = await sandbox.run({ runtime, program: `print(${number})` });
      expect(stdout).toBe(`${number}\n`);
    }
    expect(containers()).toEqual([first]);
    const long = sandbox.run({ runtime, program: 'import time\ntime.sleep(4)\nprint("long")' });
    await until(() => containers().length === 2);
    expect((await long).stdout).toBe('long\n');
    await until(() => !containers().includes(first!));
    expect((await sandbox.run({ runtime, program: 'print(11)' })).stdout).toBe('11\n');
    expect(containers()).toHaveLength(1);
  });

  it('that was not used for longest is ended when there are many', async () => {
    sandbox = createSandbox({ ...options, spares: 0 });
    for (let number = 0; number < most + 3; number++) {
      const apps = { [`app${number}/models.py`]: '' };
      const result = await sandbox.run({ runtime, program: `import app${number}.models`, apps });
      expect(result.outcome).toBe('finished');
    }
    await until(() => containers().length <= most);
    expect(containers()).toHaveLength(most);
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
