import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LessonRef, Store } from '#lib/server/store/port.ts';
import { engines, takeBack, type Place } from './store-engines.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();

const newRef = (change: Partial<LessonRef> = {}): LessonRef => ({
  ...{ learnerId: 'ada', lessonId: 'a/b/c', at: day(1) },
  ...change,
});

describe.each(engines)('the store of kudos on $name', (engine) => {
  let place: Place;
  let store: Store;
  /** A second process's view of the same database. */
  let other: Store;

  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  beforeEach(async () => {
    place = await engine.newPlace();
    store = await place.open();
    other = await place.open();
  });
  afterEach(async () => {
    await Promise.all([store.close(), other.close()]);
  });

  it('counts one of each learner, however often and at the same moment it is given', async () => {
    await Promise.all([store, other, store, other].map((each) => each.giveKudos(newRef())));
    await store.giveKudos(newRef({ learnerId: 'bob' }));
    await store.giveKudos(newRef({ lessonId: 'a/b/d' }));
    expect(await other.countKudos(['a/b/c', 'a/b/d'])).toEqual(
      new Map([
        ['a/b/c', 2],
        ['a/b/d', 1],
      ]),
    );
    expect((await other.countKudos(['a/b/e'])).get('a/b/e') ?? 0).toBe(0);
    expect(await other.countKudos([])).toEqual(new Map());
  });

  it('takes back those of one learner and lesson, and no other', async () => {
    for (const learnerId of ['ada', 'bob']) await store.giveKudos(newRef({ learnerId }));
    await store.giveKudos(newRef({ lessonId: 'a/b/d' }));
    await other.takeBackKudos('ada', 'a/b/c');
    await other.takeBackKudos('ada', 'a/b/c');
    expect(await store.selectKudos('ada')).toEqual(new Set(['a/b/d']));
    expect(await store.selectKudos('bob')).toEqual(new Set(['a/b/c']));
  });

  it('leaves nothing of who takes back what they never gave', async () => {
    await store.takeBackKudos('eve', 'a/b/c');
    expect(await place.query('select id from learners')).toEqual([]);
  });

  it('exports and deletes them with the learner, and nobody else’s', async () => {
    await store.giveKudos(newRef());
    await store.giveKudos(newRef({ at: day(2) }));
    await store.giveKudos(newRef({ learnerId: 'bob' }));
    expect(await store.exportLearner('ada')).toMatchObject({
      kudos: [{ lessonId: 'a/b/c', givenAt: day(1) }],
    });
    await store.deleteLearner('ada');
    expect(await place.query('select learner_id from kudos')).toEqual([{ learner_id: 'bob' }]);
  });

  it('are added to a database of the version before', async () => {
    await store.openMode({ ...newRef(), mode: 'learn' });
    await Promise.all([store.close(), other.close()]);
    await takeBack(place, '006-kudos');
    store = await place.open();
    other = await place.open();
    await store.giveKudos(newRef());
    expect(await other.selectKudos('ada')).toEqual(new Set(['a/b/c']));
    expect(await other.selectModes('ada', null)).toHaveLength(1);
  });
});
