/**
 * Random steps against a model of the rule of rounds. The calls of one step run at once, half of
 * them through a second store on the same database: what comes out must be what the model says of
 * some order of them, in every answer and in all that is kept.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endingAfter, type RoundEnding } from '#lib/domain/round.ts';
import type { RoundRef, Store } from '#lib/server/store/port.ts';
import { engines, newAttempt, newRef } from './store-engines.ts';
import { explain, twoStoresOn } from './two-stores.ts';

type Verdict = 'right' | 'wrong';
type Act =
  | { does: 'attempt'; key: string; verdict: Verdict; allowed: number | null }
  | { does: 'hint'; max: number }
  | { does: 'end'; ending: RoundEnding }
  | { does: 'start' };
type Call = Act & Pick<RoundRef, 'exerciseUid' | 'contentVersion' | 'round'>;

interface ModelRound {
  contentVersion: string;
  hintsShown: number;
  ending: RoundEnding | null;
  attempts: { key: string; verdict: Verdict }[];
}
type Model = Record<string, ModelRound[]>;

/** Applies the call and says what the store should answer: for an attempt, how it was taken and its place. */
function applyToModel(model: Model, call: Call): string {
  const rounds = (model[call.exerciseUid] ??= []);
  if (call.does === 'attempt') {
    for (const [uid, kept] of Object.entries(model)) {
      for (const [index, round] of kept.entries()) {
        const at = round.attempts.findIndex((attempt) => attempt.key === call.key);
        if (at >= 0) return `replayed ${index + 1}.${at + 1} ${uid === call.exerciseUid}`;
      }
    }
  }
  const latest = rounds.at(-1);
  const isNewContent = latest !== undefined && latest.contentVersion !== call.contentVersion;
  const isOver = latest !== undefined && (latest.ending !== null || isNewContent);
  const isNext = call.round === rounds.length + 1;
  const begin = () => {
    const { contentVersion } = call;
    rounds.push({ contentVersion, hintsShown: 0, ending: null, attempts: [] });
  };

  if (call.does === 'start') {
    if (isNext && isOver) begin();
    return 'done';
  }
  if (call.does === 'hint' && call.max === 0) return 'done';
  if (isNext && (latest === undefined || isNewContent)) begin();
  else if (call.round !== rounds.length || isOver) {
    const isNewest = call.round === rounds.length && !isNewContent;
    const asksToSee = call.does === 'end' && call.ending === 'shown';
    if (isNewest && asksToSee && latest?.ending === 'attempts') latest.ending = 'shown';
    return call.does === 'attempt' ? 'stale' : 'done';
  }

  const round = rounds.at(-1)!;
  if (call.does === 'hint')
    round.hintsShown = Math.max(round.hintsShown, Math.min(round.hintsShown + 1, call.max));
  if (call.does === 'end') round.ending = call.ending;
  if (call.does !== 'attempt') return 'done';
  round.attempts.push({ key: call.key, verdict: call.verdict });
  round.ending = endingAfter(round.attempts.length, call.verdict, call.allowed);
  return `recorded ${call.round}.${round.attempts.length} true`;
}

async function applyToStore(store: Store, learnerId: string, call: Call): Promise<string> {
  const { exerciseUid, contentVersion, round } = call;
  const ref = newRef({ learnerId, exerciseUid, contentVersion, round });
  switch (call.does) {
    case 'attempt': {
      const { key, verdict, allowed } = call;
      // The answer tells where an attempt was first made, which a replay must give back.
      const result = await store.recordAttempt(
        newAttempt({ ...ref, key, verdict, attemptsAllowed: allowed, answer: [exerciseUid, key] }),
      );
      if (result.kind === 'stale') return 'stale';
      const isOfThisExercise = result.attempt.answer[0] === exerciseUid;
      return `${result.kind} ${result.round}.${result.attempt.number} ${isOfThisExercise}`;
    }
    case 'hint':
      await store.showHint(ref, call.max);
      return 'done';
    case 'end':
      await store.endRound(ref, call.ending);
      return 'done';
    case 'start':
      await store.startRound(ref);
      return 'done';
  }
}

/** What the store keeps, in the model's shape. */
async function keptBy(store: Store, learnerId: string): Promise<Model> {
  const exported = await store.exportLearner(learnerId);
  const kept: Model = {};
  for (const round of (exported?.['rounds'] ?? []) as (ModelRound & { exerciseUid: string })[]) {
    const { exerciseUid, contentVersion, hintsShown, ending } = round;
    const attempts = round.attempts.map(({ key, verdict }) => ({ key, verdict }));
    (kept[exerciseUid] ??= []).push({ contentVersion, hintsShown, ending, attempts });
  }
  return kept;
}

const textOf = (model: Model) =>
  JSON.stringify(
    Object.entries(model)
      .filter(([, rounds]) => rounds.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('attempt' as const),
      key: fc.integer({ min: 1, max: 12 }).map(String),
      verdict: fc.constantFrom<Verdict>('wrong', 'wrong', 'wrong', 'right'),
      allowed: fc.constantFrom(3, 3, 2, null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('hint' as const),
      max: fc.integer({ min: 0, max: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('end' as const),
      ending: fc.constant('shown' as const),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ does: 'start' as const }) },
);

/** Mostly the round that is open or the next: `ahead` counts from the newest when the step begins. */
const step = fc.array(
  fc.record({
    act,
    exerciseUid: fc.constantFrom('ex_1', 'ex_1', 'ex_2'),
    contentVersion: fc.constantFrom('v1', 'v1', 'v1', 'v2'),
    ahead: fc.constantFrom(0, 0, 0, 1, 1, -1, 2),
  }),
  { minLength: 1, maxLength: 4 },
);

describe.each(engines)('random steps on the store on $name', (engine) => {
  const storeOf = twoStoresOn(engine);

  it('agree with the rule of rounds in some order of the calls made at once', async () => {
    let learners = 0;
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        learners += 1;
        const learnerId = `learner-${learners}`;
        let model: Model = {};
        for (const calls of steps) {
          const made = calls.map(({ act, exerciseUid, contentVersion, ahead }): Call => {
            const round = Math.max(1, (model[exerciseUid]?.length ?? 0) + ahead);
            return { ...act, exerciseUid, contentVersion, round };
          });
          const answers = await Promise.all(
            made.map((call, i) => applyToStore(storeOf(i), learnerId, call)),
          );
          const kept = await keptBy(storeOf(0), learnerId);
          const explained = explain(
            model,
            { calls: made, answers },
            applyToModel,
            (tried) => textOf(tried) === textOf(kept),
          );
          expect({ made, answers, kept, explained }).toMatchObject({
            explained: expect.anything(),
          });
          model = explained!;
          for (const answer of answers) seen.add(answer.split(' ')[0]!);
        }
      }),
      { numRuns: 60 },
    );
    // Otherwise the steps would be too tame to say anything.
    expect([...seen].sort()).toEqual(['done', 'recorded', 'replayed', 'stale']);
  });
});
