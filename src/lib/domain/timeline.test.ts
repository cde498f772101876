import { describe, expect, test } from 'vitest';
import {
  blockedLoop,
  gathered,
  hopped,
  script,
  scriptWithLoop,
  twoViews,
} from '../../../tests/recordings/example-recordings.ts';
import { timelineOf, type Lane, type Timeline } from './timeline.ts';

function lane({ lanes }: Timeline, id: string): Lane {
  return lanes.find((each) => each.id === id)!;
}

const kinds = ({ spans }: Lane) => spans.map(({ kind }) => kind);
const saying = ({ spans }: Lane, kind: string) =>
  spans.filter((span) => span.kind === kind).map(({ says }) => says);

test.each([
  ['two views', twoViews()],
  ['a blocked loop', blockedLoop()],
  ['gathered tasks', gathered()],
  ['a hop', hopped()],
  ['a script', script()],
  ['a script with a loop', scriptWithLoop()],
])('the spans of each lane of %s follow each other within the axis', (_, index) => {
  const { lanes, micros } = timelineOf(index);
  expect(lanes.length).toBeGreaterThan(0);
  for (const { spans } of lanes) {
    for (const [place, span] of spans.entries()) {
      expect(span.from).toBeGreaterThanOrEqual(spans[place - 1]?.until ?? 0);
      expect(span.until).toBeGreaterThan(span.from);
      expect(span.until).toBeLessThanOrEqual(micros);
    }
  }
});

describe('two views and one loop', () => {
  const timeline = timelineOf(twoViews());

  test('requests come first, then the loop', () => {
    expect(timeline.lanes.map(({ id }) => id)).toEqual(['request-1', 'request-2', 'loop-0']);
  });

  test('a request waits where its view awaits, and says for what', () => {
    const slow = lane(timeline, 'request-1');
    expect(slow).toMatchObject({ name: 'slow', fact: 'answered after 201 ms' });
    expect(kinds(slow)).toEqual(['framework', 'runs', 'waits', 'runs', 'framework']);
    expect(saying(slow, 'waits')).toEqual(['waits for asyncio.sleep at line 5']);
    expect(slow.spans[2]?.labels).toEqual([
      'waits for asyncio.sleep, 200 ms',
      'waits for asyncio.sleep',
      'waits',
    ]);
  });

  test('the other one is served meanwhile', () => {
    const [slow, quick] = [lane(timeline, 'request-1'), lane(timeline, 'request-2')];
    const runs = quick.spans.find(({ kind }) => kind === 'runs')!;
    const waits = slow.spans.find(({ kind }) => kind === 'waits')!;
    expect(runs.from).toBeGreaterThan(waits.from);
    expect(runs.until).toBeLessThan(waits.until);
  });

  test('the loop is held by one, then by the other, then free', () => {
    const loop = lane(timeline, 'loop-0');
    expect(saying(loop, 'runs')).toEqual(['runs slow', 'runs quick', 'runs slow']);
    expect(loop.fact).toBe('free for 200 ms');
  });

  test('each span leads to its first step', () => {
    const waits = lane(timeline, 'request-1').spans[2]!;
    expect(waits).toMatchObject({ from: 1_100, step: 5 });
  });
});

describe('a view that blocks', () => {
  const timeline = timelineOf(blockedLoop());

  test('it is told by line, on its own lane and on the loop', () => {
    expect(saying(lane(timeline, 'request-1'), 'blocks')).toEqual([
      'holds the event loop at line 5',
    ]);
    expect(saying(lane(timeline, 'loop-0'), 'blocks')).toEqual([
      'held by slow, and nobody else can go on',
    ]);
    expect(lane(timeline, 'loop-0').fact).toBe('held for 200 ms at a stretch');
  });

  test('the other request cannot go on, and says because of whom', () => {
    expect(saying(lane(timeline, 'request-2'), 'queued')).toEqual([
      'cannot go on, since slow holds the event loop',
    ]);
  });
});

describe('gathered tasks', () => {
  const timeline = timelineOf(gathered());

  test('each task has a lane, told apart by number', () => {
    expect(timeline.lanes.map(({ name }) => name)).toEqual(['page', 'fetch 1', 'fetch 2', null]);
  });

  test('who waited for tasks is ready from when the last is done', () => {
    const page = lane(timeline, 'task-0');
    expect(kinds(page)).toEqual(['runs', 'waits', 'queued', 'runs']);
    expect(page.spans[2]).toMatchObject({ from: 90_020, until: 95_000 });
  });
});

describe('a hop to a thread', () => {
  const timeline = timelineOf(hopped());

  test('the thread runs the function, with its query in between', () => {
    const thread = lane(timeline, 'thread-1');
    expect(thread.spans.map(({ kind, from, until }) => [kind, from, until])).toEqual([
      ['runs', 50, 40_000],
      ['query', 40_000, 60_000],
      ['runs', 60_000, 70_010],
    ]);
    expect(saying(thread, 'runs')[0]).toBe('runs count');
  });

  test('the task waits for the function, then for the loop', () => {
    const report = lane(timeline, 'task-0');
    expect(saying(report, 'waits')).toEqual(['waits for count at line 6']);
    expect(report.spans.find(({ kind }) => kind === 'queued')).toMatchObject({ from: 70_010 });
  });
});

test('a script has its thread alone, by function', () => {
  const timeline = timelineOf(script());
  expect(timeline.lanes.map(({ id }) => id)).toEqual(['thread-0']);
  expect(saying(lane(timeline, 'thread-0'), 'runs')).toEqual([
    'runs the program',
    'runs total',
    'runs the program',
  ]);
});

test('a script that runs a loop of its own shows what its thread did before, and no more than is known', () => {
  const timeline = timelineOf(scriptWithLoop());
  expect(timeline.lanes.map(({ id }) => id)).toEqual(['task-0', 'loop-0']);
  expect(saying(lane(timeline, 'loop-0'), 'runs')[0]).toBe(
    'not running: the thread runs the program',
  );
  expect(saying(lane(timeline, 'task-0'), 'waits')).toEqual(['waits at line 4']);
});
