import { afterEach, describe, expect, it } from 'vitest';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { descendants, forks, parts, partsOfContainer } from './container-processes.ts';
import { options, runtime } from './sandbox-under-test.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.close());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('kill -9 in the middle of load', () => {
  it.each(parts)('of %s: every run is answered once, and nothing is left', async (part) => {
    sandbox = createSandbox(options);
    await sandbox.state(runtime);
    const answers = new Map<number, string[]>();
    const ask = async (number: number) => {
      const program = `import time\ntime.sleep(0.05)\nprint(${number})`;
      const { outcome, stdout, exit } = await sandbox.run({ runtime, program });
      answers.set(number, [...(answers.get(number) ?? []), `${outcome} ${exit} ${stdout}`]);
    };
    const runs = Array.from({ length: 120 }, (_, number) => ask(number));
    for (let go = 0; go < 4; go++) {
      await pause(250);
      const victim = partsOfContainer()[part];
      if (victim) process.kill(victim, 'SIGKILL');
    }
    await Promise.all(runs);
    for (const [number, said] of answers) {
      expect(said).toHaveLength(1);
      expect([`finished 0 ${number}\n`, 'infrastructure null ']).toContain(said[0]);
    }
    expect(answers.size).toBe(120);
    expect(
      [...answers.values()].filter(([said]) => said?.startsWith('finished')).length,
    ).toBeGreaterThan(100);
    const { stdout } = await sandbox.run({ runtime, program: 'print("well")' });
    expect(stdout).toBe('well\n');
    await sandbox.close();
    expect(descendants()).toEqual([]);
  });

  it('of single runs: those are told so, the others come to their end', async () => {
    sandbox = createSandbox({ ...options, spares: 0 });
    await sandbox.state(runtime);
    const long = 'import time\ntime.sleep(3)\nprint("done")';
    const running = [1, 2].map(() => sandbox.run({ runtime, program: long }));
    while (forks().length < 2) await pause(50);
    process.kill(forks()[0]!.pid, 'SIGKILL');
    const outcomes = (await Promise.all(running)).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['finished', 'killed']);
  });
});
