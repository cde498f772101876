import { expect, test } from 'vitest';
import { gathered, twoViews } from '../../../../tests/recordings/example-recordings.ts';
import { stepView } from '../../domain/step-view.ts';
import { waitersAt } from './waiters.ts';

test('a line at which a request waits says so, in its own file only', () => {
  const view = stepView(twoViews(), 9);
  expect([...waitersAt(view, 'program.py')]).toEqual([[5, 'request 1 waits here']]);
  expect(waitersAt(view, 'other.py').size).toBe(0);
});

test('several that wait at one line are told together', () => {
  expect([...waitersAt(stepView(gathered(), 7), 'program.py')]).toEqual([
    [8, 'page waits here'],
    [4, 'fetch 1 and fetch 2 wait here'],
  ]);
});
