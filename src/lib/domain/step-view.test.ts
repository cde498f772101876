import { describe, expect, test } from 'vitest';
import {
  blockedLoop,
  gathered,
  hopped,
  recordingOf,
  script,
  scriptWithLoop,
  twoViews,
} from '../../../tests/recordings/example-recordings.ts';
import { RecordingIndex, indexRecording } from './recording-index.ts';
import { mostSteps, type RecordedStep } from './recording.ts';
import { stepView, type StepView } from './step-view.ts';

const said = ({ says }: Pick<StepView, 'says'>) => says.map(({ text }) => text).join('');
const states = ({ tasks }: StepView) => tasks.map(({ label, doing }) => `${label} ${doing.state}`);

describe('the values', () => {
  test('all names of the frame so far are told, and those that this step changed are marked', () => {
    const view = stepView(script(), 6);
    expect(view.variables).toEqual([
      { name: 'numbers', text: '[1, 2]', isChanged: false },
      { name: 'i', text: '1', isChanged: false },
      { name: 'result', text: '1', isChanged: true },
    ]);
  });

  test('a step back shows the values as they were', () => {
    const index = script();
    stepView(index, 8);
    expect(stepView(index, 4).variables.map(({ name }) => name)).toEqual(['numbers']);
  });

  test('a name that is gone is not told any more', () => {
    expect(stepView(script(), 8).variables.map(({ name }) => name)).toEqual(['numbers', 'result']);
  });

  test('two calls of one function have their own values', () => {
    const index = gathered();
    expect(stepView(index, 8).variables).toMatchObject([{ text: "'rates'" }]);
    expect(stepView(index, 11).variables).toMatchObject([{ text: "'news'" }]);
  });
});

describe('the calls', () => {
  test('those that called the function stand before it, each with its line', () => {
    expect(stepView(script(), 5).stack).toEqual([
      { function: '<module>', line: 6 },
      { function: 'total', line: 3 },
    ]);
  });

  test('parents that go in a circle, as no recorder writes them, end it', () => {
    const index = indexRecording(
      recordingOf([{ kind: 'line', at: 0, thread: 0, frame: 0, line: 1 }], {
        frames: [
          { function: 'one', file: 0, parent: 1 },
          { function: 'two', file: 0, parent: 0 },
        ],
      }),
    );
    expect(stepView(index, 0).stack).toEqual([{ function: 'one', line: 1 }]);
  });
});

describe('the output', () => {
  test('what was printed so far is told, and no more', () => {
    const index = script();
    expect(stepView(index, 8).output).toBe('');
    expect(stepView(index, 10).output).toBe('done\n');
    expect(stepView(index, 11)).toMatchObject({ output: 'done\ncaught\n', prints: true });
  });
});

describe('the tasks', () => {
  test('one waits at its line for what the line awaits, while another runs', () => {
    const view = stepView(twoViews(), 9);
    expect(states(view)).toEqual(['slow waiting', 'quick running']);
    expect(view.tasks[0]?.doing).toEqual({
      state: 'waiting',
      places: [{ file: 'program.py', line: 5 }],
      for: { kind: 'other', what: 'asyncio.sleep' },
    });
    expect(view.waitPlaces).toEqual([{ file: 'program.py', line: 5 }]);
    expect(view.place).toEqual({ file: 'program.py', line: 10 });
  });

  test('a task is not there before it is known, and done after its outermost function', () => {
    const index = twoViews();
    expect(states(stepView(index, 2))).toEqual([]);
    expect(states(stepView(index, 10))).toEqual(['slow waiting', 'quick running']);
    expect(states(stepView(index, 13))).toEqual(['slow waiting', 'quick done']);
  });

  test('tasks that are waited for are ready until they begin', () => {
    expect(states(stepView(gathered(), 2))).toEqual([
      'page waiting',
      'fetch 1 ready',
      'fetch 2 ready',
    ]);
  });

  test('who waits for tasks is ready when the last of them is done', () => {
    const index = gathered();
    expect(states(stepView(index, 10))).toEqual([
      'page waiting',
      'fetch 1 waiting',
      'fetch 2 done',
    ]);
    expect(states(stepView(index, 12))[0]).toBe('page waiting');
    expect(states(stepView(index, 13))[0]).toBe('page running');
  });

  test('who waits for a thread is ready when the function has ended there', () => {
    const index = hopped();
    expect(stepView(index, 7).tasks[0]?.doing).toMatchObject({
      state: 'waiting',
      for: { kind: 'thread', function: 'count', thread: 1 },
    });
    expect(states(stepView(index, 10))).toEqual(['report ready']);
  });
});

describe('the event loop', () => {
  test('it is held by who runs, free while it is idle, and between two when one gives way', () => {
    const index = twoViews();
    const loopAt = (step: number) => stepView(index, step).loops[0];
    expect(loopAt(4)).toMatchObject({ state: 'held', task: 0 });
    expect(loopAt(9)).toMatchObject({ state: 'held', task: 1 });
    expect(loopAt(13)).toMatchObject({ state: 'free', task: null });
  });

  test('a line that takes long blocks it', () => {
    const view = stepView(blockedLoop(), 4);
    expect(view.loops).toMatchObject([{ state: 'blocked', task: 0 }]);
    expect(said(view)).toBe(
      'Line 5 takes 200 ms, and slow holds the event loop all the while: nobody else can go on.',
    );
  });

  test('where a script runs its own, its thread has it only for as long as it runs', () => {
    const words = (step: number) =>
      stepView(scriptWithLoop(), step)
        .loops[0]?.words.map(({ text }) => text)
        .join('');
    expect(words(1)).toBe('not running: its thread runs the program');
    expect(words(3)).toBe('held by main');
    expect(words(5)).toBe('free: nobody can go on');
  });

  test('a script has none', () => {
    expect(stepView(script(), 5)).toMatchObject({ loops: [], tasks: [], requests: [] });
  });
});

describe('the threads', () => {
  test('one runs its function while the loop is free, and asks the database', () => {
    const index = hopped();
    expect(stepView(index, 7).threads).toMatchObject([
      { name: 'loop', hasLoop: true, does: null },
      { name: 'worker-1', hasLoop: false, does: { function: 'count', line: 2, task: 0 } },
      { name: 'worker-2', does: null },
    ]);
    expect(stepView(index, 8).threads[1]?.does).toMatchObject({
      function: 'count',
      isAsking: true,
    });
    expect(stepView(index, 11).threads[1]?.does).toBeNull();
  });
});

describe('the requests', () => {
  test('each goes from received over its view to answered', () => {
    const index = twoViews();
    const at = (step: number) => stepView(index, step).requests.map(({ state }) => state);
    expect(at(0)).toEqual(['received']);
    expect(at(5)).toEqual(['in-view', 'received']);
    expect(at(11)).toEqual(['in-view', 'left']);
    expect(at(12)).toEqual(['in-view', 'answered']);
    expect(stepView(index, 9).requests[1]).toMatchObject({ view: 'quick' });
  });

  test('steps on threads that name the request that they work for are no news of it', () => {
    const index = indexRecording(
      recordingOf(
        [
          { kind: 'received', at: 0, thread: 0, request: 1 },
          { kind: 'view-entered', at: 5, thread: 1, request: 1 },
          { kind: 'line', at: 10, thread: 1, frame: 0, line: 1, request: 1 },
        ],
        { threads: ['loop', 'worker-1'], frames: [{ function: 'view', file: 0, parent: null }] },
      ),
    );
    expect(stepView(index, 2).requests).toMatchObject([
      { state: 'in-view', view: 'view', thread: 1 },
    ]);
  });
});

describe('the sentence', () => {
  test.each([
    [0, 'Request 1 is received.'],
    [3, 'slow (request 1) begins with request = <ASGIRequest>.'],
    [5, 'slow (request 1) waits for asyncio.sleep, and gives the event loop back.'],
    [9, 'total is now 3; line 10 is next.'],
    [12, 'Request 2 is answered, 1.2 ms after it was received.'],
    [13, 'The event loop is free for 200 ms: slow (request 1) waits for asyncio.sleep.'],
    [14, 'slow (request 1) goes on at line 5, after 200 ms.'],
  ])('step %i of two views says what happens', (step, sentence) => {
    expect(said(stepView(twoViews(), step))).toBe(sentence);
  });

  test.each([
    [2, 'In the program, line 6 is next.'],
    [8, 'i is gone; line 4 is next.'],
    [9, 'It prints done.'],
    [10, 'ValueError: no goes through total.'],
  ])('step %i of a script says what happens', (step, sentence) => {
    expect(said(stepView(script(), step))).toBe(sentence);
  });

  test.each([
    [2, 'report hands count to a thread.'],
    [3, 'report waits for count on a thread, and gives the event loop back.'],
    [5, 'count begins on worker-1.'],
    [8, 'The database is asked on worker-1, for 20 ms: SELECT COUNT(*).'],
  ])('step %i of a hop says what happens', (step, sentence) => {
    expect(said(stepView(hopped(), step))).toBe(sentence);
  });

  test('what is waited for is named, task by task', () => {
    expect(said(stepView(gathered(), 2))).toBe(
      'page waits for fetch 1 and fetch 2, and gives the event loop back.',
    );
  });
});

describe('the index', () => {
  test('a recording that comes in parts tells of each step what the whole one tells', () => {
    for (const whole of [twoViews(), gathered(), hopped(), script()]) {
      const parts = new RecordingIndex(whole.recording, whole.sources);
      for (let from = 0; from < whole.steps.length; from += 3) {
        parts.add(whole.steps.slice(from, from + 3));
      }
      for (const step of whole.steps.keys()) {
        expect(stepView(parts, step)).toEqual(stepView(whole, step));
      }
    }
  });

  test('a step that has not come is refused', () => {
    expect(() => stepView(script(), 12)).toThrow(RangeError);
  });

  test('a step looks at few of the others, however many there are', () => {
    const steps = Array.from({ length: mostSteps }, (_, at): RecordedStep => ({
      kind: 'line',
      at,
      thread: 0,
      frame: 0,
      line: (at % 9) + 1,
      changed: [['i', String(at)]],
    }));
    const index = indexRecording(
      recordingOf(steps, { frames: [{ function: 'f', file: 0, parent: null }] }),
    );
    let looked = 0;
    const counted = new Proxy(index.steps, {
      get(list, name, receiver) {
        if (typeof name === 'string' && /^\d+$/.test(name)) looked += 1;
        return Reflect.get(list, name, receiver) as unknown;
      },
    });
    Object.defineProperty(index, 'steps', { value: counted });
    expect(stepView(index, 4_900).variables).toEqual([
      { name: 'i', text: '4900', isChanged: true },
    ]);
    expect(looked).toBeLessThan(60);
  });
});
