import { describe, expect, test } from 'vitest';
import type { ServedLab } from './catalogue.ts';
import type { LabResult } from './lab.ts';
import type { LabClaim, LabScenario } from './lesson-lab.ts';
import { chooseScenario, pairToShow, presentPerformance } from './present-performance.ts';
import type { LabProof, ProvenScenario, Spread } from './proof.ts';

const scenario = (id: string, against: string): LabScenario => ({
  ...{ id, against, title: `About ${id}`, says: 'It `awaits`.', program: `# ${id}`, view: 'view' },
  load: {
    ...{ server: 'asgi', workers: 1, threads: 4, requests: 20, atOnce: 20 },
    ...{ waitMs: 500, cpuMs: 0 },
  },
  knobs: ['requests', 'waitMs'],
});

const claim = (id: string, left: string, right: string | null): LabClaim => ({
  ...{ id, says: 'So it `is`.', holds: `${left}.open >= 2` },
  inequality: {
    left: { scenario: left, measure: 'open' },
    ...{ compared: '>=', factor: 2 },
    right: right === null ? null : { scenario: right, measure: 'open' },
  },
});

/** A number that stands nowhere but in what was measured. */
const secret = 7_654_321;
const spread: Spread = { least: secret, median: secret, most: secret };
const run = (letter: string) => letter.repeat(32);
const proven = (id: string, name: string | null): ProvenScenario => ({
  ...{ id, run: name, measured: { open: spread, 'wall-ms': spread } },
});

const machine = { processor: 'x', cores: 2, memoryBytes: 1, system: 'Linux 6.1' };
const proof = {
  ...{ status: 'proven', findings: [], contentVersion: 'v', rounds: 3, runs: 9, machine },
  scenarios: [proven('first', run('a')), proven('second', run('b')), proven('third', run('c'))],
  claims: [
    { id: 'both', verdict: 'holds', left: spread, right: spread },
    { id: 'other', verdict: 'holds', left: spread, right: null },
    { id: 'right', verdict: 'inconclusive', left: spread, right: spread },
  ],
  ...{ versions: { django: '5.2.19' }, provenAt: '2026-01-01T00:00:00.000Z' },
} satisfies LabProof as LabProof;

const served: ServedLab = {
  lab: {
    ...{ title: 'Twenty requests', intro: 'One `wait`.', contentVersion: 'v', file: 'lab.yaml' },
    scenarios: [
      scenario('first', 'second'),
      scenario('second', 'first'),
      scenario('third', 'first'),
    ],
    claims: [
      claim('both', 'first', 'second'),
      claim('other', 'third', null),
      claim('right', 'third', 'second'),
    ],
    places: {},
  },
  proof,
};

const result = (name: string) =>
  ({ stdout: name, client: { wallMs: secret } }) as unknown as LabResult;
const highlight = (source: string) => [[{ kind: 'text' as const, text: source, className: '' }]];

function present(id: string, guess = { open: 4, ms: null } as { open: number; ms: null } | null) {
  const chosen = chooseScenario(served, id);
  const kept = { chosen: result(chosen.id), against: result(chosen.against) };
  return presentPerformance(
    served,
    { chosen, guess },
    { pair: pairToShow(served, chosen)!, kept },
    highlight,
  );
}

describe('the scenarios of a lab', () => {
  test('are shown in their order, each with its program, its load and what can be changed of it', () => {
    const { scenarios, chosen, title, intro } = present('second');
    expect(scenarios.map(({ id }) => id)).toEqual(['first', 'second', 'third']);
    expect(scenarios[1]).toMatchObject({
      ...{ source: '# second', against: 'first', knobs: ['requests', 'waitMs'] },
      program: [[{ text: '# second' }]],
      says: [{ text: 'It ' }, { text: 'awaits', code: true }, { text: '.' }],
      load: { requests: 20, waitMs: 500 },
    });
    expect({ chosen, title }).toEqual({ chosen: 'second', title: 'Twenty requests' });
    expect(intro[1]).toEqual({ text: 'wait', code: true });
  });

  test.each([null, '', 'x', '__proto__'])('begin with the first where %j is asked for', (id) => {
    expect(chooseScenario(served, id).id).toBe('first');
  });

  test('say how often they were run, and on what', () => {
    expect(present('first').hallmark).toEqual({
      ran: '3 scenarios run 3 times each',
      ...{ versions: { django: '5.2.19' }, provenAt: '2026-01-01T00:00:00.000Z' },
    });
  });
});

describe('what was measured', () => {
  test('is not there before a guess: no number of it, no name of a run, no claim', () => {
    const chosen = chooseScenario(served, 'first');
    const view = presentPerformance(served, { chosen, guess: null }, null, highlight);
    expect(view.measured).toBeNull();
    const text = JSON.stringify(view);
    const { claims } = served.lab;
    const told = [secret, run('a'), run('b'), run('c'), claims[0]!.holds, 'inconclusive', '7654'];
    expect(told.filter((each) => text.includes(String(each)))).toEqual([]);
  });

  test('is a kept run of the chosen scenario, one of the other, and the spread of both', () => {
    const { measured, guess } = present('third');
    expect(guess).toEqual({ open: 4, ms: null });
    expect(measured).toMatchObject({
      chosen: {
        scenario: 'third',
        title: 'About third',
        run: run('c'),
        result: { stdout: 'third' },
      },
      against: { scenario: 'first', run: run('a'), measured: { 'wall-ms': spread } },
      ...{ machine, rounds: 3 },
    });
  });

  test('has the claims that the chosen scenario takes part in, on either side', () => {
    const idsOf = (id: string) => present(id).measured!.claims.map((each) => each.id);
    expect(idsOf('first')).toEqual(['both']);
    expect(idsOf('second')).toEqual(['both', 'right']);
    expect(idsOf('third')).toEqual(['other', 'right']);
  });

  test('says of a claim what is compared, and that it is inconclusive where it is', () => {
    expect(present('third').measured!.claims[1]).toEqual({
      ...{ id: 'right', verdict: 'inconclusive', holds: 'third.open >= 2' },
      ...{ left: spread, right: spread },
      says: [
        { text: 'So it ', code: false },
        { text: 'is', code: true },
        { text: '.', code: false },
      ],
      measure: { title: 'requests open in the view at once', unit: 'count' },
    });
  });

  test('cannot be shown where a run of either scenario, or the machine, is not known', () => {
    const without = (change: Partial<LabProof>) =>
      pairToShow({ ...served, proof: { ...proof, ...change } }, served.lab.scenarios[0]!);
    expect(without({})).not.toBeNull();
    const [first, second] = [proven('first', run('a')), proven('second', null)];
    expect(without({ scenarios: [first, second] })).toBeNull();
    expect(without({ scenarios: [first] })).toBeNull();
    expect(without({ machine: null })).toBeNull();
  });
});
