import { describe, expect, it } from 'vitest';
import type { RecordedStep } from '#lib/domain/recording.ts';
import { AnswerError } from './answer-form.ts';
import { readRecording } from './read-recording.ts';

const steps: RecordedStep[] = [
  { kind: 'call', at: 0, thread: 0, task: 0, frame: 0, line: 1, changed: [['a', '1']] },
  {
    kind: 'await',
    at: 5,
    thread: 0,
    task: 0,
    frame: 0,
    line: 2,
    tasks: [1],
    changed: [['a', null]],
  },
  { kind: 'idle', at: 5, thread: 0, until: 90 },
  { kind: 'hop-begin', at: 7, thread: 1, hop: 0, request: 1 },
];
const recording = {
  version: 1,
  files: ['program.py'],
  threads: ['loop', 'worker-1'],
  tasks: [
    { name: 'main', request: 0 },
    { name: 'child', request: 1 },
  ],
  frames: [
    { function: 'main', file: 0, parent: null },
    { function: 'child', file: 0, parent: 0 },
  ],
  steps,
  cut: null,
  micros: 100,
};
const stepLike = (more: object) => ({ ...recording, steps: [{ ...steps[0], ...more }] });

describe('readRecording', () => {
  it('takes what has the right form, and leaves it as it is', () => {
    expect(readRecording(recording)).toEqual(recording);
    expect(readRecording({ ...recording, cut: 'tracing', steps: [] }).cut).toBe('tracing');
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['another version', { ...recording, version: 2 }],
    ['a cut of another kind', { ...recording, cut: 'time' }],
    ['a length that is no number', { ...recording, micros: '100' }],
    ['files without names', { ...recording, files: [1] }],
    ['a task without a request', { ...recording, tasks: [{ name: 'main' }] }],
    ['a frame of no file', { ...recording, frames: [{ function: 'a', file: 1, parent: null }] }],
    [
      'a frame that calls itself',
      { ...recording, frames: [{ function: 'a', file: 0, parent: 0 }] },
    ],
    ['too many steps', { ...recording, steps: Array(5001).fill(steps[0]) }],
    ['steps that go back in time', { ...recording, steps: steps.toReversed() }],
    ['a step after the end', stepLike({ at: 101 })],
    ['a rest that ends before it begins', stepLike({ kind: 'idle', at: 9, until: 8 })],
    ['a kind that there is not', stepLike({ kind: 'leap' })],
    ['a thread that there is not', stepLike({ thread: 2 })],
    ['a task that there is not', stepLike({ task: 2 })],
    ['a frame that there is not', stepLike({ frame: 2 })],
    ['a task waited for that there is not', stepLike({ tasks: [0, 2] })],
    ['line 0', stepLike({ line: 0 })],
    ['half a change', stepLike({ changed: [['a']] })],
    ['a text that is none', stepLike({ text: 1 })],
    ['a part that no step has', stepLike({ constructor: 'x' })],
  ])('refuses %s', (_, wrong) => {
    expect(() => readRecording(wrong)).toThrow(AnswerError);
  });
});
