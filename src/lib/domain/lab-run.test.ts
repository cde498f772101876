import { describe, expect, it } from 'vitest';
import type { ServedCatalogue } from './catalogue.ts';
import { findScenario, loadProblems, loadWith, mostLoadMs } from './lab-run.ts';
import type { LabKnob, LabScenario } from './lesson-lab.ts';

function scenario(knobs: LabKnob[], load: Partial<LabScenario['load']> = {}): LabScenario {
  return {
    ...{ id: 'waits', title: '', says: '', program: '', view: 'view', against: '', knobs },
    load: {
      ...{ server: 'wsgi', workers: 1, threads: 4, requests: 20, atOnce: 20 },
      ...{ waitMs: 500, cpuMs: 100, ...load },
    },
  };
}

const all: LabKnob[] = ['requests', 'waitMs', 'cpuMs', 'workers', 'threads'];
const pathsOf = (problems: ReturnType<typeof loadProblems>) => problems.map(({ knob }) => knob);

describe('a scenario that is asked for', () => {
  const catalogue = {
    lessons: [
      { lesson: { id: 'a/b/c' }, lab: { lab: { scenarios: [scenario([])] } } },
      // It has one, and it is held back.
      { lesson: { id: 'a/b/held', lab: { scenarios: [scenario([])] } }, lab: null },
    ],
  } as unknown as ServedCatalogue;

  it('is found in what is served, with its lesson', () => {
    const found = findScenario(catalogue, { lesson: 'a/b/c', scenario: 'waits' });
    expect(found).toMatchObject({ lesson: { id: 'a/b/c' }, scenario: { id: 'waits' } });
  });

  it.each([
    ['a/b/x', 'waits', 'lesson'],
    ['a/b/held', 'waits', 'lesson'],
    ['a/b/c', 'x', 'scenario'],
    ['a/b/c', '__proto__', 'scenario'],
  ])('is not there: %s %s', (lesson, name, unknown) => {
    expect(findScenario(catalogue, { lesson, scenario: name })).toEqual({ unknown });
  });
});

describe('a changed load', () => {
  it('is the author’s but for the numbers that are given, with all requests open at a time', () => {
    expect(loadWith(scenario(all), { requests: 7, waitMs: undefined })).toEqual({
      ...{ server: 'wsgi', workers: 1, threads: 4, requests: 7, atOnce: 7 },
      ...{ waitMs: 500, cpuMs: 100 },
    });
    expect(loadWith(scenario(all), {})).toEqual(scenario(all).load);
  });

  it('names every number that is out of bounds, or that the scenario does not let one change', () => {
    const problems = loadProblems(scenario(['requests', 'waitMs']), {
      ...{ requests: 0, waitMs: 10_001, threads: 8, workers: 1 },
    });
    expect(problems).toEqual([
      { knob: 'requests', expected: 'a whole number from 1 to 200', found: '0' },
      { knob: 'waitMs', expected: 'a whole number from 0 to 10000', found: '10001' },
      {
        ...{ knob: 'threads', found: '8' },
        expected: 'nothing: in this scenario only requests, waitMs can be changed',
      },
    ]);
  });

  it('may repeat a number of the author’s that cannot be changed', () => {
    expect(loadProblems(scenario(['requests']), { requests: 5, threads: 4, waitMs: 500 })).toEqual(
      [],
    );
  });

  it.each([1.5, NaN, Infinity])('may not be %j', (requests) => {
    expect(pathsOf(loadProblems(scenario(all), { requests }))).toEqual(['requests']);
  });

  it('may take as long as there is, and no longer: threads wait in turns', () => {
    const waits = scenario(['requests', 'waitMs', 'threads', 'workers'], { threads: 2 });
    const perTurn = mostLoadMs / 5;
    const longest = { requests: 10, waitMs: perTurn };
    expect(loadProblems(waits, longest)).toEqual([]);
    const [problem] = loadProblems(waits, { ...longest, requests: 11 });
    expect(problem).toEqual({
      ...{ knob: null, found: `at least ${6 * perTurn} ms` },
      expected: `a load that can end within ${mostLoadMs} ms: the wait, once for each turn of the threads`,
    });
    expect(loadProblems(waits, { ...longest, requests: 20, threads: 4 })).toEqual([]);
    expect(loadProblems(waits, { ...longest, requests: 20, workers: 2 })).toEqual([]);
  });

  it('waits once where an event loop serves, however many requests there are', () => {
    const waits = scenario(['requests', 'waitMs'], { server: 'asgi' });
    expect(loadProblems(waits, { requests: 200, waitMs: 10_000 })).toEqual([]);
  });

  it('takes the processor time of each of its requests', () => {
    const computes = scenario(['requests', 'cpuMs'], { server: 'asgi', waitMs: 10_000 });
    expect(loadProblems(computes, { requests: 3, cpuMs: 5_000 })).toEqual([]);
    const [problem] = loadProblems(computes, { requests: 4, cpuMs: 5_000 });
    expect(problem).toMatchObject({ knob: null, found: 'at least 20000 ms' });
    expect(problem!.expected).toContain('the processor time of all requests together');
  });

  it('that is the author’s own was measured, however long it takes', () => {
    const long = scenario(all, { requests: 40, waitMs: 2_000, threads: 1, cpuMs: 0 });
    expect(loadProblems(long, {})).toEqual([]);
    expect(loadProblems(long, { requests: 40, threads: 1 })).toEqual([]);
    expect(pathsOf(loadProblems(long, { requests: 39 }))).toEqual([null]);
  });
});
