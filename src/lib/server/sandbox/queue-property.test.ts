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
}

const isWaiting = (run: Run) => run.answers.length === 0;
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
    const inOrder = this.waiting().sort((one, other) => one.ahead! - other.ahead!);
    const had = this.admitted.length;
    this.#act(step);
    await turnOfEventLoop();
    this.#expectSound();
    for (const run of this.admitted.slice(had)) this.#expectFair(run);
    if (step.does === 'release') {
      const admitted = this.admitted.slice(had);
      expect(admitted).toEqual(inOrder.slice(0, admitted.length));
    }
  }

  #act(step: Step): void {
    if (step.does === 'enter') return this.#enter(step);
    if (step.does === 'wait') return void vi.advanceTimersByTime(1);
    const among = step.does === 'release' ? this.held() : this.runs;
    const run = among[step.which % Math.max(1, among.length)];
    if (!run) return;
    if (step.does === 'abort') return run.controller.abort();
    // What was released before may be released again; what is held, only by the other step.
    if (step.does === 'release again' && run.isHeld) return;
    run.isHeld = false;
    const [answer] = run.answers;
    if (answer?.kind === 'admitted') answer.release();
  }

  #enter(step: Joined): void {
    const { owner, bytes, isPatient, maxWaitMs } = step;
    const controller = new AbortController();
    const waiting = this.waiting();
    const own = waiting.filter((run) => run.owner === owner && !run.isPatient);
    const run: Run = {
      ...step,
      ...{ number: this.runs.length, controller, answers: [], isHeld: false, ahead: null },
      ...{ cameAt: this.admitted.length, ownAhead: own.length },
    };
    const isFull = waiting.length >= this.#limits.waiting;
    const isOverShare = own.length >= this.#limits.waitingPerOwner;
    const isPassedBy = waiting.some((each) => each.isPatient || !isPatient);
    const expected =
      bytes > this.#limits.bytes
        ? 'busy'
        : !isPassedBy && this.#hasRoom(bytes)
          ? 'admitted'
          : ((isFull || isOverShare) && !isPatient) || maxWaitMs === 0
            ? 'busy'
            : 'waiting';
    this.runs.push(run);
    const answer = this.#queue.enter({
      ...{ bytes, owner, isPatient, signal: controller.signal },
      ...(maxWaitMs !== null && { maxWaitMs }),
      onPlace: (ahead) => {
        expect(isWaiting(run) && ahead !== run.ahead).toBe(true);
        run.ahead = ahead;
      },
    });
    void answer.then((admission) => {
      run.answers.push(admission);
      run.isHeld = admission.kind === 'admitted';
      if (run.isHeld) this.admitted.push(run);
    });
    this.#expectations.push(() => expect(run.answers[0]?.kind ?? 'waiting').toBe(expected));
  }

  /** To be held against the answers of a step, once there are any. */
  readonly #expectations: (() => void)[] = [];

  #hasRoom(bytes: number): boolean {
    const held = this.held();
    return held.length < this.#limits.slots && sumOf(held) + bytes <= this.#limits.bytes;
  }

  #expectSound(): void {
    for (const check of this.#expectations.splice(0)) check();
    const held = this.held();
    expect(held.length).toBeLessThanOrEqual(this.#limits.slots);
    expect(sumOf(held)).toBeLessThanOrEqual(this.#limits.bytes);

    const waiting = this.waiting();
    const inOrder = waiting.toSorted((one, other) => one.ahead! - other.ahead!);
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
      bytes: fc.integer({ min: 0, max: 11 }),
      isPatient: fc.constantFrom(false, false, false, false, true),
      maxWaitMs: fc.constantFrom(null, null, null, 0, 1, 3, 9),
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('release' as const), which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('release again' as const), which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('abort' as const), which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const) }) },
);

afterEach(() => vi.useRealTimers());

it('keeps every promise of a queue, whatever comes', async () => {
  const steps = fc.array(stepArbitrary, { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(limitsArbitrary, steps, async (limits, taken) => {
      // Anew: what a failed try leaves behind must not fail the smaller ones after it.
      vi.useRealTimers();
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const witness = new Witness(limits);
      for (const step of taken) await witness.take(step);
      // Everybody gives their place back: now everybody is answered, and there is room for all again.
      while (witness.held().length > 0) await witness.take({ does: 'release', which: 0 });
      expect(witness.runs.filter(({ answers }) => answers.length !== 1)).toEqual([]);
      for (let slot = 0; slot < limits.slots; slot += 1) {
        const bytes = slot === 0 ? limits.bytes : 0;
        const maxWaitMs = null;
        await witness.take({ does: 'enter', owner: 'ada', bytes, isPatient: false, maxWaitMs });
      }
      expect(witness.held().length).toBe(limits.slots);
      while (witness.held().length > 0) await witness.take({ does: 'release', which: 0 });
    }),
    { numRuns: 300 },
  );
});
