/** Recordings as the recorder makes them, written by hand so that each step is known. Times are in microseconds. */
import { indexRecording, type RecordingIndex } from '#lib/domain/recording-index.ts';
import type { RecordedStep, Recording } from '#lib/domain/recording.ts';

/** A recording with what is not named left at its simplest. */
export function recordingOf(steps: RecordedStep[], rest: Partial<Recording> = {}): Recording {
  return {
    version: 1,
    files: ['program.py'],
    threads: ['main'],
    tasks: [],
    frames: [],
    steps,
    cut: null,
    micros: steps.at(-1)?.at ?? 0,
    ...rest,
  };
}

const loop = { thread: 0 };

/** `slow` awaits for 200 ms, `quick` is served meanwhile, on the same thread. */
export function twoViews(): RecordingIndex {
  const slow = { ...loop, task: 0, frame: 0 };
  const quick = { ...loop, task: 1, frame: 1 };
  const steps: RecordedStep[] = [
    { kind: 'received', at: 100, ...loop, task: 0, request: 1 },
    { kind: 'received', at: 200, ...loop, task: 1, request: 2 },
    { kind: 'view-entered', at: 1_000, ...loop, task: 0, request: 1 },
    { kind: 'call', at: 1_010, ...slow, line: 4, changed: [['request', '<ASGIRequest>']] },
    { kind: 'line', at: 1_020, ...slow, line: 5 },
    { kind: 'await', at: 1_100, ...slow, line: 5 },
    { kind: 'view-entered', at: 1_200, ...loop, task: 1, request: 2 },
    { kind: 'call', at: 1_210, ...quick, line: 8, changed: [['request', '<ASGIRequest>']] },
    { kind: 'line', at: 1_220, ...quick, line: 9 },
    { kind: 'line', at: 1_230, ...quick, line: 10, changed: [['total', '3']] },
    { kind: 'return', at: 1_300, ...quick, line: 10, text: '<JsonResponse>' },
    { kind: 'view-left', at: 1_310, ...loop, task: 1, request: 2 },
    { kind: 'answered', at: 1_400, ...loop, task: 1, request: 2 },
    { kind: 'idle', at: 1_500, ...loop, until: 201_000 },
    { kind: 'resume', at: 201_100, ...slow, line: 5 },
    { kind: 'line', at: 201_110, ...slow, line: 6 },
    { kind: 'return', at: 201_200, ...slow, line: 6, text: '<JsonResponse>' },
    { kind: 'view-left', at: 201_210, ...loop, task: 0, request: 1 },
    { kind: 'answered', at: 201_300, ...loop, task: 0, request: 1 },
  ];
  const source = [
    'import asyncio',
    '',
    '',
    'async def slow(request):',
    '    await asyncio.sleep(0.2)',
    '    return answer',
    '',
    'async def quick(request):',
    '    total = 3',
    '    return answer',
  ];
  return indexRecording(
    recordingOf(steps, {
      threads: ['loop'],
      tasks: [
        { name: 'slow', request: 1 },
        { name: 'quick', request: 2 },
      ],
      frames: [
        { function: 'slow', file: 0, parent: null },
        { function: 'quick', file: 0, parent: null },
      ],
    }),
    { 'program.py': source },
  );
}

/** `slow` sleeps for 200 ms and keeps the loop, so that `quick` comes to its view only then. */
export function blockedLoop(): RecordingIndex {
  const slow = { ...loop, task: 0, frame: 0 };
  const quick = { ...loop, task: 1, frame: 1 };
  const steps: RecordedStep[] = [
    { kind: 'received', at: 100, ...loop, task: 0, request: 1 },
    { kind: 'received', at: 200, ...loop, task: 1, request: 2 },
    { kind: 'view-entered', at: 1_000, ...loop, task: 0, request: 1 },
    { kind: 'call', at: 1_010, ...slow, line: 4 },
    { kind: 'line', at: 1_020, ...slow, line: 5 },
    { kind: 'line', at: 201_000, ...slow, line: 6 },
    { kind: 'return', at: 201_100, ...slow, line: 6, text: '<JsonResponse>' },
    { kind: 'view-left', at: 201_110, ...loop, task: 0, request: 1 },
    { kind: 'answered', at: 201_200, ...loop, task: 0, request: 1 },
    { kind: 'view-entered', at: 201_300, ...loop, task: 1, request: 2 },
    { kind: 'call', at: 201_310, ...quick, line: 8 },
    { kind: 'return', at: 201_400, ...quick, line: 9, text: '<JsonResponse>' },
    { kind: 'view-left', at: 201_410, ...loop, task: 1, request: 2 },
    { kind: 'answered', at: 201_500, ...loop, task: 1, request: 2 },
  ];
  return indexRecording(
    recordingOf(steps, {
      threads: ['loop'],
      tasks: [
        { name: 'slow', request: 1 },
        { name: 'quick', request: 2 },
      ],
      frames: [
        { function: 'slow', file: 0, parent: null },
        { function: 'quick', file: 0, parent: null },
      ],
    }),
  );
}

/** `page` waits for two tasks of its own; the second is done first. */
export function gathered(): RecordingIndex {
  const page = { ...loop, task: 0, frame: 0 };
  const one = { ...loop, task: 1, frame: 1 };
  const two = { ...loop, task: 2, frame: 2 };
  const steps: RecordedStep[] = [
    { kind: 'call', at: 0, ...page, line: 7 },
    { kind: 'line', at: 10, ...page, line: 8 },
    { kind: 'await', at: 20, ...page, line: 8, tasks: [1, 2] },
    { kind: 'call', at: 30, ...one, line: 3, changed: [['name', "'news'"]] },
    { kind: 'await', at: 40, ...one, line: 4 },
    { kind: 'call', at: 50, ...two, line: 3, changed: [['name', "'rates'"]] },
    { kind: 'await', at: 60, ...two, line: 4 },
    { kind: 'idle', at: 70, ...loop, until: 50_000 },
    { kind: 'resume', at: 50_010, ...two, line: 4 },
    { kind: 'return', at: 50_020, ...two, line: 5, text: "'RATES'" },
    { kind: 'idle', at: 50_030, ...loop, until: 90_000 },
    { kind: 'resume', at: 90_010, ...one, line: 4 },
    { kind: 'return', at: 90_020, ...one, line: 5, text: "'NEWS'" },
    { kind: 'resume', at: 95_000, ...page, line: 8 },
    { kind: 'return', at: 95_010, ...page, line: 9, text: 'None' },
  ];
  return indexRecording(
    recordingOf(steps, {
      tasks: ['page', 'fetch', 'fetch'].map((name) => ({ name, request: 0 })),
      frames: [
        { function: 'page', file: 0, parent: null },
        { function: 'fetch', file: 0, parent: null },
        { function: 'fetch', file: 0, parent: null },
      ],
    }),
  );
}

/** `report` has `count` run on a thread, which asks the database. */
export function hopped(): RecordingIndex {
  const report = { ...loop, task: 0, frame: 0 };
  const worker = { thread: 1 };
  const count = { ...worker, frame: 1 };
  const steps: RecordedStep[] = [
    { kind: 'call', at: 0, ...report, line: 5 },
    { kind: 'line', at: 10, ...report, line: 6 },
    { kind: 'hand-over', at: 20, ...report, line: 6, hop: 0, text: 'count' },
    { kind: 'await', at: 30, ...report, line: 6 },
    { kind: 'idle', at: 40, ...loop, until: 80_000 },
    { kind: 'hop-begin', at: 50, ...worker, hop: 0 },
    { kind: 'call', at: 60, ...count, line: 1 },
    { kind: 'line', at: 70, ...count, line: 2 },
    { kind: 'query', at: 40_000, ...worker, until: 60_000, text: 'SELECT COUNT(*)' },
    { kind: 'return', at: 70_000, ...count, line: 2, text: '2' },
    { kind: 'hop-end', at: 70_010, ...worker, hop: 0 },
    { kind: 'resume', at: 80_010, ...report, line: 6 },
    { kind: 'return', at: 80_100, ...report, line: 7, text: 'None' },
  ];
  return indexRecording(
    recordingOf(steps, {
      threads: ['loop', 'worker-1', 'worker-2'],
      tasks: [{ name: 'report', request: 0 }],
      frames: [
        { function: 'report', file: 0, parent: null },
        { function: 'count', file: 0, parent: null },
      ],
    }),
  );
}

/** A script without loop or task: `total` adds up, prints and raises. */
export function script(): RecordingIndex {
  const top = { thread: 0, frame: 0 };
  const total = { thread: 0, frame: 1 };
  const steps: RecordedStep[] = [
    { kind: 'call', at: 0, ...top, line: 1 },
    { kind: 'line', at: 10, ...top, line: 1 },
    { kind: 'line', at: 20, ...top, line: 6 },
    { kind: 'call', at: 30, ...total, line: 1, changed: [['numbers', '[1, 2]']] },
    { kind: 'line', at: 40, ...total, line: 2 },
    { kind: 'line', at: 50, ...total, line: 3, changed: [['i', '1']] },
    { kind: 'line', at: 60, ...total, line: 2, changed: [['result', '1']] },
    { kind: 'line', at: 70, ...total, line: 3, changed: [['i', '2']] },
    { kind: 'line', at: 80, ...total, line: 4, changed: [['i', null]] },
    { kind: 'print', at: 90, ...total, line: 4, text: 'done\n' },
    { kind: 'raise', at: 100, ...total, line: 5, text: 'ValueError: no' },
    { kind: 'print', at: 110, ...top, line: 7, text: 'caught\n' },
  ];
  return indexRecording(
    recordingOf(steps, {
      micros: 120,
      frames: [
        { function: '<module>', file: 0, parent: null },
        { function: 'total', file: 0, parent: 0 },
      ],
    }),
  );
}

/** A script that runs a loop of its own: `main` waits in it for what its line does not tell plainly. */
export function scriptWithLoop(): RecordingIndex {
  const top = { thread: 0, frame: 0 };
  const main = { thread: 0, task: 0, frame: 1 };
  const steps: RecordedStep[] = [
    { kind: 'call', at: 0, ...top, line: 1 },
    { kind: 'line', at: 10, ...top, line: 9 },
    { kind: 'call', at: 30_000, ...main, line: 3 },
    { kind: 'line', at: 30_010, ...main, line: 4 },
    { kind: 'await', at: 30_020, ...main, line: 4 },
    { kind: 'idle', at: 30_030, thread: 0, until: 50_000 },
    { kind: 'resume', at: 50_010, ...main, line: 4 },
    { kind: 'return', at: 50_020, ...main, line: 4, text: 'None' },
    { kind: 'return', at: 60_000, ...top, line: 9, text: 'None' },
  ];
  return indexRecording(
    recordingOf(steps, {
      tasks: [{ name: 'main', request: 0 }],
      frames: [
        { function: '<module>', file: 0, parent: null },
        { function: 'main', file: 0, parent: 0 },
      ],
    }),
  );
}
