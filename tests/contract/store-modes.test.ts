import { describe, expect, it } from 'vitest';
import type { JudgedAnswer } from '#lib/domain/proof.ts';
import type { Store } from '#lib/server/store/port.ts';
import { engines, newAttempt, newModeRef, newRef, takeBack } from './store-engines.ts';
import { freshStoresOn } from './two-stores.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();

/** What running an answer came to, with text that a database could trip over. */
const judged: JudgedAnswer = {
  verdict: 'wrong',
  evidence: {
    id: 'run-1',
    outcome: 'error',
    error: { type: 'TypeError', message: 'naïve 🐍 "q" \u0000', line: 3, place: 'view' },
    stdout: "Robert'); drop table attempts;--\n\ud800",
    values: { at_once: 1, names: ['a', null] },
    counts: { 'views.max_open': 1 },
  },
  failed: 'own',
  unmet: 'All three are asked at once.',
  says: null,
  runs: 3,
  versions: { django: '5.2.1', python: '3.11.2' },
  at: day(1),
};

describe.each(engines)('the store of the modes on $name', (engine) => {
  const fresh = freshStoresOn(engine);

  const atOnce = <T>(times: number, act: (store: Store, index: number) => Promise<T>) =>
    Promise.all(
      Array.from({ length: times }, (_, i) => act(i % 2 === 0 ? fresh.store : fresh.other, i)),
    );

  describe('what was opened and done', () => {
    it('is told with the one opened last first, and of this learner and lesson only', async () => {
      await fresh.store.openMode(newModeRef({ mode: 'learn', at: day(1) }));
      await fresh.store.openMode(newModeRef({ mode: 'why', at: day(2) }));
      await fresh.store.openMode(newModeRef({ mode: 'learn', at: day(3) }));
      await fresh.store.openMode(newModeRef({ lessonId: 'a/b/c', mode: 'try', at: day(4) }));
      await fresh.store.openMode(newModeRef({ learnerId: 'bob', mode: 'try', at: day(5) }));

      const lessonId = 'django/async/when-async-helps';
      const ofLesson = [
        { lessonId, mode: 'learn', openedAt: day(3), doneAt: null },
        { lessonId, mode: 'why', openedAt: day(2), doneAt: null },
      ];
      expect(await fresh.other.selectModes('ada', lessonId)).toEqual(ofLesson);
      expect(await fresh.other.selectModes('ada', null)).toEqual([
        { lessonId: 'a/b/c', mode: 'try', openedAt: day(4), doneAt: null },
        ...ofLesson,
      ]);
      expect(await fresh.other.selectModes('nobody', null)).toEqual([]);
    });

    it('stays done when it is opened again, since the time at which it was first said', async () => {
      await fresh.store.openMode(newModeRef({ at: day(1) }));
      await fresh.store.finishMode(newModeRef({ at: day(2) }));
      await fresh.store.finishMode(newModeRef({ at: day(3) }));
      await fresh.store.openMode(newModeRef({ at: day(4) }));
      expect(await fresh.store.selectModes('ada', null)).toMatchObject([
        { openedAt: day(4), doneAt: day(2) },
      ]);
    });

    it('can be done without having been opened', async () => {
      await fresh.store.finishMode(newModeRef({ at: day(2) }));
      expect(await fresh.store.selectModes('ada', null)).toMatchObject([
        { openedAt: day(2), doneAt: day(2) },
      ]);
    });

    it('is one row, however often it is told at once', async () => {
      await atOnce(20, (to, i) =>
        i % 3 === 0 ? to.finishMode(newModeRef()) : to.openMode(newModeRef()),
      );
      expect(await fresh.store.selectModes('ada', null)).toHaveLength(1);
      expect(await fresh.place.query('select id from learners')).toEqual([{ id: 'ada' }]);
    });

    it('is exported and deleted with the learner, and nobody else’s is', async () => {
      await fresh.store.finishMode(newModeRef({ at: day(1) }));
      await fresh.store.openMode(newModeRef({ learnerId: 'bob' }));
      expect(await fresh.store.exportLearner('ada')).toEqual({
        learner: { id: 'ada', createdAt: day(1), merged: [] },
        account: null,
        rounds: [],
        modes: [
          {
            lessonId: 'django/async/when-async-helps',
            mode: 'learn',
            openedAt: day(1),
            doneAt: day(1),
          },
        ],
        quiz: [],
        sittings: [],
        kudos: [],
        draws: [],
        reports: [],
      });
      await fresh.store.deleteLearner('ada');
      expect(await fresh.store.exportLearner('ada')).toBeNull();
      expect(await fresh.place.query('select learner_id from mode_progress')).toEqual([
        { learner_id: 'bob' },
      ]);
    });
  });

  describe('an answer that was run', () => {
    it('is given back with what running it came to, wherever it is read', async () => {
      const recorded = await fresh.store.recordAttempt(
        newAttempt({ judged, key: 'k1', answer: ['x'] }),
      );
      expect(recorded).toMatchObject({ kind: 'recorded', attempt: { judged } });
      const attempt = recorded.kind === 'stale' ? null : recorded.attempt;

      expect(await fresh.other.recordAttempt(newAttempt({ key: 'k1' }))).toMatchObject({
        ...{ kind: 'replayed', attempt },
      });
      expect(await fresh.other.recordAttempt(newAttempt({ answer: ['x'] }))).toMatchObject({
        ...{ kind: 'repeated', attempt },
      });
      const [latest] = (await fresh.other.selectLatestRounds('ada', ['ex_1'])).values();
      expect(latest?.attempts).toEqual([attempt]);
      const exported = await fresh.other.exportLearner('ada');
      expect(exported).toMatchObject({ rounds: [{ attempts: [attempt] }] });
    });

    it('may be tried as often as the round allows, or as it takes', async () => {
      const attemptsOf = async (exerciseUid: string, attemptsAllowed: number | null) => {
        for (let i = 0; i < 7; i += 1) {
          await fresh.store.recordAttempt(newAttempt({ exerciseUid, attemptsAllowed }));
        }
        const round = (await fresh.store.selectLatestRounds('ada', [exerciseUid])).get(exerciseUid);
        return [round?.attempts.length, round?.ending];
      };
      expect(await attemptsOf('ex_1', 2)).toEqual([2, 'attempts']);
      expect(await attemptsOf('ex_2', null)).toEqual([7, null]);
    });
  });

  describe('rounds', () => {
    const endingOf = async () =>
      (await fresh.store.selectRounds('ada', ['ex_1'])).get('ex_1')?.map(({ ending }) => ending);

    it('are all told, oldest first, each with its attempts', async () => {
      await fresh.store.recordAttempt(newAttempt({ answer: ['a'] }));
      await fresh.store.recordAttempt(newAttempt({ answer: ['b'] }));
      await fresh.store.endRound(newRef(), 'shown');
      await fresh.store.startRound(newRef({ round: 2 }));
      await fresh.store.recordAttempt(newAttempt({ round: 2, answer: ['c'], verdict: 'right' }));
      await fresh.store.showHint(newRef({ exerciseUid: 'ex_2' }), 3);
      await fresh.store.recordAttempt(newAttempt({ exerciseUid: 'ex_3' }));
      await fresh.store.recordAttempt(newAttempt({ learnerId: 'bob' }));

      const many = Array.from({ length: 1200 }, (_, i) => `none-${i}`);
      const rounds = await fresh.store.selectRounds('ada', ['ex_1', ...many, 'ex_2']);
      expect([...rounds.keys()]).toEqual(['ex_1', 'ex_2']);
      expect(
        rounds.get('ex_1')?.map((round) => ({
          ...{ number: round.number, ending: round.ending },
          answers: round.attempts.map(({ answer }) => answer[0]),
        })),
      ).toEqual([
        { number: 1, ending: 'shown', answers: ['a', 'b'] },
        { number: 2, ending: 'right', answers: ['c'] },
      ]);
      expect(rounds.get('ex_2')).toMatchObject([{ number: 1, hintsShown: 1, attempts: [] }]);
    });

    it('out of attempts become shown when that is asked for, and end when they ended', async () => {
      await fresh.store.recordAttempt(newAttempt({ attemptsAllowed: 1, at: day(1) }));
      expect(await endingOf()).toEqual(['attempts']);
      await fresh.store.endRound(newRef({ at: day(2) }), 'right');
      expect(await endingOf()).toEqual(['attempts']);
      await fresh.store.endRound(newRef({ at: day(2) }), 'shown');
      expect(await endingOf()).toEqual(['shown']);
      expect(await fresh.place.query('select ended_at from rounds')).toEqual([
        { ended_at: day(1) },
      ]);
    });

    it('answered right, of other content, or followed by another do not become shown', async () => {
      await fresh.store.recordAttempt(newAttempt({ verdict: 'right' }));
      await fresh.store.endRound(newRef(), 'shown');
      expect(await endingOf()).toEqual(['right']);

      await fresh.store.startRound(newRef({ round: 2 }));
      await fresh.store.recordAttempt(newAttempt({ round: 2, attemptsAllowed: 1 }));
      await fresh.store.endRound(newRef({ round: 2, contentVersion: 'v2' }), 'shown');
      expect(await endingOf()).toEqual(['right', 'attempts']);

      await fresh.store.startRound(newRef({ round: 3 }));
      await fresh.store.endRound(newRef({ round: 2 }), 'shown');
      expect(await endingOf()).toEqual(['right', 'attempts', null]);
    });
  });

  describe('a database of before there were modes', () => {
    it('keeps all that it held, and takes what is new', async () => {
      await fresh.store.recordAttempt(newAttempt({ key: 'before' }));
      const before = await fresh.store.exportLearner('ada');
      await Promise.all([fresh.store.close(), fresh.other.close()]);
      await takeBack(fresh.place, '003-modes');

      [fresh.store, fresh.other] = await Promise.all([fresh.place.open(), fresh.place.open()]);
      expect(await fresh.store.exportLearner('ada')).toEqual(before);
      await fresh.store.recordAttempt(newAttempt({ judged }));
      await fresh.store.openMode(newModeRef());
      const [round] = (await fresh.store.selectLatestRounds('ada', ['ex_1'])).values();
      expect(round?.attempts.map((attempt) => attempt.judged)).toEqual([null, judged]);
      expect(await fresh.store.selectModes('ada', null)).toHaveLength(1);
    });
  });
});
