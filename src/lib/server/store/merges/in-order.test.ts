import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder } from './in-order.ts';

const at = (started_at: string, name = started_at) => ({ started_at, name });

test('puts what two learners did in order of time, and the first one’s first where it is the same', () => {
  const merged = inOrder([at('1'), at('3', 'mine')], [at('2'), at('3', 'theirs'), at('4')]);
  expect(merged.map(({ name }) => name)).toEqual(['1', '2', 'mine', 'theirs', '4']);
});

test('leaves each one’s own in its order, also where their clock was put back', () => {
  const merged = inOrder([at('5'), at('1')], [at('3')]);
  expect(merged.map(({ name }) => name)).toEqual(['3', '5', '1']);
});

test('holds all of both, each in its order, whatever clocks said', () => {
  const times = fc.array(fc.integer({ min: 0, max: 9 }).map(String));
  fc.assert(
    fc.property(times, times, (a, b) => {
      const [first, second] = [a.map((time) => at(time, 'a')), b.map((time) => at(time, 'b'))];
      const merged = inOrder(first, second);
      expect(merged.filter(({ name }) => name === 'a')).toEqual(first);
      expect(merged.filter(({ name }) => name === 'b')).toEqual(second);
    }),
  );
});
