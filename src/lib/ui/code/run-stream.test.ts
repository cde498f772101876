import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askForRun, serverEvents, type RunNews } from './run-stream.ts';

const encoder = new TextEncoder();

/** A body that comes in pieces, cut at these offsets of its bytes. */
function bodyOf(text: string, cuts: number[] = []): ReadableStream<Uint8Array> {
  const bytes = encoder.encode(text);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return new ReadableStream({
    start(controller) {
      let from = 0;
      for (const to of ends) {
        if (to > from) controller.enqueue(bytes.slice(from, to));
        from = to;
      }
      controller.close();
    },
  });
}

const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

describe('server-sent events', () => {
  it('are read whole, wherever the connection cuts them, comments left out', async () => {
    const text = `: waiting\n\n${event('output', { text: 'é😀\n\ndata: x' })}: waiting\n\n${event('result', 1)}`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 8 }), async (cuts) => {
        const events = await Array.fromAsync(serverEvents(bodyOf(text, cuts)));
        expect(events.map(({ name, data }) => [name, JSON.parse(data)])).toEqual([
          ['output', { text: 'é😀\n\ndata: x' }],
          ['result', 1],
        ]);
      }),
    );
  });

  it('may have no name, several lines of data and other line ends; half of one is none', async () => {
    const text = 'data: a\r\ndata:b\r\n\r\nid: 1\n\nevent: half\ndata: c';
    expect(await Array.fromAsync(serverEvents(bodyOf(text)))).toEqual([
      { name: 'message', data: 'a\nb' },
    ]);
  });

  it('let the connection go when who listens has heard enough', async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(event('a', 1))),
      cancel: () => void (isCancelled = true),
    });
    for await (const { name } of serverEvents(body)) if (name === 'a') break;
    expect(isCancelled).toBe(true);
  });
});

describe('a run that is asked for', () => {
  afterEach(() => vi.unstubAllGlobals());

  const of = { lesson: 'a/b/c', exercise: 'ex_1' };
  async function newsOf(response: Response): Promise<RunNews[]> {
    vi.stubGlobal('fetch', () => Promise.resolve(response));
    const asked = askForRun({ of, program: '', files: {} }, new AbortController().signal);
    return Array.fromAsync(asked);
  }
  const streamed = (text: string) =>
    new Response(bodyOf(text), { headers: { 'content-type': 'text/event-stream' } });

  it('is heard from its place in the queue to its result, and no further', async () => {
    const result = { outcome: 'finished' };
    const news = await newsOf(
      streamed(
        event('queued', { ahead: 2 }) +
          event('started', {}) +
          event('output', { stream: 'stdout', text: 'a' }) +
          event('of-later-days', {}) +
          event('result', result) +
          event('output', { stream: 'stdout', text: 'b' }),
      ),
    );
    expect(news).toEqual([
      { kind: 'queued', ahead: 2 },
      { kind: 'started' },
      { kind: 'output', stream: 'stdout', text: 'a' },
      { kind: 'result', result },
    ]);
  });

  it('is refused when its stream ends with what the host did not do', async () => {
    const result = { outcome: 'busy', error: { message: 'Too many.' }, retryAfterSeconds: 4 };
    expect(await newsOf(streamed(event('result', result)))).toEqual([
      { kind: 'refused', says: 'Too many.' },
    ]);
  });

  it.each<[string, Response, RunNews]>([
    [
      'busy',
      Response.json({ detail: 'Wait.' }, { status: 503 }),
      { kind: 'refused', says: 'Wait.' },
    ],
    [
      'too large',
      Response.json({ detail: 'Send less.' }, { status: 413 }),
      { kind: 'refused', says: 'Send less.' },
    ],
    [
      "a proxy's own page",
      new Response('<h1>Bad gateway</h1>', { status: 502 }),
      {
        kind: 'refused',
        says: expect.stringContaining('Run it again') as string,
      },
    ],
  ])('is refused with the reason when the site is %s', async (_, response, news) => {
    expect(await newsOf(response)).toEqual([news]);
  });
});
