import { describe, expect, it } from 'vitest';
import type { OrderExercise, PredictExercise } from './exercise.ts';
import { normalAnswer } from './normal-answer.ts';

/** `b` and `c` read the same. */
const order = {
  kind: 'order',
  lines: [
    { id: 'a', text: 'total = 0' },
    { id: 'b', text: 'total += 1' },
    { id: 'c', text: 'total += 1' },
  ],
  distractors: [],
} as unknown as OrderExercise;

describe('normalAnswer', () => {
  it('makes one of two orders that read alike, though their lines have other ids', () => {
    const one = normalAnswer(order, ['0:a', '0:b', '0:c']);
    expect(normalAnswer(order, ['0:a', '0:c', '0:b'])).toEqual(one);
    expect(normalAnswer(order, ['0:b', '0:a', '0:c'])).not.toEqual(one);
  });

  it('sees no difference in white space at the ends of what is typed', () => {
    const typed = { kind: 'predict', ask: 'type' } as PredictExercise;
    expect(normalAnswer(typed, ['1  \n2\n\n'])).toEqual(normalAnswer(typed, ['1\n2']));
  });

  it('leaves the id of an output as it is', () => {
    const chosen = { kind: 'predict', ask: 'choose' } as PredictExercise;
    expect(normalAnswer(chosen, ['0a1b'])).toEqual(['0a1b']);
  });
});
