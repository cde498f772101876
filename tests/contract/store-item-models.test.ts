import { describe, expect, it } from 'vitest';
import { firstEstimate, type ItemEstimate } from '#lib/domain/strength/correct-item.ts';
import type { Store } from '#lib/server/store/port.ts';
import { engines, newAttempt, takeBack } from './store-engines.ts';
import { freshStoresOn } from './two-stores.ts';

const first = { ...firstEstimate('medium'), difficulty: 0.1 + 0.2 };
const harder = (before: ItemEstimate | null): ItemEstimate =>
  before ? { ...before, difficulty: before.difficulty + 1 } : first;

describe.each(engines)('the store of what answers say of exercises on $name', (engine) => {
  const fresh = freshStoresOn(engine);

  const step = (from: Store, exerciseUid = 'ex_1', contentVersion = 'v1') =>
    from.correctItem({ exerciseUid, contentVersion, correct: harder });

  it('keeps the first estimate to the last bit, and each step from the one before', async () => {
    await step(fresh.store);
    const kept = { exerciseUid: 'ex_1', contentVersion: 'v1', estimate: first, answers: 1 };
    expect(await fresh.other.selectItemModels(['ex_1'])).toEqual([kept]);
    await step(fresh.other);
    expect(await fresh.store.selectItemModels(['ex_1'])).toEqual([
      { ...kept, estimate: harder(first), answers: 2 },
    ]);
  });

  it('loses no step of those that come at the same moment', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, at) => step(at % 2 === 0 ? fresh.store : fresh.other)),
    );
    const [kept] = await fresh.store.selectItemModels(['ex_1']);
    expect(kept).toMatchObject({ answers: 12 });
    expect(kept?.estimate.difficulty).toBeCloseTo(first.difficulty + 11);
  });

  it('knows exercises and versions of their content apart', async () => {
    await step(fresh.store);
    await step(fresh.store, 'ex_1', 'v2');
    await step(fresh.store, 'ex_2');
    const found = await fresh.store.selectItemModels(['ex_2', 'ex_1', 'ex_9']);
    expect(found.map(({ exerciseUid, contentVersion }) => [exerciseUid, contentVersion])).toEqual([
      ['ex_1', 'v1'],
      ['ex_1', 'v2'],
      ['ex_2', 'v1'],
    ]);
    expect(await fresh.store.selectItemModels([])).toEqual([]);
  });

  it('finds them among more exercises than one query can ask for', async () => {
    await step(fresh.store, 'ex_999');
    const uids = Array.from({ length: 1200 }, (_, at) => `ex_${at}`);
    expect(await fresh.store.selectItemModels(uids)).toHaveLength(1);
  });

  it('keeps nothing of a step that fails', async () => {
    const correct = () => {
      throw new Error('no estimate');
    };
    await expect(
      fresh.store.correctItem({ exerciseUid: 'ex_1', contentVersion: 'v1', correct }),
    ).rejects.toThrow();
    expect(await fresh.store.selectItemModels(['ex_1'])).toEqual([]);
  });

  it('keeps it when a learner who answered is deleted: it names nobody', async () => {
    await fresh.store.recordAttempt(newAttempt());
    await step(fresh.store);
    await fresh.store.deleteLearner('ada');
    expect(await fresh.store.selectItemModels(['ex_1'])).toHaveLength(1);
  });

  it('is added to a database of the version before', async () => {
    await fresh.store.recordAttempt(newAttempt());
    await fresh.reopenAfter(() => takeBack(fresh.place, '008-item-models'));
    await step(fresh.store);
    expect(await fresh.other.selectItemModels(['ex_1'])).toHaveLength(1);
    expect(await fresh.other.selectPractice('ada')).toHaveLength(1);
  });
});
