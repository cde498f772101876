import { expect, test } from 'vitest';
import type { LabLoad } from '../../domain/lab.ts';
import { loadOf, startOf } from './knobs.ts';

const load: LabLoad = {
  server: 'wsgi',
  ...{ workers: 1, threads: 4, requests: 20, atOnce: 20, waitMs: 500, cpuMs: 0 },
};

test('only what a scenario lets one change is asked for', () => {
  expect(loadOf(startOf(load, ['requests', 'threads']))).toEqual({ requests: 20, threads: 4 });
});

test.each([
  [{ requests: 201 }, 'Requests at once: give a whole number from 1 to 200.'],
  [{ threads: 0 }, 'Threads of each process: give a whole number from 1 to 64.'],
  [{ waitMs: null }, 'What the view waits: give a whole number from 0 to 10000.'],
])('%j is told to be out of bounds', (values, says) => {
  expect(loadOf(values)).toBe(says);
});
