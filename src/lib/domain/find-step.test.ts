import { describe, expect, test } from 'vitest';
import { findStep, lookUpFact, stepName, type Recorded } from './find-step.ts';
import type { RecordedStep, Recording } from './recording.ts';
import type { Fact, Place } from './visualize.ts';

const source = `import asyncio


async def waits():
    await asyncio.sleep(0.2)


def total(count):
    for i in range(count):
        pass
    return i
`;

const steps: RecordedStep[] = [
  { kind: 'received', at: 0, thread: 0, task: 0, request: 1 },
  { kind: 'line', at: 1, thread: 0, task: 0, frame: 0, line: 5 },
  { kind: 'await', at: 2, thread: 0, task: 0, frame: 0, line: 5, tasks: [] },
  { kind: 'idle', at: 3, thread: 0, until: 9 },
  { kind: 'call', at: 10, thread: 1, frame: 1, line: 8, changed: [['count', '2']] },
  { kind: 'line', at: 11, thread: 1, frame: 1, line: 10, changed: [['i', '0']] },
  { kind: 'line', at: 12, thread: 1, frame: 1, line: 10, changed: [['i', '1']] },
  { kind: 'call', at: 13, thread: 1, frame: 2, line: 8, changed: [['i', '99']] },
  {
    ...{ kind: 'return', at: 14, thread: 1, frame: 1, line: 11, text: '1' },
    changed: [['count', null]],
  },
  { kind: 'resume', at: 15, thread: 0, task: 0, frame: 0, line: 5 },
];

const recording: Recording = {
  ...{ version: 1, files: ['program.py'], threads: ['loop', 'worker-1'] },
  tasks: [{ name: 'waits', request: 1 }],
  frames: [
    { function: 'waits', file: 0, parent: null },
    { function: 'outer.<locals>.total', file: 0, parent: null },
    { function: 'other', file: 0, parent: 1 },
  ],
  ...{ steps, cut: null, micros: 20 },
};
const recorded: Recorded = { recording, sources: [source] };

const anywhere: Place = {
  ...{
    kind: null,
    function: null,
    line: null,
    request: null,
    task: null,
    thread: null,
    text: null,
  },
  ...{ nth: 1, after: null },
};
const place = (asked: Partial<Place>): Place => ({ ...anywhere, ...asked });
const find = (asked: Partial<Place>) => findStep(recorded, place(asked));
const lookUp = (fact: Fact) => lookUpFact(recorded, fact);
const problemOf = (found: object) => ('problem' in found ? found.problem : null);

describe('a place is the first step', () => {
  test.each<[string, Partial<Place>, number]>([
    ['of its kind', { kind: 'idle' }, 3],
    ['in a function', { function: 'waits' }, 1],
    ['in a function by the last part of its name', { function: 'total', kind: 'return' }, 8],
    ['on a line with a text', { line: 'await asyncio' }, 1],
    ['of a request, by its task', { request: 1, kind: 'await' }, 2],
    ['of a task', { task: 'waits', kind: 'resume' }, 9],
    ['on a thread', { thread: 'worker-1' }, 4],
    ['with a text', { text: '1' }, 8],
    ['that is asked for by number', { function: 'total', kind: 'line', nth: 2 }, 6],
    ['behind another place', { function: 'waits', after: place({ kind: 'idle' }) }, 9],
  ])('%s', (_, asked, step) => {
    expect(find(asked)).toEqual({ step });
  });
});

describe('where no step fits, it is said which part does not', () => {
  test.each<[string, Partial<Place>, string]>([
    ['the only part', { kind: 'yield' }, 'no step has the kind `yield`'],
    [
      'a name, with those that there are',
      { function: 'wait' },
      'no step has the function `wait`; in the record there are `waits`, `outer.<locals>.total`, `other`',
    ],
    [
      'one of several parts',
      { kind: 'await', function: 'waits', thread: 'worker-1' },
      'of the steps with the kind `await` and the function `waits`, none has the thread `worker-1`; in the record there are `loop`, `worker-1`',
    ],
    [
      'the number',
      { kind: 'idle', nth: 3 },
      'only one step fits, and number 3 of them is asked for',
    ],
    [
      'what it is looked for behind',
      { kind: 'await', after: place({ kind: 'idle' }) },
      'no step behind step 4 has the kind `await`',
    ],
    [
      'the place behind which',
      { kind: 'await', after: place({ kind: 'print' }) },
      'the step of `after` is not there: no step has the kind `print`',
    ],
  ])('%s', (_, asked, problem) => {
    expect(problemOf(find(asked))).toBe(problem);
  });
});

test('a step is looked up by its number from 1', () => {
  expect(lookUp({ what: 'step', at: place({ kind: 'idle' }) })).toEqual({
    ...{ text: '4', step: 3, name: { kind: 'idle', function: null, line: null } },
  });
});

test('steps that are like a place are counted', () => {
  expect(lookUp({ what: 'count', at: place({ kind: 'line' }) })).toMatchObject({
    ...{ text: '3', step: 1 },
  });
});

test('thread and task of a step are looked up by name', () => {
  const at = place({ kind: 'await' });
  expect(lookUp({ what: 'thread', at })).toMatchObject({ text: 'loop' });
  expect(lookUp({ what: 'task', at })).toMatchObject({ text: 'waits' });
  expect(problemOf(lookUp({ what: 'task', at: place({ kind: 'idle' }) }))).toBe(
    'no task runs at step 4',
  );
});

test("a name's value is that of the frame, as it was told last", () => {
  const at = place({ kind: 'return' });
  expect(lookUp({ what: 'value', name: 'i', at })).toMatchObject({ text: '1', step: 8 });
  const first = place({ kind: 'line', function: 'total' });
  expect(lookUp({ what: 'value', name: 'i', at: first })).toMatchObject({ text: '0' });
  expect(problemOf(lookUp({ what: 'value', name: 'count', at }))).toBe(
    '`count` has no value at step 9, in `outer.<locals>.total`; `i` has',
  );
  expect(problemOf(lookUp({ what: 'value', name: 'i', at: place({ kind: 'idle' }) }))).toBe(
    'step 4 is in no function of the program, so no name has a value',
  );
});

test('a step is called by kind, function and line, whatever its number', () => {
  expect(stepName(recorded, 8)).toEqual({
    ...{ kind: 'return', function: 'outer.<locals>.total', line: 11 },
  });
});
