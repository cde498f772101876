import { expect, test } from 'vitest';
import type { ServedExercise } from './catalogue.ts';
import { presentEvidence } from './present-evidence.ts';
import type { ProvenAnswer } from './proof.ts';

/** What the page shows of the counts of a run. */
function shownCounts(counts: Record<string, number>): Record<string, number> {
  const evidence = { id: 'e', outcome: 'finished', error: null, stdout: '', values: {}, counts };
  const proven = { answer: ['a'], evidence } as unknown as ProvenAnswer;
  const served = {
    exercise: { kind: 'choice', program: 'pass', options: [] },
    proof: { runs: 1, answers: [proven], versions: { python: '3.11.2' }, provenAt: null },
  } as unknown as ServedExercise;
  return presentEvidence(served, proven, () => []).counts;
}

test('the counts of a run with one request are not shown', () => {
  expect(shownCounts({ 'handler.count': 1, 'handler.max_open': 1, 'views.awaits': 1 })).toEqual({});
});

test('those of a run with several requests are', () => {
  const counts = { 'handler.count': 5, 'handler.max_open': 5, 'views.max_open': 1 };
  expect(shownCounts(counts)).toEqual(counts);
});
