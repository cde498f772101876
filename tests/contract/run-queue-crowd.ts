import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Admission, Entry, RunQueue } from '#lib/server/sandbox/queue.ts';

/** In which a run that must wait would be admitted, if it wrongly were. */
const aMomentMs = 15;

/** Those who enter one queue, by name: `a1` is owner `a`'s first. */
export class Crowd {
  /** The names of those that were admitted, in that order. */
  readonly admitted: string[] = [];
  readonly #queue: RunQueue;
  readonly #answers = new Map<string, Promise<Admission>>();
  readonly #told = new Map<string, number[]>();

  constructor(queue: RunQueue) {
    this.#queue = queue;
  }

  enter(name: string, entry: Partial<Entry> = {}): Promise<Admission> {
    const told: number[] = [];
    this.#told.set(name, told);
    const onPlace = (ahead: number) => void told.push(ahead);
    const answer = this.#queue.enter({ bytes: 1, owner: name[0]!, onPlace, ...entry });
    this.#answers.set(name, answer);
    return answer.then((admission) => {
      if (admission.kind === 'admitted') this.admitted.push(name);
      return admission;
    });
  }

  /** The places that it was told, in that order; none if it entered with a listener of its own. */
  told(name: string): number[] {
    return this.#told.get(name)!;
  }

  /** Joins, and has had the time to be admitted if it were to be. */
  async waits(name: string, entry: Partial<Entry> = {}): Promise<void> {
    void this.enter(name, entry);
    await pause(aMomentMs);
    expect(this.admitted).not.toContain(name);
  }

  async has(name: string, entry: Partial<Entry> = {}): Promise<void> {
    expect(await this.enter(name, entry)).toMatchObject({ kind: 'admitted' });
  }

  /** Waits for the place, and gives it back. */
  async release(name: string): Promise<void> {
    const admission = await this.#answers.get(name)!;
    if (admission.kind !== 'admitted') throw new Error(`${name} has no place: ${admission.kind}`);
    admission.release();
  }

  /**
   * With one slot: the newest run gives its place back, again and again, until so many have had one.
   * @returns The names of all that were admitted, in that order.
   */
  async drain(count: number): Promise<string[]> {
    const grownFrom = (had: number) =>
      expect.poll(() => this.admitted.length, { interval: 1 }).toBeGreaterThan(had);
    await grownFrom(0);
    while (this.admitted.length < count) {
      const had = this.admitted.length;
      await this.release(this.admitted[had - 1]!);
      await grownFrom(had);
    }
    return this.admitted;
  }
}
