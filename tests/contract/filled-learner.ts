/** A learner of whom every table that names learners has something. */
import type { Store } from '#lib/server/store/port.ts';
import {
  newAttempt,
  newDrawn,
  newModeRef,
  newRef,
  newReport,
  newSittingAnswer,
} from './store-engines.ts';

/**
 * Fills every table that has a column `learner_id`. A table that is added is to be filled here, too, with something that
 * differs between two learners.
 * @param name - Part of some text in each table, in a row that a merge leaves as it is.
 * @param start - The first day of January 2026 on which something is done; each thing takes a minute.
 */
export async function fillLearner(
  store: Store,
  learnerId: string,
  { name, start }: { name: string; start: number },
): Promise<void> {
  let minutes = 0;
  const of = <R extends { learnerId: string; at: string }>(ref: R): R => {
    minutes += 1;
    return { ...ref, learnerId, at: new Date(Date.UTC(2026, 0, start, 0, minutes)).toISOString() };
  };
  const answer = (exerciseUid: string, key: string, round = 1) =>
    store.recordAttempt(of(newAttempt({ exerciseUid, key: `${name}-${key}`, round })));

  // Rounds of an exercise that both have, and of one that only this learner has.
  await answer('ex_both', 'both-1');
  await store.endRound(of(newRef({ exerciseUid: 'ex_both' })), 'shown');
  await store.startRound(of(newRef({ exerciseUid: 'ex_both', round: 2 })));
  await store.showHint(of(newRef({ exerciseUid: 'ex_both', round: 2 })), 3);
  await answer('ex_both', 'both-2', 2);
  await answer(`ex_${name}`, 'own');
  await store.recordReport(
    of(newReport({ exerciseUid: 'ex_both', round: 2, key: `${name}-r`, text: `By ${name}.` })),
    20,
  );

  await store.openMode(of(newModeRef({ mode: `mode-${name}` })));
  await store.finishMode(of(newModeRef({ mode: 'both' })));
  const quiz = { lessonId: 'a/b/c', question: 'both', learnerId, at: '' };
  await store.recordQuizRight(of(quiz));
  await store.recordQuizRight(of({ ...quiz, question: `question-${name}` }));

  await store.giveKudos(of({ learnerId, lessonId: 'a/b/c', at: '' }));
  await store.giveKudos(of({ learnerId, lessonId: `of/${name}/c`, at: '' }));
  const draw = { learnerId, day: 20_000, contentVersion: 'v1', round: 1, at: '' };
  for (const own of ['both', name]) {
    await store.drawReview(of({ ...draw, card: `a/b/c#${own}`, exerciseUid: `ex_${own}` }), null);
  }

  const started = await store.startSitting(of({ learnerId, lessonId: `of/${name}/c`, at: '' }));
  if (started.kind === 'refused') throw new Error('A sitting was refused: begin on another day.');
  const sitting = started.sitting.id;
  const ref = { learnerId, sitting, at: '' };
  await store.drawSittingItem(of(ref), newDrawn({ exerciseUid: `test_${name}` }));
  await store.answerSittingItem(of(newSittingAnswer({ sitting, key: `${name}-s` })));
}
