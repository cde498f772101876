import { describe, expect, it } from 'vitest';
import { answerProblem } from './answer-problem.ts';
import type { RecallExercise } from './exercise.ts';
import { judgingOf } from './judging.ts';
import { normalAnswer } from './normal-answer.ts';
import { longestChosen } from './practice.ts';
import { ratedTooSoon, ratingIn, verdictOfRating } from './recall.ts';
import type { Round } from './round.ts';
import { ruledByProof } from './ruling.ts';
import { guessingOf, leastGuessing } from './strength/guessing.ts';
import type { ExerciseProof, ProvenAnswer } from './proof.ts';

const exercise = {
  kind: 'recall',
  contentVersion: 'v1',
  rubric: ['first', 'second', 'third'].map((id) => ({ id, text: id, holds: null })),
} as RecallExercise;

const proof = { answers: [] as ProvenAnswer[] } as ExerciseProof;
const ran = {
  answer: ['first'],
  observed: 'right',
  evidence: { id: 'e1' },
} as ProvenAnswer;

function round(over: Partial<Round> = {}): Round {
  return { number: 2, contentVersion: 'v1', hintsShown: 1, ending: null, attempts: [], ...over };
}

describe('a rating', () => {
  it('is one of four words, with points of the rubric after it', () => {
    expect(answerProblem(exercise, ['easy', 'second', 'first'])).toBeNull();
    expect(answerProblem(exercise, ['again'])).toBeNull();
    for (const answer of [[], [''], ['fine'], ['first', 'good']]) {
      expect(answerProblem(exercise, answer), answer.join()).toMatch(/how well you knew it/);
    }
    expect(answerProblem(exercise, ['good', 'fourth'])).toMatch(/have changed/);
  });

  it('says the same in whatever order the points were ticked', () => {
    expect(normalAnswer(exercise, ['hard', 'third', 'first', 'third'])).toEqual([
      'hard',
      'first',
      'third',
    ]);
  });

  it('is right unless it was not known at all', () => {
    expect(['again', 'hard', 'good', 'easy'].map((each) => verdictOfRating([each]))).toEqual([
      ...['wrong', 'right', 'right', 'right'],
    ]);
    expect(ratingIn(null)).toBeNull();
    expect(ratingIn(['2', 'good'])).toBeNull();
  });

  it('is kept with the run that shows the fact, where there is one', () => {
    expect(judgingOf.recall).toBe('rated');
    const ruled = (answers: ProvenAnswer[]) =>
      ruledByProof({ exercise, proof: { ...proof, answers } }, ['good']);
    expect(ruled([ran])).toEqual({
      kind: 'ruled',
      verdict: 'right',
      evidenceId: 'e1',
      judged: null,
    });
    expect(ruled([])).toMatchObject({ kind: 'ruled', verdict: 'right' });
  });

  it('says nothing of how easily it is guessed', () => {
    expect(guessingOf(exercise, { answers: [ran] })).toBe(leastGuessing);
  });

  it('with all of the longest points is short enough to be read back', () => {
    const ids = Array.from({ length: 6 }, () => 'x'.repeat(32));
    expect(JSON.stringify(['again', ...ids]).length).toBeLessThan(longestChosen);
  });
});

describe('before the answer was asked for', () => {
  it.each<[string, Round | undefined]>([
    ['at the very first', undefined],
    ['in the round', round({ hintsShown: 0 })],
    ['in a round that is not begun', round({ number: 1, ending: 'right' })],
    ['of this version', round({ contentVersion: 'v0' })],
  ])('%s, nothing can be rated', (_, latest) => {
    expect(ratedTooSoon(exercise, latest, 2)).toMatch(/Ask for the answer first/);
  });

  it('and afterwards it can, once more too: the store knows what was sent twice', () => {
    expect(ratedTooSoon(exercise, round(), 2)).toBeNull();
    expect(ratedTooSoon(exercise, round({ ending: 'right' }), 2)).toBeNull();
    expect(ratedTooSoon(exercise, round({ number: 3, hintsShown: 0 }), 2)).toBeNull();
  });

  it('other kinds are answered at once', () => {
    expect(ratedTooSoon({ kind: 'choice', contentVersion: 'v1' }, undefined, 1)).toBeNull();
  });
});
