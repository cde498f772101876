/** Lab runs that learners ask for: real servers under load, one at a time. */
import { afterAll, describe, expect, it } from 'vitest';
import type { LabResult } from '#lib/domain/lab.ts';
import { mostLoadMs } from '#lib/domain/lab-run.ts';
import { labRunLimits } from '#lib/server/use-cases/run-lab-scenario.ts';
import { clearDisk } from '../proof/lesson-on-disk.ts';
import { labContent, labLesson } from './lab-content.ts';
import { allOf, newLearner, RunCaller, type Answer, type HeardEvent } from './run-caller.ts';
import { servedSite } from './served-site.ts';

const content = await labContent();
const served = servedSite({ ASSAY_CONTENT: content });
afterAll(() => clearDisk());

const path = '/api/lab-runs';
const asLearner = (cookie?: string | null) => new RunCaller(served.site.url, cookie, path);
const awaits = { lesson: labLesson, scenario: 'async-waits' };
const threads = { ...awaits, scenario: 'sync-waits' };
/** The least that there is to measure. */
const quick = { ...awaits, load: { requests: 1, waitMs: 0 } };
/** Ended by its limit alone. */
const endless = {
  ...quick,
  program: 'import time\n\ndef report(request):\n    while True: time.sleep(0.01)\n',
};

const pathsOf = ({ body }: Answer) =>
  (body['problems'] as { path: string }[]).map((each) => each.path);
const resultOf = ({ status, body }: Answer) => {
  expect(status).toBe(200);
  return body as unknown as LabResult;
};

/** A run that has got the lab, until it is ended. */
async function holdTheLab(caller = asLearner()) {
  const gone = new AbortController();
  const events = caller.stream(endless, gone.signal);
  let event = await events.next();
  while (!event.done && event.value.kind === 'queued') event = await events.next();
  expect(event.value).toMatchObject({ kind: 'started' });
  return () => gone.abort();
}

/** A stream of which the place in the queue was heard. */
async function waitInLine(caller: RunCaller, signal: AbortSignal) {
  const events = caller.stream(quick, signal);
  const first = await events.next();
  return { events, first: first.value as HeardEvent };
}

describe('a scenario', () => {
  it('is put under load as its author wrote it', async () => {
    const answer = await asLearner().run(awaits);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { client, upstream, loop, limits, outcome, spans } = resultOf(answer);
    expect({ outcome, answered: client.answered, limits }).toEqual({
      ...{ outcome: 'finished', answered: 4, limits: labRunLimits },
    });
    expect(upstream).toMatchObject({ count: 4, maxOpen: 4 });
    expect(loop!.ticks).toBeGreaterThan(0);
    expect(spans.map(({ thread }) => thread)).toEqual(Array(4).fill('loop'));
  });

  it('has the load that was asked for, and its own numbers for what was not', async () => {
    const load = { waitMs: 300, threads: 2 };
    const { client, upstream, loop } = resultOf(await asLearner().run({ ...threads, load }));
    expect(client.requests).toHaveLength(4);
    expect(upstream).toMatchObject({ count: 4, maxOpen: 2 });
    expect(loop).toBeNull();
  });

  it('is run with a program of the learner’s own, on the rows of its lesson', async () => {
    const program = [
      'from django.contrib.auth.models import User',
      'from django.http import HttpResponse',
      '',
      'async def report(request):',
      '    print(await User.objects.acount(), "row")',
      '    return HttpResponse()',
    ].join('\n');
    const result = resultOf(await asLearner(null).run({ ...quick, program }));
    expect(result).toMatchObject({
      outcome: 'finished',
      stdout: '1 row\n',
      upstream: { count: 0 },
    });
  });

  it('of a program that does not work is told so as of any run', async () => {
    const program = 'import nothing_of_that_name\n';
    const { outcome, error, client } = resultOf(await asLearner().run({ ...quick, program }));
    expect({ outcome, type: error?.type, line: error?.line }).toEqual({
      ...{ outcome: 'error', type: 'ModuleNotFoundError', line: 1 },
    });
    expect(client.answered).toBe(0);
  });
});

describe('a stream', () => {
  it('tells that the run has begun, and its result', async () => {
    const events = await allOf(asLearner().stream(quick));
    const kinds = events.map(({ kind }) => kind).filter((kind) => kind !== 'queued');
    expect(kinds).toEqual(['started', 'result']);
    expect(events.at(-1)!.data).toMatchObject({ outcome: 'finished' });
    expect(events.at(-1)!.data).not.toHaveProperty('id');
  });

  it('tells the place in the queue, and again when it changes', async () => {
    const release = await holdTheLab();
    const gone = new AbortController();
    const first = await waitInLine(asLearner(), gone.signal);
    const second = await waitInLine(asLearner(), gone.signal);
    expect([first.first, second.first]).toEqual([
      { kind: 'queued', data: { ahead: 0 } },
      { kind: 'queued', data: { ahead: 1 } },
    ]);
    release();
    const heard = await allOf(second.events);
    expect(heard.map(({ kind, data }) => data['ahead'] ?? kind)).toEqual([0, 'started', 'result']);
    expect((await allOf(first.events)).at(-1)!.data).toMatchObject({ outcome: 'finished' });
  });
});

describe('who goes away', () => {
  it('gives the lab, and the place in the queue, to those who stay', async () => {
    const release = await holdTheLab();
    const gone = new AbortController();
    const left = [1, 2, 3].map(() => asLearner().run(endless, gone.signal));
    const stays = asLearner().stream(quick);
    expect(await stays.next()).toMatchObject({ value: { kind: 'queued', data: { ahead: 3 } } });
    gone.abort();
    release();
    for (const each of await Promise.allSettled(left)) expect(each.status).toBe('rejected');
    expect((await allOf(stays)).at(-1)!.data).toMatchObject({ outcome: 'finished' });
    // Had any of the four run on, they would have held the lab longer than one who asks without a stream waits.
    expect((await asLearner().run(quick)).status).toBe(200);
  });
});

describe('when many ask', () => {
  it('a learner has two runs waiting at most, and others are not kept out by them', async () => {
    const cookie = newLearner();
    const release = await holdTheLab(asLearner(cookie));
    const gone = new AbortController();
    const own = [
      await waitInLine(asLearner(cookie), gone.signal),
      await waitInLine(asLearner(cookie), gone.signal),
    ];
    const refused = await asLearner(cookie).run(quick);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    await expect(allOf(asLearner(cookie).stream(quick))).rejects.toThrow('no stream but 429');
    const other = await waitInLine(asLearner(), gone.signal);
    // Places go round: the newcomer is before the second one of the other.
    expect(other.first.data['ahead']).toBe(1);
    gone.abort();
    release();
    for (const { events } of [...own, other]) await events.next().catch(() => undefined);
    expect((await asLearner(cookie).run(quick)).status).toBe(200);
  });

  it('a queue of sixteen is full, and that is the site’s own trouble', async () => {
    const release = await holdTheLab();
    const gone = new AbortController();
    const learners = Array.from({ length: 8 }, () => asLearner());
    const waiting = await Promise.all(
      [...learners, ...learners].map((learner) => waitInLine(learner, gone.signal)),
    );
    expect(new Set(waiting.map(({ first }) => first.kind))).toEqual(new Set(['queued']));
    const refused = await asLearner().run(quick);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    gone.abort();
    release();
    for (const { events } of waiting) await events.next().catch(() => undefined);
  });
});

describe('what cannot be run is refused', () => {
  it('with all that is wrong at once', async () => {
    const load = { requests: 0, waitMs: 10_001, threads: 8, atOnce: 1 };
    const answer = await asLearner().run({ ...awaits, load, program: 1, server: 'wsgi' });
    expect(answer.status).toBe(400);
    expect(pathsOf(answer).toSorted()).toEqual([
      ...['/load/atOnce', '/load/requests', '/load/threads', '/load/waitMs'],
      ...['/program', '/server'],
    ]);
  });

  it.each([
    ['no JSON', '{"lesson": '],
    ['no object', '[]'],
    ['nothing', ''],
  ])('%s', async (_, body) => {
    const answer = await asLearner().send(body);
    expect(answer.status).toBe(400);
    expect(pathsOf(answer)).toEqual(['']);
  });

  it.each([
    [{ ...awaits, lesson: 'web/async/none' }, '/lesson'],
    [{ ...awaits, scenario: 'none' }, '/scenario'],
    [{ ...awaits, scenario: '__proto__' }, '/scenario'],
  ])('what no lesson here has: %j', async (request, at) => {
    const answer = await asLearner().run(request);
    expect(answer.status).toBe(404);
    expect(pathsOf(answer)).toEqual([at]);
  });

  it('a number that the scenario does not let one change', async () => {
    const answer = await asLearner().run({ ...awaits, load: { threads: 8, workers: 2, cpuMs: 0 } });
    expect(answer.status).toBe(422);
    expect(pathsOf(answer)).toEqual(['/load/workers', '/load/threads']);
  });

  it('a load that would hold the lab too long', async () => {
    const load = { requests: 200, waitMs: mostLoadMs / 10, threads: 4 };
    const answer = await asLearner().run({ ...threads, load });
    expect(answer.status).toBe(422);
    expect(answer.body['problems']).toMatchObject([{ path: '/load', found: 'at least 75000 ms' }]);
  });

  it('more than fits', async () => {
    const program = '#'.repeat(256 * 1024);
    expect((await asLearner().run({ ...awaits, program })).status).toBe(413);
  });

  it('what a page could send without asking the site first, and another site’s page', async () => {
    const body = JSON.stringify(quick);
    const { origin } = new URL(served.site.url);
    const asText = { 'content-type': 'text/plain', origin };
    expect((await asLearner().send(body, asText)).status).toBe(415);
    for (const other of ['https://elsewhere.example', 'null']) {
      expect((await asLearner().send(body, { origin: other })).status).toBe(403);
    }
  });

  it('and says nothing of the host, and gives no cookie', async () => {
    const answer = await asLearner(null).run({ ...awaits, program: 1 });
    expect(answer.text).not.toMatch(/\/work|\/home|\/root|node_modules|\.ts\b/);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe('the description', () => {
  it('fits its own examples', async () => {
    const caller = asLearner();
    const post = (await caller.description()).paths[path]!['post'] as unknown as {
      requestBody: { content: Record<string, { example: unknown }> };
      responses: Record<string, { content: Record<string, { example: unknown }> }>;
    };
    const request = post.requestBody.content['application/json']!.example;
    (await caller.schema('LabRunRequest')).parse(request);
    const result = post.responses['200']!.content['application/json']!.example;
    expect((await caller.schema('LabResult')).parse(result)).toMatchObject({ outcome: 'finished' });
  });
});
