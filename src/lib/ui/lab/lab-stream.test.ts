import { afterEach, expect, test, vi } from 'vitest';
import { askForLabRun, type LabNews } from './lab-stream.ts';

const body = { lesson: 'a/b/c', scenario: 'waits', load: { requests: 3 }, program: 'x = 1\n' };

afterEach(() => void vi.unstubAllGlobals());

/** Answers what is asked with this, and keeps what was asked. */
function answering(response: Response): { sent: () => unknown } {
  const asked = vi.fn<typeof fetch>().mockResolvedValue(response);
  vi.stubGlobal('fetch', asked);
  return { sent: () => JSON.parse(asked.mock.calls[0]?.[1]?.body as string) as unknown };
}

async function heard(): Promise<LabNews[]> {
  const news: LabNews[] = [];
  for await (const each of askForLabRun(body, new AbortController().signal)) news.push(each);
  return news;
}

const stream = (...events: [string, unknown][]) =>
  new Response(
    events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join(''),
    { headers: { 'content-type': 'text/event-stream' } },
  );

test('the place in the queue, the start and the result are heard in turn', async () => {
  const result = { outcome: 'finished', client: { answered: 3 } };
  const { sent } = answering(
    stream(['queued', { ahead: 2 }], ['started', {}], ['later', {}], ['result', result]),
  );
  expect(await heard()).toEqual([
    { kind: 'queued', ahead: 2 },
    { kind: 'started' },
    { kind: 'result', result },
  ]);
  expect(sent()).toEqual(body);
});

test('a load that cannot be put on a scenario is refused with what is wrong with it', async () => {
  const problems = [{ path: '/load', expected: 'a load that can end', found: 'at least 50000 ms' }];
  answering(Response.json({ detail: 'Nothing was run.', problems }, { status: 422 }));
  expect(await heard()).toEqual([
    {
      kind: 'refused',
      says: 'Nothing was run. Expected a load that can end; found at least 50000 ms.',
    },
  ]);
});

test('a run that the host did not make is refused, too, and it is told when to try again', async () => {
  answering(stream(['result', { outcome: 'busy', error: null, retryAfterSeconds: 4 }]));
  expect(await heard()).toEqual([
    { kind: 'refused', says: expect.stringContaining('Try it again in 4 s.') as string },
  ]);
});

test('what is no answer of the site is refused in a sentence', async () => {
  answering(new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }));
  expect(await heard()).toEqual([
    { kind: 'refused', says: expect.stringMatching(/not run/) as string },
  ]);
});
