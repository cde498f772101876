/** A lesson that shows a recorded program and nothing else, for tests that read or prove it. */
import type { RecordedStep, Recording } from '../../src/lib/domain/recording.ts';
import { edit, goodFiles, lessonPath } from './lesson-on-disk.ts';

export const visualizePath = `${lessonPath}/visualize.yaml`;
export const programPath = `${lessonPath}/programs/double.py`;

const program = `def double(number):
    i = number * 2
    return i


print(double(3))
`;

export const visualize = `title: A small program
program: programs/double.py
intro: It doubles a number.
moments:
  - at: { kind: call, function: double }
    title: It begins
    says: The number is there.
  - at: { kind: return, function: double }
    title: It ends
    says: The double is given back.
  - at: { kind: print }
    title: It prints
    says: The double is seen.
quiz:
  - ask: At which step is \`i\` there?
    key: { step: { kind: line, function: double, nth: 2 } }
    wrong:
      - step: { kind: call, function: double }
        why: There it begins.
      - step: { kind: line, function: double }
        why: There it goes on.
    why: There it is read.
  - ask: What is \`i\` at the end?
    key: { value: i, at: { kind: return, function: double } }
    wrong:
      - text: "3"
        why: That is the number.
      - text: "5"
        why: That is nothing.
    why: Twice three.
  - ask: On which thread?
    key: { thread: { kind: print } }
    wrong:
      - text: loop
        why: There is none.
      - count: { kind: line, function: double }
        why: That is a number.
    why: It is a script.
`;

/** A catalogue in which nothing is wrong. */
export function visualizeFiles(): Record<string, string> {
  const files = Object.fromEntries(
    Object.entries(goodFiles()).filter(([path]) => !path.includes('/exercises/')),
  );
  const lesson = files[`${lessonPath}/lesson.yaml`]!;
  return {
    ...files,
    [`${lessonPath}/lesson.yaml`]: edit(lesson, '  try: 5\n', '  visualize: 10\n'),
    [visualizePath]: visualize,
    [programPath]: program,
  };
}

const steps: RecordedStep[] = [
  { kind: 'call', at: 0, thread: 0, frame: 0, line: 1 },
  { kind: 'call', at: 1, thread: 0, frame: 1, line: 1, changed: [['number', '3']] },
  { kind: 'line', at: 2, thread: 0, frame: 1, line: 2 },
  { kind: 'line', at: 3, thread: 0, frame: 1, line: 3, changed: [['i', '6']] },
  { kind: 'return', at: 4, thread: 0, frame: 1, line: 3, text: '6' },
  { kind: 'print', at: 5, thread: 0, text: '6\n' },
  { kind: 'return', at: 6, thread: 0, frame: 0, line: 6, text: 'None' },
];

/** What a run of the program leaves behind; `change` makes it another run. */
export function recordingOf(change: Partial<Recording> = {}): Recording {
  return {
    ...{ version: 1, files: ['program.py'], threads: ['main'], tasks: [] },
    frames: [
      { function: '<module>', file: 0, parent: null },
      { function: 'double', file: 0, parent: 0 },
    ],
    ...{ steps, cut: null, micros: 10 },
    ...change,
  };
}
