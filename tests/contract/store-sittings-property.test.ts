/**
 * Random steps against a model of the rule of sittings: two devices, double submits, replays, and a clock that jumps.
 * The calls of one step run at once, half of them through a second store on the same database: what comes out must be
 * what the model says of some order of them, in every answer and in all that is kept.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pauseBetweenSittings } from '#lib/domain/sitting.ts';
import { testLength } from '#lib/domain/strength/draw-next.ts';
import type { Store } from '#lib/server/store/port.ts';
import { engines, newDrawn, newSittingAnswer } from './store-engines.ts';
import { explain, twoStoresOn } from './two-stores.ts';

const lessonId = 'a/b/c';

/** Of the sitting that was begun last when the step begins, or the one before it. */
type Act =
  | { does: 'start' }
  | { does: 'draw'; uid: string; ahead: number }
  | { does: 'answer'; key: string; ahead: number; isLast: boolean; verdict: Verdict }
  | { does: 'drop'; uid: string }
  | { does: 'end' };
type Verdict = 'right' | 'wrong';
type Call = Act & { sitting: number; number: number; at: number };

interface ModelItem {
  uid: string;
  answered: { key: string; verdict: Verdict } | null;
}
interface ModelSitting {
  endedAt: number | null;
  items: ModelItem[];
}

/** Applies the call and says what the store should answer. */
function applyToModel(model: ModelSitting[], call: Call): string {
  if (call.does === 'start') {
    const last = model.at(-1);
    if (last?.endedAt === null) return 'open';
    if (last && Math.abs(call.at - last.endedAt) < pauseBetweenSittings) return 'refused';
    model.push({ endedAt: null, items: [] });
    return 'started';
  }
  const sitting = model[call.sitting];
  const open = sitting?.endedAt === null ? sitting : null;
  const last = open?.items.at(-1);
  const isWaiting = last?.answered === null;
  switch (call.does) {
    case 'draw': {
      const isNext = call.number === (open?.items.length ?? 0) + 1 && call.number <= testLength;
      if (open && isNext && !isWaiting) open.items.push({ uid: call.uid, answered: null });
      return 'done';
    }
    case 'answer': {
      const replayed = sitting?.items.findIndex(({ answered }) => answered?.key === call.key) ?? -1;
      if (replayed >= 0) return replayed + 1 === call.number ? 'replayed' : 'refused';
      if (!open || !isWaiting || call.number !== open.items.length) return 'refused';
      last.answered = { key: call.key, verdict: call.verdict };
      if (call.isLast) open.endedAt = call.at;
      return 'recorded';
    }
    case 'drop':
      if (open && isWaiting && last.uid === call.uid && call.number === open.items.length) {
        open.items.pop();
      }
      return 'done';
    case 'end':
      if (open && !isWaiting) open.endedAt = call.at;
      return 'done';
  }
}

const timeOf = (at: number) => new Date(Date.UTC(2026, 0, 1) + at).toISOString();

async function applyToStore(
  store: Store,
  learnerId: string,
  ids: string[],
  call: Call,
): Promise<string> {
  const at = timeOf(call.at);
  if (call.does === 'start') return (await store.startSitting({ learnerId, lessonId, at })).kind;
  const ref = { learnerId, sitting: ids[call.sitting] ?? 'none', at };
  const { number } = call;
  switch (call.does) {
    case 'draw':
      await store.drawSittingItem(ref, newDrawn({ number, exerciseUid: call.uid }));
      return 'done';
    case 'answer':
      return store.answerSittingItem(newSittingAnswer({ ...call, ...ref }));
    case 'drop':
      await store.dropSittingItem(ref, newDrawn({ number, exerciseUid: call.uid }));
      return 'done';
    case 'end':
      await store.endSitting(ref);
      return 'done';
  }
}

interface Exported {
  id: string;
  endedAt: string | null;
  items: { exerciseUid: string; key: string; answered: { verdict: Verdict } | null }[];
}

/** What the store keeps, oldest first. */
async function exportOf(store: Store, learnerId: string): Promise<Exported[]> {
  const exported = await store.exportLearner(learnerId);
  return ((exported?.['sittings'] ?? []) as Exported[]).toReversed();
}

const inModelsShape = (sittings: Exported[]): ModelSitting[] =>
  sittings.map(({ endedAt, items }) => ({
    endedAt: endedAt === null ? null : Date.parse(endedAt) - Date.UTC(2026, 0, 1),
    items: items.map(({ exerciseUid: uid, key, answered }) => {
      return { uid, answered: answered && { key, verdict: answered.verdict } };
    }),
  }));

/** Two exercises that may be drawn for a number, and two forms that may answer it: the second part of a name. */
const oneOfTwo = fc.constantFrom('a', 'b');
const ahead = fc.constantFrom(0, 0, 0, 0, 0, 1, -1);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ does: 'start' as const }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('draw' as const), uid: oneOfTwo, ahead }) },
  {
    weight: 7,
    arbitrary: fc.record({
      does: fc.constant('answer' as const),
      key: oneOfTwo,
      ahead,
      isLast: fc.constantFrom(false, false, false, false, false, true),
      verdict: fc.constantFrom<Verdict>('right', 'wrong'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('drop' as const), uid: oneOfTwo }) },
  { weight: 1, arbitrary: fc.constant({ does: 'end' as const }) },
);

function named(does: Act, number: number): Act {
  if ('uid' in does) return { ...does, uid: `ex_${number}${does.uid}` };
  return 'key' in does ? { ...does, key: `${number}${does.key}` } : does;
}

/** `later` is by how much the clock moves before the step, in hours; it may go back. */
const step = fc.record({
  later: fc.constantFrom(0, 0, 1, 12, 30, -1, -100),
  calls: fc.array(fc.record({ act, before: fc.constantFrom(0, 0, 0, 0, 1) }), {
    minLength: 1,
    maxLength: 3,
  }),
});

describe.each(engines)('random steps on the sittings of the store on $name', (engine) => {
  const storeOf = twoStoresOn(engine);

  it('agree with the rule of sittings in some order of the calls made at once', async () => {
    let learners = 0;
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
        learners += 1;
        const learnerId = `learner-${learners}`;
        let model: ModelSitting[] = [];
        let ids: string[] = [];
        let now = 0;
        for (const { later, calls } of steps) {
          now += later * 60 * 60 * 1000;
          const made = calls.map(({ act: does, before }): Call => {
            const sitting = model.length - 1 - before;
            // A page answers what it last saw, and draws what comes after it.
            const seenItems = model[sitting]?.items.length ?? 0;
            const from = does.does === 'draw' ? seenItems + 1 : seenItems;
            const moved = 'ahead' in does ? does.ahead : 0;
            const number = Math.max(1, from + moved);
            return { ...named(does, number), sitting, number, at: now };
          });
          const answers = await Promise.all(
            made.map((call, i) => applyToStore(storeOf(i), learnerId, ids, call)),
          );
          const exported = await exportOf(storeOf(0), learnerId);
          const kept = inModelsShape(exported);
          const explained = explain(
            model,
            { calls: made, answers },
            applyToModel,
            (tried) => JSON.stringify(tried) === JSON.stringify(kept),
          );
          expect({ made, answers, kept, explained }).toMatchObject({
            explained: expect.anything(),
          });
          expect(kept.filter(({ endedAt }) => endedAt === null).length).toBeLessThanOrEqual(1);
          expect(kept.every(({ items }) => items.length <= testLength)).toBe(true);
          model = explained!;
          ids = exported.map(({ id }) => id);
          for (const answer of answers) seen.add(answer);
        }
      }),
      { numRuns: 60 },
    );
    // Otherwise the steps would be too tame to say anything.
    expect([...seen].sort()).toEqual([
      ...['done', 'open', 'recorded', 'refused', 'replayed', 'started'],
    ]);
  });
});
