import { describe, expect, it } from 'vitest';
import { clientOf, type LabEvent, mostOpen, spansOf } from './lab.ts';

function event(at: number, kind: LabEvent['kind'], more: Partial<LabEvent> = {}): LabEvent {
  return { process: 1, thread: 0, request: 1, ticks: 0, at, kind, ...more };
}

describe('spansOf', () => {
  it('makes one span of what happens between entering a view and leaving it', () => {
    const events = [
      event(1, 'received'),
      event(2, 'view-entered', { ticks: 5 }),
      event(3, 'await', { ticks: 5 }),
      event(8, 'resumed', { ticks: 9 }),
      event(9, 'view-left', { ticks: 9 }),
      event(10, 'answered', { ticks: 9 }),
    ];
    expect(spansOf(events, 'asgi')).toEqual([
      { request: 1, process: 1, thread: 'loop', entered: 2, left: 9, ticks: 4, waits: [[3, 8]] },
    ]);
  });

  it('keeps requests apart, and workers that number theirs alike', () => {
    const events = [
      event(5, 'view-entered', { process: 2, thread: 3 }),
      event(1, 'view-entered', { request: 2, thread: 1 }),
      event(7, 'view-left', { process: 2, thread: 3 }),
      event(9, 'view-left', { request: 2, thread: 1 }),
    ];
    const told = spansOf(events, 'wsgi').map(({ request, process, thread, left }) => {
      return [request, process, thread, left];
    });
    expect(told).toEqual([
      [2, 1, 'thread-1', 9],
      [1, 2, 'thread-3', 7],
    ]);
  });

  it('leaves open what was never left, and makes nothing of events without a beginning', () => {
    const events = [
      event(1, 'view-left'),
      event(2, 'resumed'),
      event(3, 'view-entered'),
      event(4, 'await'),
    ];
    expect(spansOf(events, 'asgi')).toMatchObject([{ left: null, waits: [[4, null]] }]);
  });
});

describe('mostOpen', () => {
  it('counts what overlaps, not what follows', () => {
    const spans = [
      { entered: 0, left: 2 },
      { entered: 2, left: 4 },
      { entered: 3, left: null },
      { entered: 9, left: 10 },
    ];
    expect(mostOpen(spans)).toBe(2);
    expect(mostOpen([])).toBe(0);
  });
});

describe('clientOf', () => {
  const seen = (request: number, sent: number, answered: number | null, status = 200) => ({
    ...{ request, sent, connected: sent, answered, status, error: null },
  });

  it('takes only whole answers that are no errors for answers', () => {
    const client = clientOf([
      seen(1, 0, 10_000),
      seen(2, 1_000, 31_000),
      seen(3, 2_000, 50_000, 500),
      seen(4, 3_000, null),
    ]);
    expect(client).toMatchObject({ answered: 2, wallMs: 31, medianMs: 10, p95Ms: 30 });
    expect(client.perSecond).toBeCloseTo(2_000 / 31);
  });

  it('has no figures where nothing was answered', () => {
    const none = { answered: 0, wallMs: 0, perSecond: 0, medianMs: null, p95Ms: null };
    expect(clientOf([])).toEqual({ requests: [], ...none });
    expect(clientOf([seen(1, 0, null)])).toMatchObject(none);
  });
});
