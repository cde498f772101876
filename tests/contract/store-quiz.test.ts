import { describe, expect, it } from 'vitest';
import type { QuestionRef } from '#lib/server/store/port.ts';
import { engines, takeBack } from './store-engines.ts';
import { freshStoresOn } from './two-stores.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();

const newRef = (change: Partial<QuestionRef> = {}): QuestionRef => ({
  ...{ learnerId: 'ada', lessonId: 'a/b/c', question: 'q1', at: day(1) },
  ...change,
});

describe.each(engines)('the store of quizzes on $name', (engine) => {
  const fresh = freshStoresOn(engine);

  it('keeps a question that was answered right, with the time of the first right answer', async () => {
    await fresh.store.recordQuizRight(newRef());
    await fresh.other.recordQuizRight(newRef({ at: day(2) }));
    await fresh.store.recordQuizRight(newRef({ question: 'q2', at: day(3) }));
    expect(await fresh.other.selectQuizRights('ada', 'a/b/c')).toEqual([
      { lessonId: 'a/b/c', question: 'q1', answeredAt: day(1) },
      { lessonId: 'a/b/c', question: 'q2', answeredAt: day(3) },
    ]);
  });

  it('keeps it once, however many say so at the same moment', async () => {
    await Promise.all(
      [fresh.store, fresh.other, fresh.store, fresh.other].map((each) =>
        each.recordQuizRight(newRef()),
      ),
    );
    expect(await fresh.store.selectQuizRights('ada', null)).toHaveLength(1);
  });

  it('knows learners and lessons apart', async () => {
    await fresh.store.recordQuizRight(newRef());
    await fresh.store.recordQuizRight(newRef({ lessonId: 'a/b/d' }));
    await fresh.store.recordQuizRight(newRef({ learnerId: 'bob', question: 'q9' }));
    expect(await fresh.store.selectQuizRights('ada', 'a/b/c')).toHaveLength(1);
    expect(await fresh.store.selectQuizRights('ada', null)).toHaveLength(2);
    expect(await fresh.store.selectQuizRights('eve', null)).toEqual([]);
  });

  it('refuses a name that is none, and keeps nothing of it', async () => {
    for (const question of ['', 'x'.repeat(65)]) {
      await expect(fresh.store.recordQuizRight(newRef({ question }))).rejects.toThrow();
    }
    expect(await fresh.store.selectQuizRights('ada', null)).toEqual([]);
  });

  it('exports and deletes it with the learner, and nobody else’s', async () => {
    await fresh.store.recordQuizRight(newRef());
    await fresh.store.recordQuizRight(newRef({ learnerId: 'bob' }));
    expect(await fresh.store.exportLearner('ada')).toMatchObject({
      quiz: [{ lessonId: 'a/b/c', question: 'q1', answeredAt: day(1) }],
    });
    await fresh.store.deleteLearner('ada');
    expect(await fresh.place.query('select learner_id from quiz_rights')).toEqual([
      { learner_id: 'bob' },
    ]);
  });

  it('is added to a database of the version before', async () => {
    await fresh.store.openMode({ learnerId: 'ada', lessonId: 'a/b/c', mode: 'learn', at: day(1) });
    await fresh.reopenAfter(() => takeBack(fresh.place, '004-quiz'));
    await fresh.store.recordQuizRight(newRef());
    expect(await fresh.other.selectQuizRights('ada', null)).toHaveLength(1);
    expect(await fresh.other.selectModes('ada', null)).toHaveLength(1);
  });
});
