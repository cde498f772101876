import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { QuestionRef, Store } from '#lib/server/store/port.ts';
import { engines, takeBack, type Place } from './store-engines.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();

const newRef = (change: Partial<QuestionRef> = {}): QuestionRef => ({
  ...{ learnerId: 'ada', lessonId: 'a/b/c', question: 'q1', at: day(1) },
  ...change,
});

describe.each(engines)('the store of quizzes on $name', (engine) => {
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

  it('keeps a question that was answered right, with the time of the first right answer', async () => {
    await store.recordQuizRight(newRef());
    await other.recordQuizRight(newRef({ at: day(2) }));
    await store.recordQuizRight(newRef({ question: 'q2', at: day(3) }));
    expect(await other.selectQuizRights('ada', 'a/b/c')).toEqual([
      { lessonId: 'a/b/c', question: 'q1', answeredAt: day(1) },
      { lessonId: 'a/b/c', question: 'q2', answeredAt: day(3) },
    ]);
  });

  it('keeps it once, however many say so at the same moment', async () => {
    await Promise.all([store, other, store, other].map((each) => each.recordQuizRight(newRef())));
    expect(await store.selectQuizRights('ada', null)).toHaveLength(1);
  });

  it('knows learners and lessons apart', async () => {
    await store.recordQuizRight(newRef());
    await store.recordQuizRight(newRef({ lessonId: 'a/b/d' }));
    await store.recordQuizRight(newRef({ learnerId: 'bob', question: 'q9' }));
    expect(await store.selectQuizRights('ada', 'a/b/c')).toHaveLength(1);
    expect(await store.selectQuizRights('ada', null)).toHaveLength(2);
    expect(await store.selectQuizRights('eve', null)).toEqual([]);
  });

  it('refuses a name that is none, and keeps nothing of it', async () => {
    for (const question of ['', 'x'.repeat(65)]) {
      await expect(store.recordQuizRight(newRef({ question }))).rejects.toThrow();
    }
    expect(await store.selectQuizRights('ada', null)).toEqual([]);
  });

  it('exports and deletes it with the learner, and nobody else’s', async () => {
    await store.recordQuizRight(newRef());
    await store.recordQuizRight(newRef({ learnerId: 'bob' }));
    expect(await store.exportLearner('ada')).toMatchObject({
      quiz: [{ lessonId: 'a/b/c', question: 'q1', answeredAt: day(1) }],
    });
    await store.deleteLearner('ada');
    expect(await place.query('select learner_id from quiz_rights')).toEqual([
      { learner_id: 'bob' },
    ]);
  });

  it('is added to a database of the version before', async () => {
    await store.openMode({ learnerId: 'ada', lessonId: 'a/b/c', mode: 'learn', at: day(1) });
    await Promise.all([store.close(), other.close()]);
    await takeBack(place, '004-quiz');
    store = await place.open();
    other = await place.open();
    await store.recordQuizRight(newRef());
    expect(await other.selectQuizRights('ada', null)).toHaveLength(1);
    expect(await other.selectModes('ada', null)).toHaveLength(1);
  });
});
