import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent, RunListener } from '#lib/domain/heard-run.ts';
import { eventText, runStream } from './event-stream.server.ts';

/** A listener to whom the test tells what happens. */
function toldListener() {
  const waiting: ((event: RunEvent<object> | null) => void)[] = [];
  const told = { left: 0, fail: (_: Error): void => undefined };
  const listener: RunListener<object> = {
    next: () =>
      new Promise((resolve, reject) => {
        waiting.push(resolve);
        told.fail = reject;
      }),
    leave: () => {
      told.left += 1;
    },
  };
  return { listener, told, tell: (event: RunEvent<object> | null) => waiting.shift()?.(event) };
}

const decoder = new TextDecoder();
const started: RunEvent<object> = { kind: 'started' };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | null> {
  const { done, value } = await reader.read();
  return done ? null : decoder.decode(value);
}

describe('a stream of a run', () => {
  it('tells one event after another and ends after the last', async () => {
    const { listener, tell } = toldListener();
    const reader = runStream(started, listener).getReader();
    expect(await read(reader)).toBe('event: started\ndata: {}\n\n');
    tell({ kind: 'output', stream: 'stdout', text: 'a\n\nevent: result\r\n' });
    expect(await read(reader)).toBe(
      'event: output\ndata: {"stream":"stdout","text":"a\\n\\nevent: result\\r\\n"}\n\n',
    );
    tell(null);
    expect(await read(reader)).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says a comment every fifteen seconds in which nothing happens', async () => {
    const { listener, tell } = toldListener();
    const reader = runStream(started, listener).getReader();
    await read(reader);
    for (const _ of [1, 2, 3]) {
      const next = read(reader);
      vi.advanceTimersByTime(15_000);
      expect(await next).toMatch(/^:.*\n\n$/);
    }
    const next = read(reader);
    tell({ kind: 'queued', ahead: 2 });
    expect(await next).toBe('event: queued\ndata: {"ahead":2}\n\n');
  });

  it('gathers no comments for a reader who does not read', async () => {
    const { listener, tell } = toldListener();
    const reader = runStream(started, listener).getReader();
    vi.advanceTimersByTime(15_000 * 1_000);
    await read(reader);
    tell(null);
    const rest: string[] = [];
    for (let text = await read(reader); text !== null; text = await read(reader)) rest.push(text);
    expect(rest.length).toBeLessThanOrEqual(1);
  });

  it('leaves the run when its reader goes away, and says nothing more', async () => {
    const { listener, told } = toldListener();
    const stream = runStream(started, listener);
    await stream.cancel();
    expect(told.left).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is cut off when the run cannot be heard to its end', async () => {
    const { listener, told } = toldListener();
    const reader = runStream(started, listener).getReader();
    await read(reader);
    const next = reader.read();
    told.fail(new Error('broken'));
    await expect(next).rejects.toThrow('broken');
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('an event is one line of data, whatever it holds', () => {
  const text = eventText({ kind: 'output', stream: 'stderr', text: '\n\r\u2028\u0000' });
  expect(text.split('\n')).toHaveLength(4);
  expect(text).not.toContain('\r');
});
