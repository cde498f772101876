/** Names for what a learner chooses or puts in order. Digests, so that a name tells nothing of its rightness. */
import { createHash } from 'node:crypto';
import { visibleOutput } from '#lib/domain/outputs.ts';

function idOf(...parts: (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/** Names an output of an exercise: 12 hexadecimal digits, the same for outputs that look the same. */
export function outputId(uid: string, output: string): string {
  return idOf('output', uid, visibleOutput(output));
}

/**
 * Names each line of an exercise: 12 hexadecimal digits.
 * @param texts - All of them, in a fixed order: equal ones are told apart by it.
 */
export function lineIds(uid: string, texts: readonly string[]): string[] {
  return texts.map((text, index) => {
    const before = texts.slice(0, index).filter((each) => each === text).length;
    return idOf('line', uid, text, before);
  });
}
