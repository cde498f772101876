import { expect, test } from 'vitest';
import type { RunResult } from '#lib/domain/run.ts';
import type { RunRequest, Sandbox } from '../sandbox/port.ts';
import { observe, runKey, type Asked, type Bench } from './observe.ts';

const limits = { wallMs: 1, cpuMs: 1, memoryBytes: 1, outputBytes: 1, diskBytes: 1, files: 1 };
const runtime = { name: 'django-5.2', versions: { django: '5.2' } };
const request: RunRequest = { runtime: 'django-5.2', program: 'p', drive: 'd', rows: 'r', seed: 1 };

/** A run that raised in a second file of the program. */
const raised: RunResult = {
  ...{ outcome: 'error', exit: 1, stdout: '', stderr: 'told', retryAfterSeconds: null },
  truncated: { stdout: false, stderr: false },
  error: {
    ...{ type: 'KeyError', message: 'tea', line: 2, place: 'load' },
    frames: [
      { file: 'program.py', line: 2, function: '<module>' },
      { file: 'prices.py', line: 1, function: 'of' },
    ],
  },
  usage: { wallMs: 1, cpuMs: 1, peakBytes: 1 },
  ...{ limits, runtime, observations: null },
};

/** A bench whose runs end as given, and what it was asked to run and to keep. */
function benchWith(result: RunResult) {
  const asked: RunRequest[] = [];
  const kept: unknown[] = [];
  const sandbox: Sandbox = {
    run: async (wanted) => {
      asked.push(wanted);
      return result;
    },
    judge: async () => ({ judgements: [], counts: {} }),
    state: async () => ({ ready: true, tier: 'full', problem: '', canaries: [] }),
    versions: async () => runtime.versions,
    close: async () => undefined,
  };
  const bench: Bench = {
    ...{ sandbox, runtime, harness: 'h', tier: 'full', limits: {}, failedRows: new Map() },
    keeper: { find: async () => null, keep: async (_, record) => void kept.push(record) },
  };
  return { bench, asked, kept };
}

const ask = (wanted: RunRequest): Asked => ({
  request: wanted,
  expectations: [],
  patient: false,
});

test('of an error the steps are not kept, and no part of the evidence', async () => {
  const { bench, kept } = benchWith(raised);
  const { evidence } = await observe(bench, ask(request));
  const error = { type: 'KeyError', message: 'tea', line: 2, place: 'load' };
  expect(evidence.error).toEqual(error);
  expect(kept).toEqual([
    { records: [{ outcome: 'error', error, stdout: '', observations: null }] },
  ]);
});

test('a run with apps, files or inputs has a record of its own', () => {
  const { bench } = benchWith(raised);
  const keys = [
    request,
    { ...request, apps: { 'library/models.py': 'm' } },
    { ...request, apps: { 'library/models.py': 'n' } },
    { ...request, apps: { 'shop/models.py': 'm' } },
    { ...request, files: { 'library/models.py': 'm' } },
    { ...request, inputs: [1] },
    { ...request, inputs: [2] },
  ].map((each) => runKey(bench, each));
  expect(new Set(keys).size).toBe(keys.length);
});

test('a run without any has the record that it had before there were apps', () => {
  const { bench } = benchWith(raised);
  const key = '24b0451faa688ea570e22949b516bd58431cdf03c56da9dfa0f977f4ea8ef0b1';
  expect(runKey(bench, request)).toBe(key);
  expect(runKey(bench, { ...request, apps: {}, files: {} })).toBe(key);
});

test('a fixture that failed is not made again in one proof, and another one is', async () => {
  const fault: RunResult = {
    ...raised,
    error: { type: 'FixtureRows', message: 'failed', line: null, place: 'load', frames: [] },
  };
  const { bench, asked } = benchWith(fault);
  const first = { ...request, apps: { 'library/models.py': 'm' } };
  const second = { ...request, apps: { 'library/models.py': 'n' } };
  await observe(bench, ask(first));
  await observe(bench, ask({ ...first, program: 'q' }));
  expect(asked).toHaveLength(1);
  await observe(bench, ask(second));
  expect(asked).toHaveLength(2);
});
