import { describe, expect, test } from 'vitest';
import { clientOf, type LabLoad, type LabRequestSeen, type LabResult } from '../../domain/lab.ts';
import type { Timeline } from '../../domain/timeline.ts';
import {
  amountWords,
  axisOf,
  guessMark,
  guessWords,
  leftOutWords,
  loadWords,
  machineWords,
  outcomeWords,
  spreadWords,
} from './lab-words.ts';

const load: LabLoad = {
  server: 'asgi',
  ...{ workers: 1, threads: 4, requests: 20, atOnce: 20, waitMs: 1_000, cpuMs: 200 },
};

/** So many requests, all in the view at once, each answered after so many milliseconds. */
function result(count: number, ms: number, rest: Partial<LabRequestSeen> = {}): LabResult {
  const requests = Array.from({ length: count }, (_, place) => ({
    ...{ request: place + 1, sent: 0, connected: 1, answered: ms * 1_000 },
    ...{ status: 200, error: null },
    ...rest,
  }));
  const spans = requests.map(({ request }) => ({
    ...{ request, process: 1, thread: 'loop', entered: 10, left: ms * 1_000 - 10 },
    ...{ ticks: 1, waits: [] },
  }));
  return { client: clientOf(requests), spans } as unknown as LabResult;
}

const timeline = (micros: number, rest: Partial<Timeline> = {}): Timeline => ({
  ...{ lanes: [], micros, leftOut: [], moreTasks: 0 },
  ...rest,
});

describe('a load in words', () => {
  test('names the server, and what of the load has an effect', () => {
    expect(loadWords(load, ['requests', 'waitMs'])).toEqual([
      'uvicorn, 1 process',
      '20 requests at once',
      'a wait of 1 s',
    ]);
    expect(loadWords({ ...load, server: 'wsgi', workers: 2 }, ['cpuMs'])).toEqual([
      'gunicorn, 2 processes with 4 threads',
      '20 requests at once',
      '200 ms of computing',
    ]);
  });

  test('tells when not all requests are sent at once', () => {
    expect(loadWords({ ...load, atOnce: 5 }, [])[1]).toBe('20 requests, 5 at a time');
  });
});

test.each([
  [20, 'open', '20'],
  [19.43, 'per-second', '19.4'],
  [123.4, 'per-second', '123'],
  [1_029.4, 'wall-ms', '1.03 s'],
] as const)('%d of %s is told as %s', (value, name, words) => {
  expect(amountWords(value, name)).toBe(words);
});

test('a spread is told where there is one', () => {
  expect(spreadWords({ least: 20, median: 20, most: 20 }, 'open')).toBe('');
  expect(spreadWords({ least: 500, median: 510, most: 2_000 }, 'wall-ms')).toBe('500 ms to 2 s');
});

describe('a guess beside what was measured', () => {
  test('is told number by number', () => {
    expect(guessWords({ open: 4, ms: 2_500 }, result(20, 1_030))).toEqual([
      'You said 4 at once. It was 20.',
      'You said 2.5 s until the last answer. It was 1.03 s: your guess is 2.4 times as long.',
    ]);
  });

  test('that was right, or nearly so, is told to be', () => {
    expect(guessWords({ open: 20, ms: 1_000 }, result(20, 1_030))).toEqual([
      'You said 20 at once, and 20 it was.',
      'You said 1 s until the last answer. It was 1.03 s: very close.',
    ]);
  });

  test('that was too short is told with how much longer it took', () => {
    expect(guessWords({ open: null, ms: 300 }, result(20, 4_080))).toEqual([
      'You said 300 ms until the last answer. It was 4.08 s, 14 times as long as you said.',
    ]);
  });

  test('of a load that was not answered is told all the same', () => {
    const none = result(3, 10, { answered: null, status: null });
    expect(guessWords({ open: null, ms: 300 }, none)).toEqual([
      'You said 300 ms until the last answer. There was none.',
    ]);
  });

  test('never says that anybody was wrong', () => {
    for (const ms of [1, 100, 1_030, 60_000]) {
      const words = guessWords({ open: 1, ms }, result(20, 1_030)).join(' ');
      expect(words).not.toMatch(/wrong|sorry|!/i);
    }
  });
});

describe('what came of a load', () => {
  test('is told by how many were in the view at once, and by the last answer', () => {
    expect(outcomeWords(result(20, 1_030))).toBe(
      '20 at once were in the view, and the last answer came after 1.03 s.',
    );
  });

  test('is told of one at a time as of one', () => {
    expect(outcomeWords(result(1, 20))).toBe(
      'One at a time was in the view, and the last answer came after 20 ms.',
    );
  });

  test('that was answered with errors is told by the status', () => {
    expect(outcomeWords(result(3, 20, { status: 500 }))).toBe(
      'No request was answered as it should be: the status was 500.',
    );
  });

  test('that was not answered is told to be', () => {
    expect(outcomeWords(result(3, 20, { answered: null, status: null }))).toBe(
      'None of 3 requests was answered.',
    );
  });
});

describe('the axis of timelines that are compared', () => {
  test('is as long as the longest of them', () => {
    expect(axisOf([timeline(1_000_000), timeline(2_500_000)], null)).toBe(2_500_000);
  });

  test('is longer where a guess lies beyond', () => {
    expect(axisOf([timeline(1_000_000)], 1_500)).toBe(1_530_000);
  });

  test('is never so long that what was measured cannot be seen any more', () => {
    const axis = axisOf([timeline(1_000_000)], 600_000);
    expect(axis).toBe(2_000_000);
    expect(guessMark({ open: null, ms: 600_000 }, axis)).toEqual({
      at: 2_000_000,
      says: 'your guess: 600 s, far beyond',
    });
  });

  test('has no mark where no time was guessed', () => {
    expect(guessMark({ open: 4, ms: null }, 1_000)).toBeNull();
  });
});

test('what a timeline leaves out is told', () => {
  expect(leftOutWords(timeline(1), false)).toBe('');
  expect(leftOutWords(timeline(1, { moreTasks: 176, leftOut: ['a', 'b'] }), true)).toBe(
    'Not drawn: 176 requests between these and 2 threads. More happened than a record holds.',
  );
});

test('a machine is told, with what is known of it', () => {
  const machine = { processor: '', cores: 2, memoryBytes: 24 * 1024 ** 3, system: 'Linux 6.1' };
  expect(machineWords(machine)).toBe('2 cores, 24 GiB of memory, Linux 6.1');
});
