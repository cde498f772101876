import { describe, expect, it } from 'vitest';
import type { LessonRef } from '#lib/server/store/port.ts';
import { engines, takeBack } from './store-engines.ts';
import { freshStoresOn } from './two-stores.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();

const newRef = (change: Partial<LessonRef> = {}): LessonRef => ({
  ...{ learnerId: 'ada', lessonId: 'a/b/c', at: day(1) },
  ...change,
});

describe.each(engines)('the store of kudos on $name', (engine) => {
  const fresh = freshStoresOn(engine);

  it('counts one of each learner, however often and at the same moment it is given', async () => {
    await Promise.all(
      [fresh.store, fresh.other, fresh.store, fresh.other].map((each) => each.giveKudos(newRef())),
    );
    await fresh.store.giveKudos(newRef({ learnerId: 'bob' }));
    await fresh.store.giveKudos(newRef({ lessonId: 'a/b/d' }));
    expect(await fresh.other.countKudos(['a/b/c', 'a/b/d'])).toEqual(
      new Map([
        ['a/b/c', 2],
        ['a/b/d', 1],
      ]),
    );
    expect((await fresh.other.countKudos(['a/b/e'])).get('a/b/e') ?? 0).toBe(0);
    expect(await fresh.other.countKudos([])).toEqual(new Map());
  });

  it('takes back those of one learner and lesson, and no other', async () => {
    for (const learnerId of ['ada', 'bob']) await fresh.store.giveKudos(newRef({ learnerId }));
    await fresh.store.giveKudos(newRef({ lessonId: 'a/b/d' }));
    await fresh.other.takeBackKudos('ada', 'a/b/c');
    await fresh.other.takeBackKudos('ada', 'a/b/c');
    expect(await fresh.store.selectKudos('ada')).toEqual(new Set(['a/b/d']));
    expect(await fresh.store.selectKudos('bob')).toEqual(new Set(['a/b/c']));
  });

  it('leaves nothing of who takes back what they never gave', async () => {
    await fresh.store.takeBackKudos('eve', 'a/b/c');
    expect(await fresh.place.query('select id from learners')).toEqual([]);
  });

  it('exports and deletes them with the learner, and nobody else’s', async () => {
    await fresh.store.giveKudos(newRef());
    await fresh.store.giveKudos(newRef({ at: day(2) }));
    await fresh.store.giveKudos(newRef({ learnerId: 'bob' }));
    expect(await fresh.store.exportLearner('ada')).toMatchObject({
      kudos: [{ lessonId: 'a/b/c', givenAt: day(1) }],
    });
    await fresh.store.deleteLearner('ada');
    expect(await fresh.place.query('select learner_id from kudos')).toEqual([
      { learner_id: 'bob' },
    ]);
  });

  it('are added to a database of the version before', async () => {
    await fresh.store.openMode({ ...newRef(), mode: 'learn' });
    await fresh.reopenAfter(() => takeBack(fresh.place, '006-kudos'));
    await fresh.store.giveKudos(newRef());
    expect(await fresh.other.selectKudos('ada')).toEqual(new Set(['a/b/c']));
    expect(await fresh.other.selectModes('ada', null)).toHaveLength(1);
  });
});
