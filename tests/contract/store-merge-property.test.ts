/**
 * Random steps of three browsers and an account on two stores: double submits, replays before and after merges, pages
 * that were open when their learner was merged, a clock that jumps, merges at any moment and more than once. The calls of
 * one step run at once. Whatever happens: what was acknowledged is there once, and as it was acknowledged.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import { cardsAfter, meetingsOf } from '#lib/domain/review/lesson-cards.ts';
import type { Sitting } from '#lib/domain/sitting.ts';
import type { Store } from '#lib/server/store/port.ts';
import { engines, newAttempt, newDrawn, newRef, newSittingAnswer } from './store-engines.ts';
import { twoStoresOn } from './two-stores.ts';

type Verdict = 'right' | 'wrong';
type Act =
  | { does: 'attempt'; key: number; verdict: Verdict }
  | { does: 'hint' | 'show' | 'start' | 'sit' | 'draw' | 'merge' }
  | { does: 'answer'; key: number; verdict: Verdict; isLast: boolean };
/** `ahead`: counts from the newest round when the step begins; pages may be older than that. */
type Call = Act & { who: number; exercise: string; ahead: number };

const lessonId = 'a/b/c';
const browsers = ['phone', 'laptop', 'tablet'];
const verdict = fc.constantFrom<Verdict>('wrong', 'wrong', 'right');
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      ...{ does: fc.constant('attempt' as const), key: fc.integer({ min: 1, max: 15 }), verdict },
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constantFrom('hint', 'show', 'start', 'start', 'sit', 'sit') }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('draw' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ does: fc.constant('answer' as const), key: fc.constantFrom(1, 1, 1, 2), verdict },
      isLast: fc.constantFrom(false, false, true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('merge' as const) }) },
);
const call: fc.Arbitrary<Call> = fc
  .tuple(
    act,
    fc.record({
      // The last one is the account's own.
      who: fc.integer({ min: 0, max: browsers.length }),
      exercise: fc.constantFrom('ex_1', 'ex_1', 'ex_2'),
      ahead: fc.constantFrom(0, 0, 0, 0, 1, -1),
    }),
  )
  .map(([does, where]) => ({ ...does, ...where }));
/** `later`: by how many hours the clock moves before the step. */
const step = fc.record({
  later: fc.constantFrom(0, 0, 1, 5, 30, -1, -50),
  calls: fc.array(call, { minLength: 1, maxLength: 4 }),
});

interface Acknowledged {
  id: string;
  key: string;
  answer: string[];
  verdict: Verdict;
  at: string;
}

interface Exported {
  rounds: {
    exerciseUid: string;
    number: number;
    startedAt: string;
    attempts: (Acknowledged & { number: number })[];
  }[];
  sittings: (Omit<Sitting, 'items'> & { items: (Sitting['items'][number] & { key: string })[] })[];
}

interface View {
  learnerId: string;
  round: number;
  /** The newest one. */
  sitting: Sitting | undefined;
}

/** The browsers of one person, and what the store has acknowledged to them. */
class Person {
  readonly attempts: Acknowledged[] = [];
  /** By sitting and number of the item: the key and the verdict. */
  readonly items = new Map<string, string>();
  /** Kinds of answers that were given. */
  readonly seen = new Set<string>();
  readonly account: string;
  readonly #storeOf: (call: number) => Store;
  readonly #name: string;
  readonly #merged = new Set<string>();
  /** Whether the clock was ever put back. */
  isClockBent = false;
  #now = Date.UTC(2026, 0, 1);

  constructor(name: string, storeOf: (call: number) => Store) {
    this.#name = name;
    this.#storeOf = storeOf;
    this.account = `${name}-account`;
  }

  learnerOf(who: number): string {
    return who < browsers.length ? `${this.#name}-${browsers[who]}` : this.account;
  }

  /** A moment that nothing else has. */
  #tick(): string {
    this.#now += 1;
    return new Date(this.#now).toISOString();
  }

  async take({ later, calls }: { later: number; calls: Call[] }): Promise<void> {
    // Odd, so that no moment comes again.
    this.#now += later * 60 * 60 * 1000 + (later < 0 ? 997 : 0);
    if (later < 0) this.isClockBent = true;
    const views = await Promise.all(calls.map((each) => this.#look(each)));
    await Promise.all(calls.map((each, i) => this.#perform(each, views[i]!, this.#storeOf(i))));
  }

  /** What the page shows that the call comes from. */
  async #look({ who, exercise }: Call): Promise<View> {
    const learnerId = this.learnerOf(who);
    const shown = this.#merged.has(learnerId) ? this.account : learnerId;
    const store = this.#storeOf(0);
    const round = (await store.selectLatestRounds(shown, [exercise])).get(exercise);
    const [sitting] = await store.selectSittings(shown, lessonId);
    return { learnerId, round: round?.number ?? 1, sitting };
  }

  async #perform(call: Call, view: View, store: Store) {
    const { learnerId, sitting } = view;
    const at = this.#tick();
    const round = Math.max(1, view.round + call.ahead);
    const ref = newRef({ learnerId, exerciseUid: call.exercise, round, at });
    const ofSitting = { learnerId, sitting: sitting?.id ?? 'none', at };
    switch (call.does) {
      case 'attempt': {
        // A few answers for many keys: some are repeated.
        const key = `${call.exercise}-${call.key}`;
        const answer = [`${call.key % 8}`];
        const result = await store.recordAttempt(
          newAttempt({ ...ref, key, verdict: call.verdict, answer }),
        );
        this.seen.add(result.kind);
        if (result.kind === 'recorded') this.attempts.push({ ...result.attempt, key });
        return;
      }
      case 'hint':
        return store.showHint(ref, 3);
      case 'show':
        return store.endRound(ref, 'shown');
      case 'start':
        return store.startRound({ ...ref, round: view.round + 1 });
      case 'sit':
        await store.startSitting({ learnerId, lessonId, at });
        return;
      case 'draw': {
        const number = (sitting?.items.length ?? 0) + 1;
        return store.drawSittingItem(
          ofSitting,
          newDrawn({ number, exerciseUid: `test_${number}` }),
        );
      }
      case 'answer': {
        const number = sitting?.items.length ?? 1;
        const key = `${number}-${call.key}`;
        const { verdict, isLast } = call;
        const answered = await store.answerSittingItem(
          newSittingAnswer({ ...ofSitting, number, key, verdict, isLast }),
        );
        this.seen.add(`answer ${answered}`);
        if (answered === 'recorded') {
          this.items.set(`${ofSitting.sitting} ${number}`, `${key} ${verdict}`);
        }
        return;
      }
      case 'merge':
        return this.merge(learnerId, store, at);
    }
  }

  async merge(from: string, store = this.#storeOf(0), at = this.#tick()): Promise<void> {
    if (from === this.account) return;
    this.seen.add(await store.mergeLearner({ from, into: this.account, at }));
    this.#merged.add(from);
  }
}

/** The objectives of what is practised and tested. */
const exercise = (uid: string, objective: string) => ({
  exercise: { uid, objective, difficulty: 'medium', kind: 'choice', pool: 'try' },
});
// Only what is read here.
const catalogue = {
  lessons: [
    {
      lesson: { id: lessonId },
      exercises: [
        exercise('ex_1', 'orm'),
        exercise('ex_2', 'gains'),
        ...Array.from({ length: 10 }, (_, i) => exercise(`test_${i + 1}`, i < 3 ? 'orm' : 'gains')),
      ],
    },
  ],
} as unknown as ServedCatalogue;

describe.each(engines)('random steps of one person on the store on $name', (engine) => {
  const storeOf = twoStoresOn(engine);
  let people = 0;
  const newPerson = () => new Person(`person-${(people += 1)}`, storeOf);
  const exportOf = async (learnerId: string) =>
    ((await storeOf(0).exportLearner(learnerId)) ?? {
      ...{ rounds: [], sittings: [] },
    }) as unknown as Exported;

  it('lose no attempt and count none twice, whenever who is merged', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
        const person = newPerson();
        for (const each of steps) await person.take(each);
        for (const who of browsers.keys()) await person.merge(person.learnerOf(who));

        for (const who of browsers.keys()) {
          expect(await storeOf(1).exportLearner(person.learnerOf(who))).toBeNull();
        }
        const { rounds, sittings } = await exportOf(person.account);
        expectAcknowledged(person, rounds);
        expectInOrder(person, rounds);
        expectSittings(person, sittings);
        // Whichever browser sends a form once more: it was heard.
        for (const [index, { key, answer }] of person.attempts.entries()) {
          const learnerId = person.learnerOf(index % (browsers.length + 1));
          const replay = await storeOf(index).recordAttempt(newAttempt({ learnerId, key, answer }));
          expect(replay).toMatchObject({ kind: 'replayed', attempt: { answer } });
        }
        for (const kind of person.seen) seen.add(kind);
      }),
      // A counterexample is told as it was found: to make it smaller would take longer than a test may.
      { numRuns: 30, endOnFailure: true },
    );
    // Otherwise the steps would be too tame to say anything.
    expect([...seen].toSorted()).toEqual([
      ...['already', 'answer recorded', 'answer refused', 'answer replayed', 'merged', 'nothing'],
      ...['recorded', 'repeated', 'replayed', 'stale'],
    ]);
  });

  it('leave the cards of two learners that are merged as what both did makes them', async () => {
    let met = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
        const person = newPerson();
        let keys = 0;
        for (const { later, calls } of steps) {
          const made = calls.flatMap((each): Call[] => {
            if (each.does === 'merge') return [];
            const who = each.who % 2 === 0 ? 0 : browsers.length;
            // No form is sent under both names: that would be one thing that both did.
            return ['key' in each ? { ...each, who, key: (keys += 1) } : { ...each, who }];
          });
          await person.take({ later, calls: made });
        }
        const practiceOf = async (learnerId: string) => ({
          rounds: await storeOf(0).selectPractice(learnerId),
          sittings: await storeOf(0).selectSittings(learnerId, null),
        });
        const before = [await practiceOf(person.learnerOf(0)), await practiceOf(person.account)];
        await person.merge(person.learnerOf(0));
        const merged = await practiceOf(person.account);

        const open = merged.sittings.find(({ endedAt }) => endedAt === null);
        const bothSittings = before.flatMap(({ sittings }) => sittings);
        const wereOpen = bothSittings.filter(({ endedAt }) => endedAt === null);
        expect(open === undefined).toBe(wereOpen.length === 0);
        const both = meetingsOf(catalogue, {
          rounds: before.flatMap(({ rounds }) => rounds),
          // Of two that were open one has ended.
          sittings: bothSittings.map((each) => ({
            ...each,
            endedAt: each.id === open?.id ? null : (each.endedAt ?? each.startedAt),
          })),
        });
        const meetings = meetingsOf(catalogue, merged);
        expect(meetings).toEqual(both);
        expect(cardsAfter(meetings, 'UTC')).toEqual(cardsAfter(both, 'UTC'));
        met += meetings.length;
      }),
      { numRuns: 25, endOnFailure: true },
    );
    expect(met).toBeGreaterThan(30);
  });
});

/** Each key once, with the attempt that was acknowledged first of those that came with it. */
function expectAcknowledged({ attempts }: Person, rounds: Exported['rounds']): void {
  const first = new Map<string, Acknowledged>();
  for (const each of attempts.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    if (!first.has(each.key)) first.set(each.key, each);
  }
  const kept = rounds.flatMap((round) => round.attempts);
  const byKey = (a: Acknowledged, b: Acknowledged) => (a.key < b.key ? -1 : 1);
  const asAcknowledged = ({ id, key, answer, verdict, at }: Acknowledged) => {
    return { id, key, answer, verdict, at };
  };
  expect(kept.toSorted(byKey).map(asAcknowledged)).toEqual(
    [...first.values()].toSorted(byKey).map(asAcknowledged),
  );
}

/** Numbers have no gaps. While the clock is straight, rounds begin one after another, and so do attempts within them. */
function expectInOrder({ isClockBent }: Person, rounds: Exported['rounds']): void {
  for (const [, ofExercise] of Map.groupBy(rounds, ({ exerciseUid }) => exerciseUid)) {
    expect(ofExercise.map(({ number }) => number)).toEqual(ofExercise.map((_, i) => i + 1));
    for (const { attempts } of ofExercise) {
      expect(attempts.map(({ number }) => number)).toEqual(attempts.map((_, i) => i + 1));
      expect(attempts.length).toBeLessThanOrEqual(3);
    }
    if (isClockBent) continue;
    const begun = ofExercise.map(({ startedAt }) => startedAt);
    expect(begun).toEqual(begun.toSorted());
  }
}

/** Every answer once; at most one is open, and in those that are over nothing waits for an answer. */
function expectSittings({ items, isClockBent }: Person, sittings: Exported['sittings']): void {
  const kept = sittings.flatMap((sitting) =>
    sitting.items.flatMap(({ number, key, answered }): [string, string][] =>
      answered ? [[`${sitting.id} ${number}`, `${key} ${answered.verdict}`]] : [],
    ),
  );
  expect(new Map(kept)).toEqual(items);
  expect(kept).toHaveLength(items.size);
  expect(sittings.filter(({ endedAt }) => endedAt === null).length).toBeLessThanOrEqual(1);
  const over = sittings.filter(({ endedAt }) => endedAt !== null);
  expect(over.flatMap((each) => each.items.filter(({ answered }) => !answered))).toEqual([]);
  if (isClockBent) return;
  const begun = sittings.map(({ startedAt }) => startedAt);
  expect(begun).toEqual(begun.toSorted().toReversed());
}
