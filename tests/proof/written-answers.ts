/** Reads the answers in `answers`, which people wrote to our exercises. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerOf } from '../../src/lib/domain/code-answer.ts';
import type { CodeExercise, ProgramFiles } from '../../src/lib/domain/exercise.ts';

const folder = fileURLToPath(new URL('./answers/', import.meta.url));

export interface WrittenAnswer {
  name: string;
  expected: 'right' | 'wrong';
  answer: string[];
}

/** Uids of the exercises that have answers. */
export async function answeredUids(): Promise<string[]> {
  const names = await readdir(folder, { withFileTypes: true });
  return names.filter((each) => each.isDirectory()).map(({ name }) => name);
}

/** @throws Error for a file that is no answer to the exercise. */
export async function writtenAnswers(exercise: CodeExercise): Promise<WrittenAnswer[]> {
  const own = join(folder, exercise.uid);
  const names = await readdir(own).catch(() => []);
  return Promise.all(
    names.sort().map(async (name): Promise<WrittenAnswer> => {
      const expected = /^(right|wrong)-[a-z0-9-]+(?:\.py)?$/.exec(name)?.[1];
      if (expected !== 'right' && expected !== 'wrong') {
        throw new Error(`${exercise.uid}/${name}: begins with neither right- nor wrong-`);
      }
      const files = await filesAt(join(own, name), exercise.main);
      const unknown = Object.keys(files).filter((file) => !(file in exercise.start));
      if (unknown.length > 0) throw new Error(`${exercise.uid}/${name}: no file ${unknown.join()}`);
      return { name, expected, answer: answerOf({ ...exercise.start, ...files }) };
    }),
  );
}

async function filesAt(path: string, main: string): Promise<ProgramFiles> {
  if ((await stat(path)).isFile()) return { [main]: await readFile(path, 'utf8') };
  const names = await readdir(path);
  const read = names.map(async (name) => [name, await readFile(join(path, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(read));
}
