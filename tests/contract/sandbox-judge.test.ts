import { describe, expect, it } from 'vitest';
import type { Judgement, Observations, ObservedEvent } from '#lib/domain/run.ts';
import type { Expectation } from '#lib/server/sandbox/port.ts';
import { runtime, sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();

const event = (kind: ObservedEvent['kind'], request: number, thread = 'loop'): ObservedEvent => ({
  kind,
  request,
  thread,
  at: 0,
});
const observations: Observations = {
  version: 1,
  values: { status: 404, body: { users: ['ada', 'bob'] } },
  events: [
    event('received', 1),
    event('received', 2),
    event('view-entered', 1, 'worker-1'),
    event('view-left', 1, 'worker-1'),
    event('view-entered', 2, 'worker-2'),
    event('answered', 1),
    event('view-left', 2, 'worker-2'),
    event('answered', 2),
  ],
};

async function judge(...expectations: [Expectation['kind'], string][]): Promise<Judgement[]> {
  const { judgements } = await under.sandbox.judge({
    runtime,
    observations,
    expectations: expectations.map(([kind, source], index) => ({ id: `e${index}`, kind, source })),
  });
  return judgements;
}

describe('expect', () => {
  it('holds when nothing is raised', async () => {
    const [found] = await judge(['expect', 'import re\nassert re.match("a", body["users"][0])']);
    expect(found).toEqual({ id: 'e0', holds: true, error: null });
  });

  it('does not hold when an assertion fails, and shows both sides', async () => {
    const [found] = await judge(['expect', 'x = 1\nassert status == 200']);
    expect(found).toEqual({
      id: 'e0',
      holds: false,
      error: {
        type: 'AssertionError',
        message: '`status == 200` does not hold: left is 404, right is 200',
        line: 2,
        place: 'expect',
      },
    });
  });

  it.each([
    ['the author says', 'assert status == 200, "not found"', 'AssertionError', 'not found'],
    ['a name is not observed', 'assert colour == 1', 'NameError', 'colour'],
    ['it is no Python', 'assert ==', 'SyntaxError', 'invalid syntax'],
    ['it leaves', 'import sys\nsys.exit(0)', 'SystemExit', '0'],
  ])('does not hold when %s', async (_, source, type, says) => {
    const [found] = await judge(['expect', source]);
    expect(found).toMatchObject({ holds: false, error: { type, place: 'expect' } });
    expect(found?.error?.message).toContain(says);
  });
});

describe('holds', () => {
  it('is the value of its expression', async () => {
    const found = await judge(
      ['holds', ' status == 404 '],
      ['holds', 'status == 200'],
      ['holds', 'len(events) == 8 and events[0].kind == "received"'],
    );
    expect(found.map(({ holds }) => holds)).toEqual([true, false, true]);
    expect(found.map(({ error }) => error)).toEqual([null, null, null]);
  });

  it.each(['status', 'body["users"]', 'None', '1'])(
    'does not hold when `%s` is neither True nor False',
    async (source) => {
      const [found] = await judge(['holds', source]);
      expect(found).toMatchObject({ holds: false, error: { type: 'TypeError', place: 'expect' } });
      expect(found?.error?.message).toContain('neither True nor False');
    },
  );

  it('sees the counts', async () => {
    const found = await judge(
      ['holds', 'handler.count == 2 and handler.max_open == 2'],
      ['holds', 'views.count == 2 and views.max_open == 1'],
      ['holds', 'views.threads == 2 and views.awaits == 0'],
    );
    expect(found.map(({ holds }) => holds)).toEqual([true, true, true]);
  });
});

describe('judging', () => {
  it('gives the counts, and none for a run without events', async () => {
    const ask = (events: ObservedEvent[]) =>
      under.sandbox.judge({
        runtime,
        observations: { ...observations, events },
        expectations: [],
      });
    expect((await ask(observations.events)).counts).toEqual({
      'handler.count': 2,
      'handler.max_open': 2,
      'views.count': 2,
      'views.max_open': 1,
      'views.threads': 2,
      'views.awaits': 0,
    });
    expect((await ask([])).counts).toEqual({});
  });

  it('gives each expectation data of its own', async () => {
    const found = await judge(
      ['expect', 'body["users"].clear()\nevents.clear()\nstatus = 200\nviews.count = 9'],
      ['holds', 'body["users"] == ["ada", "bob"] and status == 404'],
      ['holds', 'len(events) == 8 and views.count == 2'],
    );
    expect(found.map(({ holds }) => holds)).toEqual([true, true, true]);
  });

  it('goes on after an expectation that never ends, or that ends its process', async () => {
    const found = await judge(
      ['holds', 'status == 404'],
      ['expect', 'while True: pass'],
      ['holds', 'status == 404'],
      ['expect', 'import os\nos._exit(0)'],
      ['holds', 'status == 200'],
    );
    expect(found.map(({ id, holds, error }) => [id, holds, error?.type ?? null])).toEqual([
      ['e0', true, null],
      ['e1', false, 'TimeLimit'],
      ['e2', true, null],
      ['e3', false, 'ProcessExit'],
      ['e4', false, null],
    ]);
  });

  it('is as shut in as any run', async () => {
    const found = await judge(
      ['expect', 'open("/etc/passwd")'],
      ['expect', 'import os\nos.fork()'],
      ['expect', 'import socket\nsocket.socket()'],
    );
    expect(found.map(({ error }) => error?.type)).toEqual([
      'FileNotFoundError',
      'PermissionError',
      'PermissionError',
    ]);
  });
});
