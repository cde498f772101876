import { describe, expect, it } from 'vitest';
import { LocalQueue, type Release } from './queue.ts';

/** What has been decided so far, without waiting for more. */
async function decided<T>(promise: Promise<T>): Promise<T | 'waiting'> {
  await Promise.resolve();
  return Promise.race([promise, Promise.resolve('waiting' as const)]);
}

async function admitted(promise: Promise<Release | 'busy'>): Promise<Release> {
  const release = await decided(promise);
  if (typeof release !== 'function') throw new Error(`not admitted: ${release}`);
  return release;
}

describe('LocalQueue', () => {
  it('lets as many in as there are slots, and the next when one leaves', async () => {
    const queue = new LocalQueue({ slots: 2, bytes: 100, waiting: 5 });
    const first = await admitted(queue.enter(1));
    await admitted(queue.enter(1));
    const third = queue.enter(1);
    expect(await decided(third)).toBe('waiting');
    first();
    await admitted(third);
    expect(await decided(queue.enter(1))).toBe('waiting');
  });

  it('keeps the memory of all together under its limit', async () => {
    const queue = new LocalQueue({ slots: 9, bytes: 100, waiting: 5 });
    const large = await admitted(queue.enter(60));
    const second = queue.enter(60);
    expect(await decided(second)).toBe('waiting');
    large();
    await admitted(second);
  });

  it('is first come, first served: a small one does not pass a large one', async () => {
    const queue = new LocalQueue({ slots: 9, bytes: 100, waiting: 5 });
    const running = await admitted(queue.enter(60));
    const large = queue.enter(60);
    const small = queue.enter(10);
    expect(await decided(small)).toBe('waiting');
    running();
    await admitted(large);
    await admitted(small);
  });

  it('is busy at once when too many wait, except for the patient', async () => {
    const queue = new LocalQueue({ slots: 1, bytes: 100, waiting: 1 });
    const running = await admitted(queue.enter(1));
    const waiting = queue.enter(1);
    expect(await decided(queue.enter(1))).toBe('busy');
    const patient = queue.enter(1, true);
    expect(await decided(patient)).toBe('waiting');
    running();
    (await admitted(waiting))();
    await admitted(patient);
  });

  it('gives a place back once, however often it is released', async () => {
    const queue = new LocalQueue({ slots: 1, bytes: 100, waiting: 5 });
    const first = await admitted(queue.enter(1));
    first();
    first();
    await admitted(queue.enter(1));
    expect(await decided(queue.enter(1))).toBe('waiting');
  });
});
