import { describe, expect, it } from 'vitest';
import type { RunListener } from '#lib/domain/heard-run.ts';
import type { FoundScenario } from '#lib/domain/lab-run.ts';
import type { LabResult } from '#lib/domain/lab.ts';
import type { LabAsker, LabRequest } from '../sandbox/lab-port.ts';
import { labRunLimits, runLabScenario, type ScenarioAsked } from './run-lab-scenario.ts';

const found = {
  lesson: {
    ...{ id: 'a/b/c', runtime: 'django-5.2' },
    ...{ rows: 'rows()', apps: { 'shop/models.py': 'models' } },
  },
  scenario: {
    ...{ id: 'waits', program: 'author', view: 'report', knobs: ['requests'] },
    load: {
      ...{ server: 'asgi', workers: 1, threads: 4, requests: 20, atOnce: 20 },
      ...{ waitMs: 500, cpuMs: 0 },
    },
  },
} as unknown as FoundScenario;

/** A lab whose run ends when the test says so. */
function bench(changes: Partial<ScenarioAsked> = {}) {
  const started: { request: LabRequest; asker: LabAsker }[] = [];
  const troubles: string[] = [];
  const ends = Promise.withResolvers<LabResult>();
  const listener = runLabScenario(
    {
      lab: {
        runLab: (request, asker = {}) => {
          started.push({ request, asker });
          return ends.promise;
        },
      },
      onTrouble: (problem) => troubles.push(problem),
    },
    { ...found, owner: 'ada', load: {}, program: null, maxWaitMs: 7, ...changes },
  );
  return { ...started[0]!, listener, troubles, ends };
}

const result = (change: Partial<LabResult> = {}) =>
  ({ outcome: 'finished', error: null, ...change }) as LabResult;

async function heardBy(listener: RunListener<LabResult>): Promise<unknown[]> {
  const heard: unknown[] = [];
  for (let event = await listener.next(); event; event = await listener.next()) heard.push(event);
  return heard;
}

describe('a lab run of a learner’s', () => {
  it('is the scenario’s: server, view, load, rows and apps of its lesson', () => {
    const { request, asker } = bench();
    expect(request).toEqual({
      ...{ runtime: 'django-5.2', program: 'author', serve: { '/': 'report' } },
      ...{ rows: 'rows()', apps: { 'shop/models.py': 'models' } },
      ...{ server: 'asgi', workers: 1, threads: 4, requests: 20, atOnce: 20 },
      ...{ waitMs: 500, cpuMs: 0, limits: labRunLimits },
    });
    expect(asker).toMatchObject({ owner: 'ada', maxWaitMs: 7 });
  });

  it('has the load and the program that were asked for in their place', () => {
    const { request } = bench({ load: { requests: 3 }, program: 'own' });
    expect(request).toMatchObject({ program: 'own', requests: 3, atOnce: 3, waitMs: 500 });
  });

  it('is heard from its place in the queue to its result', async () => {
    const { listener, asker, ends } = bench();
    asker.onPlace?.(1);
    const first = await listener.next();
    asker.onStarted?.();
    ends.resolve(result({ stdout: 'x' }));
    expect([first, ...(await heardBy(listener))]).toEqual([
      { kind: 'queued', ahead: 1 },
      { kind: 'started' },
      { kind: 'result', result: result({ stdout: 'x' }) },
    ]);
  });

  it('is cancelled when who asked for it leaves', () => {
    const { listener, asker } = bench();
    expect(asker.signal?.aborted).toBe(false);
    listener.leave();
    expect(asker.signal?.aborted).toBe(true);
  });

  it('tells the log what was wrong with the host, and the learner only that something was', async () => {
    const { listener, troubles, ends } = bench();
    const error = { type: 'Sandbox', message: 'no /srv/secret/path', line: null };
    const failure = { ...error, place: 'load' as const, frames: [] };
    ends.resolve(result({ outcome: 'infrastructure', error: failure }));
    expect(JSON.stringify(await heardBy(listener))).not.toContain('/srv/secret/path');
    expect(troubles).toEqual(['no /srv/secret/path']);
  });

  it('passes on what the lab throws, which it never should', async () => {
    const { listener, troubles, ends } = bench();
    ends.reject(new Error('broken'));
    await expect(listener.next()).rejects.toThrow('broken');
    expect(troubles).toEqual(['Error: broken']);
  });
});
