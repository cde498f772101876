/** What no page may hold before the answer, and how it is looked for. */
import { expect } from 'vitest';
import type { CodeExercise, Exercise } from '#lib/domain/exercise.ts';

/** Letters and digits only, so that no escaping (HTML, JSON, attribute) hides a match. */
export const bare = (text: string) =>
  text.replace(/&[a-z]+;|&#\d+;|\\u[0-9a-f]{4}|<[^>]*>/gi, '').replace(/[^a-z0-9]/gi, '');

/** Lines that only the solution and other known answers have: what is shown has none of them. */
function linesOfAnswers(exercise: CodeExercise): string[] {
  const { start, given, demo, prompt, answer, alternatives, mistakes } = exercise;
  const shown = bare([...Object.values(start), ...Object.values(given), demo, prompt].join('\n'));
  const known = [answer, ...alternatives, ...mistakes.map(({ files }) => files)];
  return (
    known
      .flatMap((files) => Object.values(files).flatMap((source) => source.split('\n')))
      // What is imported, or how a function is named, says little, and several programs share it.
      .filter((line) => !shown.includes(bare(line)) && !/^(from|import|def|async def) /.test(line))
  );
}

function ofKind(exercise: Exercise): string[] {
  switch (exercise.kind) {
    case 'blanks':
      return [exercise.expect, ...exercise.misconceptions.map(({ says }) => says)];
    case 'choice':
      return exercise.options.flatMap(({ holds, why }) => [why, holds ?? '']);
    case 'predict':
      return exercise.wrong.map(({ why }) => why);
    case 'order':
      return [exercise.expect, ...exercise.distractors.map(({ why }) => why)];
    case 'fix':
    case 'write':
      return [
        ...[exercise.expect, exercise.inputs ?? ''],
        ...exercise.mistakes.flatMap(({ says, holds }) => [says, holds ?? '']),
        ...linesOfAnswers(exercise),
      ];
  }
}

/** All texts of an exercise that would tell the key, or an answer's outcome, before it is given. */
export function secretsOf(exercise: Exercise): string[] {
  return [...exercise.solution, ...exercise.hints, ...ofKind(exercise)]
    .map(bare)
    .filter((text) => text.length >= 8);
}

export function expectNoSecret(text: string, secrets: string[], where: string): void {
  const plain = bare(text);
  const found = secrets.filter((secret) => plain.includes(secret));
  expect(found, `secrets in ${where}`).toEqual([]);
}
