import { describe, expect, it } from 'vitest';
import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import { readLabRun } from './lab-run-request.server.ts';

const scenario = {
  ...{ id: 'waits', knobs: ['requests', 'waitMs'] },
  load: {
    ...{ server: 'asgi', workers: 1, threads: 4, requests: 20, atOnce: 20 },
    ...{ waitMs: 500, cpuMs: 0 },
  },
};
const catalogue = {
  lessons: [{ lesson: { id: 'a/b/c' }, lab: { lab: { scenarios: [scenario] } } }],
} as unknown as ServedCatalogue;

const named = { lesson: 'a/b/c', scenario: 'waits' };

function refusalOf(body: unknown) {
  const read = readLabRun(catalogue, body);
  if (read.ok) throw new Error('it was read');
  const { type, problems = [] } = read.refusal;
  return { type, paths: problems.map(({ path }) => path) };
}

describe('a request for a lab run', () => {
  it.each([
    [named, {}, null],
    [{ ...named, load: {}, program: '' }, {}, ''],
    [
      { ...named, load: { requests: 3, waitMs: 0 }, program: 'x = 1' },
      { requests: 3, waitMs: 0 },
      'x = 1',
    ],
  ])('is read: %j', (body, load, program) => {
    expect(readLabRun(catalogue, body)).toEqual({
      ok: true,
      asked: { lesson: { id: 'a/b/c' }, scenario, load, program },
    });
  });

  it.each([[null], [[]], ['x'], [3]])('is no object: %j', (body) => {
    expect(refusalOf(body)).toEqual({ type: 'bad-request', paths: [''] });
  });

  it('that is malformed is told all that is wrong, of the scenario’s rules as well', () => {
    const body = {
      ...{ ...named, server: 'wsgi', program: 3 },
      load: { requests: 'x', waitMs: 10_001, threads: 8, atOnce: 2 },
    };
    const { type, paths } = refusalOf(body);
    expect(type).toBe('bad-request');
    expect(paths.toSorted()).toEqual([
      ...['/load/atOnce', '/load/requests', '/load/threads', '/load/waitMs'],
      ...['/program', '/server'],
    ]);
    expect(refusalOf({ ...named, scenario: 'x', program: 3 }).paths).toEqual([
      '/program',
      '/scenario',
    ]);
  });

  it('of what is not served here is told which part names nothing', () => {
    expect(refusalOf({ ...named, lesson: 'a/b/x' })).toEqual({
      type: 'no-scenario',
      paths: ['/lesson'],
    });
    expect(refusalOf({ ...named, scenario: 'constructor' })).toEqual({
      type: 'no-scenario',
      paths: ['/scenario'],
    });
  });

  it('with a load that is none for the scenario is told each number', () => {
    expect(refusalOf({ ...named, load: { threads: 8, workers: 2, requests: 5 } })).toEqual({
      type: 'unfit-load',
      paths: ['/load/workers', '/load/threads'],
    });
  });

  it('has no names that JavaScript reads in its own way', () => {
    const body = JSON.parse(
      '{"lesson":"a/b/c","scenario":"waits","__proto__":{},"load":{"__proto__":1}}',
    ) as unknown;
    const { type, paths } = refusalOf(body);
    expect(type).toBe('bad-request');
    expect(paths.toSorted()).toEqual(['/__proto__', '/load/__proto__']);
  });
});
