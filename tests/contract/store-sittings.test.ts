import { describe, expect, it } from 'vitest';
import type { JudgedAnswer } from '#lib/domain/proof.ts';
import type { Sitting } from '#lib/domain/sitting.ts';
import { testLength } from '#lib/domain/strength/draw-next.ts';
import type { NewSittingAnswer } from '#lib/server/store/port.ts';
import { engines, newDrawn, newSittingAnswer, takeBack } from './store-engines.ts';
import { freshStoresOn } from './two-stores.ts';

/** The first of the hours counted from here. */
const hour = (number: number) => new Date(Date.UTC(2026, 0, 1, number)).toISOString();

const lesson = { learnerId: 'ada', lessonId: 'a/b/c' };

const judged: JudgedAnswer = {
  verdict: 'wrong',
  evidence: {
    ...{ id: 'run-1', outcome: 'finished', error: null, stdout: 'a "quoted" é\n' },
    ...{ values: { seats: 3 }, counts: {} },
  },
  ...{ failed: 'own', unmet: 'Ask once.', says: null, runs: 1 },
  ...{ versions: { django: '5.2.1' }, at: hour(1) },
};

describe.each(engines)('the store of sittings on $name', (engine) => {
  const fresh = freshStoresOn(engine);

  async function begin(at = hour(0), ref = lesson): Promise<string> {
    const begun = await fresh.store.startSitting({ ...ref, at });
    if (begun.kind === 'refused') throw new Error(`refused: ${begun.endedAt}`);
    return begun.sitting.id;
  }
  const draw = (sitting: string, number: number, uid = `ex_${number}`, from = fresh.store) =>
    from.drawSittingItem(
      { learnerId: 'ada', sitting, at: hour(number) },
      newDrawn({ number, exerciseUid: uid }),
    );
  const answer = (sitting: string, number: number, change: Partial<NewSittingAnswer> = {}) =>
    fresh.store.answerSittingItem(newSittingAnswer({ sitting, number, ...change }));
  async function newest(): Promise<Sitting> {
    const [sitting] = await fresh.other.selectSittings('ada', 'a/b/c');
    if (!sitting) throw new Error('there is no sitting');
    return sitting;
  }

  it('begins one, and goes on with it from any page', async () => {
    const begun = await fresh.store.startSitting({ ...lesson, at: hour(0) });
    expect(begun).toMatchObject({
      ...{ kind: 'started', sitting: { lessonId: 'a/b/c', startedAt: hour(0), endedAt: null } },
    });
    const again = await fresh.other.startSitting({ ...lesson, at: hour(99) });
    expect(again).toEqual({ ...begun, kind: 'open' });
    expect(await fresh.store.selectSittings('ada', null)).toHaveLength(1);
  });

  it('begins one only, however many ask at the same moment', async () => {
    const asked = await Promise.all(
      [fresh.store, fresh.other, fresh.store, fresh.other].map((each) =>
        each.startSitting({ ...lesson, at: hour(0) }),
      ),
    );
    expect(asked.map(({ kind }) => kind).toSorted()).toEqual(['open', 'open', 'open', 'started']);
    expect(await fresh.store.selectSittings('ada', null)).toHaveLength(1);
  });

  it('has a database that refuses a second open one, whoever writes it', async () => {
    await begin();
    const second = `insert into sittings (id, learner_id, lesson_id, number, seed, started_at)
      values ('x', 'ada', 'a/b/c', 2, 's', '${hour(1)}') returning id`;
    await expect(fresh.place.query(second)).rejects.toThrow(/unique/i);
  });

  it('gives each sitting an id and a seed of its own', async () => {
    await Promise.all([begin(), begin(hour(0), { ...lesson, lessonId: 'a/b/d' })]);
    const all = await fresh.store.selectSittings('ada', null);
    expect(new Set(all.flatMap(({ id, seed }) => [id, seed])).size).toBe(4);
  });

  it('keeps what was drawn and what was answered, as it was', async () => {
    const sitting = await begin();
    await draw(sitting, 1);
    await answer(sitting, 1, { answer: ['x = "é"\n'], verdict: 'wrong', judged, at: hour(2) });
    await draw(sitting, 2);
    expect((await newest()).items).toEqual([
      {
        ...newDrawn(),
        drawnAt: hour(1),
        answered: {
          ...{ answer: ['x = "é"\n'], verdict: 'wrong', evidenceId: 'evidence-1' },
          ...{ judged, at: hour(2) },
        },
      },
      { ...newDrawn({ number: 2, exerciseUid: 'ex_2' }), drawnAt: hour(2), answered: null },
    ]);
  });

  it('lets the first of two that draw at once stand', async () => {
    const sitting = await begin();
    await Promise.all([draw(sitting, 1, 'ex_a'), draw(sitting, 1, 'ex_b', fresh.other)]);
    const { items } = await newest();
    expect(items).toHaveLength(1);
    await draw(sitting, 1, 'ex_c');
    expect((await newest()).items).toEqual(items);
  });

  it('draws nothing ahead: only what comes next, when all is answered', async () => {
    const sitting = await begin();
    await draw(sitting, 2);
    expect((await newest()).items).toEqual([]);
    await draw(sitting, 1);
    await draw(sitting, 2);
    expect((await newest()).items).toHaveLength(1);
  });

  it('takes no eleventh item, even in a sitting that nobody ended', async () => {
    const sitting = await begin();
    for (let number = 1; number <= testLength + 1; number++) {
      await draw(sitting, number);
      await answer(sitting, number);
    }
    expect((await newest()).items).toHaveLength(testLength);
  });

  it('takes one answer to an item: a replay is the first one, and another is refused', async () => {
    const sitting = await begin();
    await draw(sitting, 1);
    const given = newSittingAnswer({ sitting, verdict: 'wrong', answer: ['get'] });
    expect(await fresh.store.answerSittingItem(given)).toBe('recorded');
    const replay = { ...given, verdict: 'right' as const, answer: ['aget'] };
    expect(await fresh.other.answerSittingItem(replay)).toBe('replayed');
    expect(await answer(sitting, 1)).toBe('refused');
    expect((await newest()).items).toMatchObject([
      { answered: { verdict: 'wrong', answer: ['get'] } },
    ]);
  });

  it('takes a key for one item only', async () => {
    const sitting = await begin();
    await draw(sitting, 1);
    await answer(sitting, 1, { key: 'one-key' });
    await draw(sitting, 2);
    expect(await answer(sitting, 2, { key: 'one-key' })).toBe('refused');
    expect((await newest()).items[1]?.answered).toBeNull();
  });

  it('refuses an answer to what was not drawn, to another’s sitting, and to none', async () => {
    const sitting = await begin();
    expect(await answer(sitting, 1)).toBe('refused');
    await draw(sitting, 1);
    for (const number of [0, 2, 11]) expect(await answer(sitting, number)).toBe('refused');
    expect(await answer(sitting, 1, { learnerId: 'bob' })).toBe('refused');
    expect(await answer('none', 1)).toBe('refused');
    expect((await newest()).items).toMatchObject([{ answered: null }]);
  });

  it('tells nobody by a key that it was used in another’s sitting', async () => {
    const sitting = await begin();
    await draw(sitting, 1);
    await answer(sitting, 1, { key: 'of-ada' });
    expect(await answer(sitting, 1, { key: 'of-ada', learnerId: 'bob' })).toBe('refused');
  });

  it('keeps that one was passed', async () => {
    const sitting = await begin();
    await draw(sitting, 1);
    await answer(sitting, 1, { answer: [], verdict: 'passed', evidenceId: null, at: hour(3) });
    expect((await newest()).items[0]?.answered).toEqual({
      ...{ answer: [], verdict: 'passed', evidenceId: null, judged: null, at: hour(3) },
    });
  });

  it('ends with the last answer, and the mode is done then', async () => {
    const sitting = await begin();
    await draw(sitting, 1);
    await answer(sitting, 1, { at: hour(4) });
    await draw(sitting, 2);
    expect(await fresh.store.selectModes('ada', 'a/b/c')).toEqual([]);
    await answer(sitting, 2, { isLast: true, key: 'the-last', at: hour(5) });
    expect((await newest()).endedAt).toBe(hour(5));
    expect(await fresh.store.selectModes('ada', 'a/b/c')).toMatchObject([
      { mode: 'test', doneAt: hour(5) },
    ]);
    await draw(sitting, 3);
    expect((await newest()).items).toHaveLength(2);
    expect(await answer(sitting, 3)).toBe('refused');
    expect(await answer(sitting, 2, { key: 'the-last' })).toBe('replayed');
  });

  it('is ended where nothing more can be drawn, but not before what was drawn is answered', async () => {
    const sitting = await begin();
    await draw(sitting, 1);
    expect(await fresh.store.endSitting({ learnerId: 'ada', sitting, at: hour(2) })).toBe(false);
    expect((await newest()).endedAt).toBeNull();
    await answer(sitting, 1);
    expect(await fresh.store.endSitting({ learnerId: 'bob', sitting, at: hour(3) })).toBe(false);
    expect((await newest()).endedAt).toBeNull();
    expect(await fresh.store.endSitting({ learnerId: 'ada', sitting, at: hour(3) })).toBe(true);
    expect(await fresh.store.endSitting({ learnerId: 'ada', sitting, at: hour(4) })).toBe(false);
    expect((await newest()).endedAt).toBe(hour(3));
    expect(await fresh.store.selectModes('ada', null)).toMatchObject([{ mode: 'test' }]);
  });

  it('takes back an item that was not answered, and no other', async () => {
    const sitting = await begin();
    const drop = (change: Parameters<typeof newDrawn>[0], learnerId = 'ada') =>
      fresh.store.dropSittingItem({ learnerId, sitting, at: hour(2) }, newDrawn(change));
    await draw(sitting, 1);
    await drop({}, 'bob');
    await drop({ contentVersion: 'v2' });
    await drop({ exerciseUid: 'ex_9' });
    await drop({ number: 2 });
    expect((await newest()).items).toHaveLength(1);
    await drop({});
    expect((await newest()).items).toEqual([]);
    await draw(sitting, 1);
    await answer(sitting, 1);
    await drop({});
    expect((await newest()).items).toHaveLength(1);
  });

  it('begins another only after the pause, by whatever clock', async () => {
    const sitting = await begin();
    await draw(sitting, 1);
    await answer(sitting, 1, { isLast: true, at: hour(10) });
    for (const at of [hour(10), hour(33), hour(9)]) {
      expect(await fresh.other.startSitting({ ...lesson, at })).toEqual({
        ...{ kind: 'refused', endedAt: hour(10) },
      });
    }
    expect(await fresh.store.startSitting({ ...lesson, at: hour(34) })).toMatchObject({
      kind: 'started',
    });
    expect(
      (await fresh.store.selectSittings('ada', 'a/b/c')).map(({ startedAt }) => startedAt),
    ).toEqual([...[hour(34), hour(0)]]);
  });

  it('keeps nobody out for long whose clock was put back, and knows the newest all the same', async () => {
    const first = await begin(hour(0));
    await fresh.store.endSitting({ learnerId: 'ada', sitting: first, at: hour(10_000) });
    const begun = await fresh.store.startSitting({ ...lesson, at: hour(48) });
    expect(begun.kind).toBe('started');
    expect(
      (await fresh.store.selectSittings('ada', 'a/b/c')).map(({ startedAt }) => startedAt),
    ).toEqual([...[hour(48), hour(0)]]);
  });

  it('knows learners and lessons apart', async () => {
    const ids = [
      await begin(),
      await begin(hour(0), { ...lesson, lessonId: 'a/b/d' }),
      await begin(hour(0), { ...lesson, learnerId: 'bob' }),
    ];
    expect(new Set(ids).size).toBe(3);
    expect(await fresh.store.selectSittings('ada', 'a/b/c')).toHaveLength(1);
    expect(await fresh.store.selectSittings('ada', null)).toHaveLength(2);
    expect(await fresh.store.selectSittings('eve', null)).toEqual([]);
  });

  it('exports and deletes them with the learner, and nobody else’s', async () => {
    const sitting = await begin();
    await draw(sitting, 1);
    await answer(sitting, 1, { key: 'of-a-form' });
    await begin(hour(0), { ...lesson, learnerId: 'bob' });
    expect(await fresh.store.exportLearner('ada')).toMatchObject({
      sittings: [{ id: sitting, items: [{ exerciseUid: 'ex_1', key: 'of-a-form' }] }],
    });
    await fresh.store.deleteLearner('ada');
    expect(await fresh.place.query('select learner_id from sittings')).toEqual([
      { learner_id: 'bob' },
    ]);
    expect(await fresh.place.query('select number from sitting_items')).toEqual([]);
    expect(await fresh.store.exportLearner('ada')).toBeNull();
  });

  it('are there after a restart, to be gone on with', async () => {
    const sitting = await begin();
    await draw(sitting, 1);
    await fresh.reopenAfter(async () => {});
    expect(await answer(sitting, 1)).toBe('recorded');
    expect((await newest()).items).toMatchObject([{ answered: { verdict: 'right' } }]);
  });

  it('are added to a database of the version before', async () => {
    await fresh.store.openMode({ learnerId: 'ada', lessonId: 'a/b/c', mode: 'learn', at: hour(1) });
    await fresh.reopenAfter(() => takeBack(fresh.place, '005-sittings'));
    await begin();
    expect(await fresh.other.selectSittings('ada', null)).toHaveLength(1);
    expect(await fresh.other.selectModes('ada', null)).toHaveLength(1);
  });
});
