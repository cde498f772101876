/**
 * What every `RunQueue` does, wherever it keeps those that wait. What has been decided is awaited; what
 * must not be decided yet is given a moment in which it would show.
 */
import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { QueueLimits, RunQueue } from '#lib/server/sandbox/queue.ts';
import { Crowd } from './run-queue-crowd.ts';

const limits: QueueLimits = { slots: 1, bytes: 100, waiting: 50, waitingPerOwner: 50 };

/** @param make - A new, empty queue with these limits. */
export function describeRunQueue(make: (limits: QueueLimits) => RunQueue): void {
  const crowdOf = (changed: Partial<QueueLimits> = {}) =>
    new Crowd(make({ ...limits, ...changed }));

  describe('room', () => {
    it('lets as many in as there are slots, and the next when one leaves', async () => {
      const crowd = crowdOf({ slots: 2 });
      await crowd.has('a1');
      await crowd.has('a2');
      await crowd.waits('a3');
      await crowd.release('a1');
      await expect.poll(() => crowd.admitted).toContain('a3');
      await crowd.waits('a4');
    });

    it('keeps the memory of all together under its limit', async () => {
      const crowd = crowdOf({ slots: 9 });
      await crowd.has('a1', { bytes: 60 });
      await crowd.waits('b1', { bytes: 41 });
      await crowd.release('a1');
      await expect.poll(() => crowd.admitted).toContain('b1');
      await crowd.has('c1', { bytes: 59 });
    });

    it('gives a place back once, however often it is released', async () => {
      const crowd = crowdOf();
      await crowd.has('a1');
      await crowd.release('a1');
      await crowd.release('a1');
      await crowd.has('a2');
      await crowd.release('a1');
      await crowd.waits('a3');
    });

    it('lets no small run overtake a large one whose turn it is', async () => {
      const crowd = crowdOf({ slots: 9 });
      await crowd.has('a1', { bytes: 60 });
      await crowd.waits('b1', { bytes: 60 });
      await crowd.waits('c1', { bytes: 10 });
      await crowd.release('a1');
      await expect.poll(() => crowd.admitted).toEqual(['a1', 'b1', 'c1']);
    });

    it('lets a large run in although small ones never stop coming', async () => {
      const crowd = crowdOf({ slots: 4 });
      for (const name of ['a1', 'a2', 'a3', 'a4']) await crowd.has(name, { bytes: 25 });
      await crowd.waits('b1', { bytes: 100 });
      for (const index of [1, 2, 3, 4]) {
        void crowd.enter(`a${index + 4}`, { bytes: 25 });
        await crowd.release(`a${index}`);
      }
      await expect.poll(() => crowd.admitted).toEqual(['a1', 'a2', 'a3', 'a4', 'b1']);
    });

    it('is busy at once for a run that can never fit, patient or not, and goes on', async () => {
      const crowd = crowdOf();
      for (const isPatient of [false, true]) {
        expect((await crowd.enter('a1', { bytes: 101, isPatient })).kind).toBe('busy');
      }
      await crowd.has('a3', { bytes: 100 });
    });

    const uncountable = [{ bytes: NaN }, { bytes: -1 }, { maxWaitMs: NaN }];
    it.each(uncountable)('refuses %o with a clear error, and goes on', async (wrong) => {
      const crowd = crowdOf();
      await expect(crowd.enter('a1', wrong)).rejects.toThrow(RangeError);
      await crowd.has('a2');
    });
  });

  describe('turns', () => {
    it('serves an owner in the order in which they came', async () => {
      const crowd = crowdOf();
      for (const name of ['a1', 'a2', 'a3', 'a4']) void crowd.enter(name);
      expect(await crowd.drain(4)).toEqual(['a1', 'a2', 'a3', 'a4']);
    });

    it('goes round between owners', async () => {
      const crowd = crowdOf();
      for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']) void crowd.enter(name);
      expect(await crowd.drain(7)).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
    });

    it('delays a single run by no more than one of an owner who has a thousand waiting', async () => {
      const crowd = crowdOf({ waiting: 2_000, waitingPerOwner: 1_000 });
      for (let index = 0; index <= 1_000; index += 1) void crowd.enter(`a${index}`);
      void crowd.enter('b1');
      expect(await crowd.drain(3)).toEqual(['a0', 'a1', 'b1']);
    });

    it('puts an owner who comes again behind those who have not had their turn', async () => {
      const crowd = crowdOf();
      for (const name of ['x1', 'a1', 'b1', 'c1']) void crowd.enter(name);
      await crowd.drain(2);
      void crowd.enter('a2');
      expect(await crowd.drain(5)).toEqual(['x1', 'a1', 'b1', 'c1', 'a2']);
    });
  });

  describe('the bound', () => {
    it('is busy at once when full, and says in whole seconds when to come back', async () => {
      const crowd = crowdOf({ waiting: 1 });
      await crowd.has('a1');
      await crowd.waits('b1');
      const full = await crowd.enter('c1');
      expect(full).toMatchObject({ kind: 'busy', isOwners: false });
      const seconds = full.kind === 'busy' ? full.retryAfterSeconds : NaN;
      expect(Array.from({ length: 60 }, (_, index) => index + 1)).toContain(seconds);
    });

    it('tells an owner over their share that it is theirs, while others get in', async () => {
      const crowd = crowdOf({ waitingPerOwner: 2 });
      for (const name of ['a1', 'a2', 'a3']) void crowd.enter(name);
      expect(await crowd.enter('a4')).toMatchObject({ kind: 'busy', isOwners: true });
      await crowd.waits('b1');
      expect(await crowd.drain(4)).toEqual(['a1', 'a2', 'b1', 'a3']);
    });

    it('needs no waiting room for a run that has a place at once', async () => {
      const crowd = crowdOf({ waiting: 0, waitingPerOwner: 0 });
      await crowd.has('a1');
      expect(await crowd.enter('a2')).toMatchObject({ kind: 'busy' });
      await crowd.release('a1');
      await crowd.has('a3');
    });

    it('lets the patient into a full queue, past an owner over their share, before all others', async () => {
      const crowd = crowdOf({ waiting: 1, waitingPerOwner: 1 });
      await crowd.has('a1');
      await crowd.waits('a2');
      await crowd.waits('a3', { isPatient: true });
      await crowd.waits('a4', { isPatient: true });
      expect(await crowd.drain(4)).toEqual(['a1', 'a3', 'a4', 'a2']);
    });

    it('does not count the patient in the share of their owner', async () => {
      const crowd = crowdOf({ waitingPerOwner: 1 });
      await crowd.has('a1');
      await crowd.waits('a2', { isPatient: true });
      await crowd.waits('a3');
      expect(await crowd.drain(3)).toEqual(['a1', 'a2', 'a3']);
    });
  });

  describe('leaving', () => {
    it('gives no place to one who was gone before', async () => {
      const crowd = crowdOf();
      expect(await crowd.enter('a1', { signal: AbortSignal.abort() })).toEqual({ kind: 'gone' });
      await crowd.has('a2');
    });

    it('forgets one who goes while waiting, and the next moves up', async () => {
      const crowd = crowdOf({ waiting: 2 });
      const gone = new AbortController();
      await crowd.has('a1');
      const leaving = crowd.enter('a2', { signal: gone.signal });
      await crowd.waits('a3');
      gone.abort();
      expect(await leaving).toEqual({ kind: 'gone' });
      await crowd.waits('a4');
      expect(await crowd.drain(3)).toEqual(['a1', 'a3', 'a4']);
    });

    it('lets those in who waited only for a large run that is gone', async () => {
      const crowd = crowdOf({ slots: 9 });
      const gone = new AbortController();
      await crowd.has('a1', { bytes: 60 });
      await crowd.waits('b1', { bytes: 60, signal: gone.signal });
      await crowd.waits('c1', { bytes: 10 });
      await crowd.waits('d1', { bytes: 10 });
      gone.abort();
      await expect.poll(() => crowd.admitted).toEqual(['a1', 'c1', 'd1']);
    });

    it('leaves the place to the run when its signal is aborted after admission', async () => {
      const crowd = crowdOf();
      const gone = new AbortController();
      await crowd.has('a1', { signal: gone.signal });
      gone.abort();
      await crowd.waits('a2');
      await crowd.release('a1');
      await expect.poll(() => crowd.admitted).toEqual(['a1', 'a2']);
    });

    it('is busy after the longest wait, and the one behind moves up', async () => {
      const crowd = crowdOf({ slots: 9 });
      await crowd.has('a1', { bytes: 60 });
      const tooLong = crowd.enter('b1', { bytes: 60, maxWaitMs: 20 });
      void crowd.enter('c1', { bytes: 10 });
      expect(await tooLong).toMatchObject({ kind: 'busy', isOwners: false });
      await expect.poll(() => crowd.admitted).toEqual(['a1', 'c1']);
    });

    it.each([0, -5])('does not wait at all when the longest wait is %d ms', async (maxWaitMs) => {
      const crowd = crowdOf();
      await crowd.has('a1', { maxWaitMs });
      expect(await crowd.enter('a2', { maxWaitMs })).toMatchObject({ kind: 'busy' });
      await crowd.release('a1');
      await crowd.has('a3', { maxWaitMs });
    });

    it('no longer listens to a signal once the run has its answer, whatever that is', async () => {
      const crowd = crowdOf({ waiting: 2 });
      const controller = new AbortController();
      const { signal } = controller;
      const listeners = () => getEventListeners(signal, 'abort').length;
      await crowd.has('a1', { signal });
      expect(listeners()).toBe(0);
      const admittedLater = crowd.enter('a2', { signal });
      const tooLong = crowd.enter('a3', { signal, maxWaitMs: 50 });
      expect(await crowd.enter('a4', { signal })).toMatchObject({ kind: 'busy' });
      expect(await tooLong).toMatchObject({ kind: 'busy' });
      await crowd.release('a1');
      expect(await admittedLater).toMatchObject({ kind: 'admitted' });
      expect(listeners()).toBe(0);
      const leaving = crowd.enter('a5', { signal });
      controller.abort();
      expect(await leaving).toEqual({ kind: 'gone' });
      expect(listeners()).toBe(0);
    });
  });

  describe('places', () => {
    it('are told on joining and whenever they change, also when they grow', async () => {
      const crowd = crowdOf();
      await crowd.has('a1');
      await crowd.waits('a2');
      await crowd.waits('a3');
      expect(crowd.told('a3')).toEqual([1]);
      await crowd.waits('b1');
      expect(crowd.told('a3')).toEqual([1, 2]);
      await crowd.drain(4);
      expect(crowd.told('a3')).toEqual([1, 2, 1, 0]);
    });

    it('are not told to a run that is admitted at once', async () => {
      const crowd = crowdOf();
      await crowd.has('a1');
      await crowd.waits('a2');
      expect(crowd.told('a1')).toEqual([]);
    });

    it('are no longer told to one who is gone', async () => {
      const crowd = crowdOf();
      const gone = new AbortController();
      await crowd.has('a1');
      await crowd.waits('a2');
      await crowd.waits('a3', { signal: gone.signal });
      gone.abort();
      await crowd.drain(2);
      expect(crowd.told('a3')).toEqual([1]);
    });

    const throws = () => {
      throw new Error('a listener of no use');
    };
    // As an async function would do it.
    const rejects = () => Promise.reject(new Error('of no use')) as unknown as undefined;
    const failing = Object.entries({ throws, rejects });
    it.each(failing)('go on being told to others when a listener %s', async (_how, onPlace) => {
      const crowd = crowdOf();
      await crowd.has('a1');
      await crowd.waits('a2', { onPlace });
      await crowd.waits('b1');
      expect(await crowd.drain(3)).toEqual(['a1', 'a2', 'b1']);
      expect(crowd.told('b1')).toEqual([1, 0]);
    });

    it('are told to listeners who leave and enter in turn', async () => {
      const crowd = crowdOf();
      const gone = new AbortController();
      await crowd.has('a1');
      const leaving = crowd.enter('a2', {
        signal: gone.signal,
        onPlace: () => {
          gone.abort();
          void crowd.enter('a4');
        },
      });
      await crowd.waits('a3');
      expect(await leaving).toEqual({ kind: 'gone' });
      // Whether a4 came before a3 is up to when places are told.
      expect((await crowd.drain(3)).toSorted()).toEqual(['a1', 'a3', 'a4']);
      expect(crowd.told('a3').at(-1)).toBe(0);
    });
  });
}
