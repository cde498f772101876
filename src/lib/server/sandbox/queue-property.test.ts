/**
 * Random runs that enter, leave, wait too long and give their places back, in any order, for any queue.
 * After every step, what must always be true of a queue is held against what it has answered and told.
 */
import { getEventListeners } from 'node:events';
import { setImmediate as turnOfEventLoop } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { type Admission, LocalQueue, type QueueLimits } from './queue.ts';

type Step =
  | { does: 'enter'; owner: string; bytes: number; isPatient: boolean; maxWaitMs: number | null }
  | { does: 'release' | 'release again' | 'abort'; which: number }
  | { does: 'wait' };
type Joined = Extract<Step, { does: 'enter' }>;

/** One run, and all that the queue has let it know. */
interface Run extends Joined {
  number: number;
  controller: AbortController;
  answers: Admission[];
  isHeld: boolean;
  ahead: number | null;
  /** How many had been admitted when it came. */
  cameAt: number;
  /** Runs of its owner that went first when it came. */
  ownAhead: number;
  /** What the queue is to do with it as it comes. */
  expected: 'admitted' | 'busy' | 'waiting';
  /** Milliseconds since it came. */
  age: number;
  /** Places told to it that were none: the same twice, or told after its answer. */
  wronglyTold: number[];
}

const isWaiting = (run: Run) => run.answers.length === 0;
const inOrderOf = (runs: Run[]) => runs.toSorted((one, other) => one.ahead! - other.ahead!);
const sumOf = (runs: Run[]) => runs.reduce((sum, { bytes }) => sum + bytes, 0);

/** A queue, and the record of all who came to it. */
class Witness {
  readonly runs: Run[] = [];
  /** In the order in which they were admitted. */
  readonly admitted: Run[] = [];
  readonly #limits: QueueLimits;
  readonly #queue: LocalQueue;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
    this.#queue = new LocalQueue(limits);
  }

  waiting(): Run[] {
    return this.runs.filter(isWaiting);
  }

  held(): Run[] {
    return this.runs.filter(({ isHeld }) => isHeld);
  }

  /** The step, and what must be true of what it did. */
  async take(step: Step): Promise<void> {
    const before = inOrderOf(this.waiting());
    const had = this.admitted.length;
    const came = this.runs.length;
    const aborted = this.#act(step);
    await turnOfEventLoop();
    this.#expectSound();
    for (const { answers, expected } of this.runs.slice(came)) {
      expect(answers[0]?.kind ?? 'waiting').toBe(expected);
    }
    const admitted = this.admitted.slice(had);
    for (const run of admitted) this.#expectFair(run);
    if (step.does === 'release') expect(admitted).toEqual(before.slice(0, admitted.length));
    for (const run of before.filter((each) => !isWaiting(each) && !admitted.includes(each))) {
      const isLate = run.age >= (run.maxWaitMs ?? Infinity);
      expect([run.answers[0]!.kind, run === aborted || isLate]).toEqual([
        run === aborted ? 'gone' : 'busy',
        true,
      ]);
    }
  }

  /** @returns The run that waited and was aborted, if one was. */
  #act(step: Step): Run | undefined {
    if (step.does === 'enter') return void this.#enter(step);
    if (step.does === 'wait') {
      for (const run of this.runs) run.age += 1;
      return void vi.advanceTimersByTime(1);
    }
    const among = step.does === 'release' ? this.held() : this.runs;
    const run = among[step.which % Math.max(1, among.length)];
    if (!run) return;
    if (step.does === 'abort') {
      const wasWaiting = isWaiting(run);
      run.controller.abort();
      return wasWaiting ? run : undefined;
    }
    // What is held is given back by the other step.
    if (step.does === 'release again' && run.isHeld) return;
    run.isHeld = false;
    const [answer] = run.answers;
    if (answer?.kind === 'admitted') answer.release();
  }

  #enter(step: Joined): void {
    const { owner, bytes, isPatient, maxWaitMs } = step;
    const run: Run = {
      ...step,
      ...{ number: this.runs.length, controller: new AbortController(), answers: [] },
      ...{ isHeld: false, ahead: null, age: 0, wronglyTold: [] },
      ...{ cameAt: this.admitted.length, ownAhead: this.#waitingOf(owner).length },
      expected: this.#expected(step),
    };
    this.runs.push(run);
    const answer = this.#queue.enter({
      ...{ bytes, owner, isPatient, signal: run.controller.signal },
      ...(maxWaitMs !== null && { maxWaitMs }),
      onPlace: (ahead) => {
        if (!isWaiting(run) || ahead === run.ahead) run.wronglyTold.push(ahead);
        run.ahead = ahead;
      },
    });
    void answer.then((admission) => {
      run.answers.push(admission);
      run.isHeld = admission.kind === 'admitted';
      if (run.isHeld) this.admitted.push(run);
    });
  }

  #expected({ owner, bytes, isPatient, maxWaitMs }: Joined): Run['expected'] {
    const waiting = this.waiting();
    if (bytes > this.#limits.bytes) return 'busy';
    const hasBefore = waiting.some((each) => each.isPatient || !isPatient);
    if (!hasBefore && this.#hasRoom(bytes)) return 'admitted';
    const isFull = waiting.length >= this.#limits.waiting;
    const isOverShare = this.#waitingOf(owner).length >= this.#limits.waitingPerOwner;
    if (!isPatient && (isFull || isOverShare)) return 'busy';
    return maxWaitMs === 0 ? 'busy' : 'waiting';
  }

  #waitingOf(owner: string): Run[] {
    return this.waiting().filter((run) => run.owner === owner && !run.isPatient);
  }

  #hasRoom(bytes: number): boolean {
    const held = this.held();
    return held.length < this.#limits.slots && sumOf(held) + bytes <= this.#limits.bytes;
  }

  #expectSound(): void {
    const held = this.held();
    expect(held.length).toBeLessThanOrEqual(this.#limits.slots);
    expect(sumOf(held)).toBeLessThanOrEqual(this.#limits.bytes);

    const waiting = this.waiting();
    const inOrder = inOrderOf(waiting);
    // Everybody knows their place, and no two have the same.
    expect(inOrder.map(({ ahead }) => ahead)).toEqual(inOrder.map((_run, index) => index));
    // Room stays empty only if whoever is first needs more of it.
    expect(inOrder[0] && this.#hasRoom(inOrder[0].bytes)).not.toBe(true);
    // The patient go first, in the order in which they came; so do the runs of an owner.
    expect(inOrder.findLastIndex(({ isPatient }) => isPatient)).toBe(
      waiting.filter(({ isPatient }) => isPatient).length - 1,
    );
    for (const own of Object.values(Object.groupBy(inOrder, lineOf))) {
      expect(own!.map(({ number }) => number)).toEqual(
        own!.map(({ number }) => number).toSorted((one, other) => one - other),
      );
    }
    // Whoever waits is listened for and timed, and nobody else.
    const timed = waiting.filter(({ maxWaitMs }) => maxWaitMs !== null);
    expect(vi.getTimerCount()).toBe(timed.length);
    for (const run of this.runs) {
      expect(run.answers.length).toBeLessThanOrEqual(1);
      expect(run.wronglyTold).toEqual([]);
      expect(isWaiting(run) && run.age > (run.maxWaitMs ?? Infinity)).toBe(false);
      const listeners = getEventListeners(run.controller.signal, 'abort');
      expect(listeners.length).toBe(isWaiting(run) ? 1 : 0);
    }
  }

  /** While a run waited, no other owner had more turns than its own owner was to have. */
  #expectFair(run: Run): void {
    if (run.isPatient) return;
    const meanwhile = this.admitted.slice(run.cameAt, this.admitted.indexOf(run));
    const others = meanwhile.filter((each) => !each.isPatient && each.owner !== run.owner);
    for (const turns of Object.values(Object.groupBy(others, lineOf))) {
      expect(turns!.length).toBeLessThanOrEqual(run.ownAhead + 1);
    }
  }
}

const lineOf = ({ isPatient, owner }: Run) => (isPatient ? 'patient' : `owner ${owner}`);

const limitsArbitrary: fc.Arbitrary<QueueLimits> = fc.record({
  slots: fc.integer({ min: 1, max: 4 }),
  bytes: fc.constantFrom(6, 10, 14),
  waiting: fc.integer({ min: 0, max: 12 }),
  waitingPerOwner: fc.integer({ min: 0, max: 6 }),
});

const which = fc.nat(1_000);
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('enter' as const),
      owner: fc.constantFrom('ada', 'ada', 'ada', 'bob', 'eve', 'kim'),
      bytes: fc.constantFrom(0, 1, 2, 3, 5, 6, 11),
      isPatient: fc.constantFrom(false, false, false, false, true),
      maxWaitMs: fc.constantFrom(null, null, null, 0, 1, 3, 9),
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('release' as const), which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('release again' as const), which }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('abort' as const), which }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const) }) },
);

afterEach(() => vi.useRealTimers());

it('keeps every promise of a queue, whatever comes', async () => {
  const steps = fc.array(stepArbitrary, { maxLength: 60, size: 'max' });
  const waitedFor = { admitted: 0, busy: 0, gone: 0 };
  await fc.assert(
    fc.asyncProperty(limitsArbitrary, steps, async (limits, taken) => {
      // Anew: what a failed try leaves behind must not fail the smaller ones after it.
      vi.useRealTimers();
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const witness = new Witness(limits);
      for (const step of taken) await witness.take(step);
      // Everybody gives their place back: those that wait go in the order of the places that they were
      // told, everybody is answered, and there is room for all again.
      const told = inOrderOf(witness.waiting());
      while (witness.held().length > 0) await witness.take({ does: 'release', which: 0 });
      expect(witness.admitted.slice(witness.admitted.length - told.length)).toEqual(told);
      expect(witness.runs.filter(({ answers }) => answers.length !== 1)).toEqual([]);
      for (const run of witness.runs) {
        if (run.expected === 'waiting') waitedFor[run.answers[0]!.kind] += 1;
      }
      for (let slot = 0; slot < limits.slots; slot += 1) {
        const bytes = slot === 0 ? limits.bytes : 0;
        const maxWaitMs = null;
        await witness.take({ does: 'enter', owner: 'ada', bytes, isPatient: false, maxWaitMs });
      }
      expect(witness.held().length).toBe(limits.slots);
    }),
    { numRuns: 200 },
  );
  // If hardly anybody waited, nothing was shown.
  expect(Math.min(...Object.values(waitedFor))).toBeGreaterThan(5);
}, 60_000);
