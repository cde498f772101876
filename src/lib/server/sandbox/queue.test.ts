import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeRunQueue } from '../../../../tests/contract/run-queue-contract.ts';
import { type Admission, LocalQueue, type QueueLimits, type Release } from './queue.ts';

const limits: QueueLimits = { slots: 1, bytes: 100, waiting: 3, waitingPerOwner: 3 };
const entry = { bytes: 1, owner: 'ada' };

async function admitted(answer: Promise<Admission>): Promise<Release> {
  const admission = await answer;
  if (admission.kind !== 'admitted') throw new Error(`not admitted: ${admission.kind}`);
  return admission.release;
}

describe('LocalQueue', () => {
  describeRunQueue((asked) => new LocalQueue(asked));

  it('tells no place to a run that the listener of one before it has sent away', async () => {
    const queue = new LocalQueue(limits);
    const gone = new AbortController();
    const told: number[] = [];
    await admitted(queue.enter(entry));
    void queue.enter({ ...entry, onPlace: () => gone.abort() });
    const sentAway = queue.enter({
      ...entry,
      signal: gone.signal,
      onPlace: (ahead) => told.push(ahead),
    });
    expect(await sentAway).toEqual({ kind: 'gone' });
    expect(told).toEqual([]);
  });

  it.each([
    { slots: 0 },
    { slots: NaN },
    { bytes: NaN },
    { bytes: -1 },
    { waiting: NaN },
    { waitingPerOwner: -1 },
  ])('cannot be made with limits like %o', (wrong) => {
    const [name] = Object.keys(wrong);
    expect(() => new LocalQueue({ ...limits, ...wrong })).toThrow(`limits.${name} must be`);
  });
});

describe('when LocalQueue says to come back', () => {
  /** A full queue after runs that held their places for so long, one after another. */
  async function retryAfter(heldMs: number[], changed: Partial<QueueLimits> = {}) {
    let clock = 5_000;
    const queue = new LocalQueue({ ...limits, ...changed }, () => clock);
    for (const each of heldMs) {
      const release = await admitted(queue.enter(entry));
      clock += each;
      release();
    }
    const { slots, waiting } = { ...limits, ...changed };
    for (let index = 0; index < slots + waiting; index += 1) void queue.enter(entry);
    const answer = await queue.enter({ ...entry, owner: 'bob' });
    return answer.kind === 'busy' ? answer.retryAfterSeconds : answer.kind;
  }

  it('is the time in which those that wait, and one more, are served', async () => {
    expect(await retryAfter([2_000])).toBe(8);
    expect(await retryAfter([2_000], { waiting: 1 })).toBe(4);
  });

  it('is sooner with more slots, in whole seconds rounded up', async () => {
    expect(await retryAfter([2_000], { slots: 2 })).toBe(4);
    expect(await retryAfter([2_000], { slots: 3 })).toBe(3);
  });

  it('follows how long places are held now, and not one odd run', async () => {
    const steady = Array.from({ length: 50 }, () => 2_000);
    expect(await retryAfter([...steady, 4_000])).toBe(10);
    expect(await retryAfter([...steady, ...steady.map(() => 4_000)])).toBe(16);
  });

  it('is a second at least, also before any run has ended, and a minute at most', async () => {
    expect(await retryAfter([])).toBe(1);
    expect(await retryAfter([1])).toBe(1);
    expect(await retryAfter([3_600_000])).toBe(60);
  });

  it('is a minute for a run that can never fit', async () => {
    const never = new LocalQueue(limits).enter({ ...entry, bytes: 101 });
    expect(await never).toEqual({ kind: 'busy', retryAfterSeconds: 60, isOwners: false });
  });

  it('does not count a place that is released twice twice', async () => {
    let clock = 0;
    const queue = new LocalQueue({ ...limits, waiting: 0 }, () => clock);
    const release = await admitted(queue.enter(entry));
    clock = 2_000;
    release();
    clock = 60_000;
    release();
    await admitted(queue.enter(entry));
    expect(await queue.enter(entry)).toMatchObject({ retryAfterSeconds: 2 });
  });
});

describe('the timers of LocalQueue', () => {
  afterEach(() => vi.useRealTimers());

  it('are taken away when a run is admitted, is gone, or has waited too long', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const queue = new LocalQueue(limits);
    const gone = new AbortController();
    const release = await admitted(queue.enter({ ...entry, maxWaitMs: 100 }));
    expect(vi.getTimerCount()).toBe(0);
    const next = queue.enter({ ...entry, maxWaitMs: 100 });
    const leaving = queue.enter({ ...entry, maxWaitMs: 100, signal: gone.signal });
    const tooLong = queue.enter({ ...entry, maxWaitMs: 50 });
    expect(await queue.enter({ ...entry, maxWaitMs: 100 })).toMatchObject({ kind: 'busy' });
    expect(vi.getTimerCount()).toBe(3);
    gone.abort();
    expect(await leaving).toEqual({ kind: 'gone' });
    expect(vi.getTimerCount()).toBe(2);
    vi.advanceTimersByTime(50);
    expect(await tooLong).toMatchObject({ kind: 'busy' });
    expect(vi.getTimerCount()).toBe(1);
    release();
    await admitted(next);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('do not keep the process alive', async () => {
    const queue = new LocalQueue(limits);
    await admitted(queue.enter(entry));
    const keepingAlive = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const gone = new AbortController();
    const before = keepingAlive();
    const waiting = queue.enter({ ...entry, maxWaitMs: 60_000, signal: gone.signal });
    expect(keepingAlive()).toBe(before);
    gone.abort();
    await waiting;
  });

  it.each([2 ** 31, Infinity])(
    'let a run wait for %d ms, which no timer holds',
    async (maxWaitMs) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const queue = new LocalQueue(limits);
      const release = await admitted(queue.enter(entry));
      const patient = queue.enter({ ...entry, maxWaitMs });
      expect(vi.getTimerCount()).toBe(0);
      release();
      await admitted(patient);
    },
  );
});
