import { expect, test } from 'vitest';
import { createLabTrial } from './lab-trial.ts';
import type { SandboxState } from './port.ts';

const state = (ready: boolean): SandboxState => ({
  ...{ ready, tier: ready ? 'full' : 'none', problem: ready ? '' : 'no namespaces' },
  canaries: [],
});

test('the lab is tried once, when somebody first asks, and what is known is told meanwhile', async () => {
  let tried = 0;
  const ends = Promise.withResolvers<SandboxState>();
  const trial = createLabTrial({ state: () => ((tried += 1), ends.promise) }, 'django-5.2');
  expect(tried).toBe(0);
  expect(trial.now()).toEqual({
    available: false,
    reason: expect.stringContaining('being tried') as string,
  });
  const settled = trial.settled();
  ends.resolve(state(true));
  expect(await settled).toEqual({ available: true, reason: '' });
  expect(trial.now()).toEqual({ available: true, reason: '' });
  expect(tried).toBe(1);
});

test('a lab that is not there is said to be so, with why', async () => {
  const trial = createLabTrial({ state: () => Promise.resolve(state(false)) }, 'django-5.2');
  expect(await trial.settled()).toEqual({ available: false, reason: 'no namespaces' });
});
