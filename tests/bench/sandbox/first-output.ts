/** How soon a program is heard. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { runtime } from './container-parts.ts';

const program = `
import time
print("first", flush=True)
time.sleep(0.2)
print("last")
`;

/**
 * @param idleMs - Waited before each run.
 * @returns Milliseconds from asking to the first output, and to the result.
 * @throws Error when something else is heard than is in the result, or only at the end.
 */
export async function firstOutput(
  sandbox: Sandbox,
  rounds: number,
  idleMs: number,
): Promise<{ first: number[]; whole: number[] }> {
  const [first, whole]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    await delay(idleMs);
    const began = performance.now();
    const heard: string[] = [];
    const result = await sandbox.run(
      { runtime, program },
      {
        onOutput: (_, text) => {
          if (heard.length === 0) first.push(performance.now() - began);
          heard.push(text);
        },
      },
    );
    whole.push(performance.now() - began);
    if (heard[0] !== 'first\n' || heard.join('') !== 'first\nlast\n') {
      throw new Error(
        `heard ${JSON.stringify(heard)}; expected "first" and then "last" (${result.outcome})`,
      );
    }
  }
  return { first, whole };
}
