/** What no page may hold before the answer, and how it is looked for. */
import { expect } from 'vitest';
import type { CodeExercise, Exercise } from '#lib/domain/exercise.ts';

/** Letters and digits only, so that no escaping (HTML, JSON, attribute) hides a match. */
export const bare = (text: string) =>
  text.replace(/&[a-z]+;|&#\d+;|\\u[0-9a-f]{4}|<[^>]*>/gi, '').replace(/[^a-z0-9]/gi, '');

/** What an exercise shows of Python before it is answered; a project's later steps show nothing yet. */
function shownCode(exercise: Exercise): string {
  const { kind, program, pool } = exercise;
  const parts = pool === 'project' ? [] : [program];
  if (kind === 'order') {
    parts.push(...[...exercise.lines, ...exercise.distractors].map(({ text }) => text));
  }
  if (kind === 'fix' || kind === 'write') {
    parts.push(exercise.demo, ...Object.values(exercise.given));
  }
  return parts.join('\n');
}

/** Lines that only the solution and other known answers have: what is shown has none of them. */
function linesOfAnswers(exercise: CodeExercise, shownElsewhere: string): string[] {
  const { start, given, demo, prompt, answer, alternatives, mistakes } = exercise;
  const own = bare([...Object.values(start), ...Object.values(given), demo, prompt].join('\n'));
  const known = [answer, ...alternatives, ...mistakes.map(({ files }) => files)];
  return (
    known
      .flatMap((files) => Object.values(files).flatMap((source) => source.split('\n')))
      // What is imported says little, and many programs import it.
      .filter((line) => !/^(from|import) /.test(line))
      .filter((line) => !own.includes(bare(line)) && !shownElsewhere.includes(bare(line)))
  );
}

function ofKind(exercise: Exercise, shownElsewhere: string): string[] {
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
        ...linesOfAnswers(exercise, shownElsewhere),
      ];
    case 'recall':
      return [
        ...exercise.answer,
        ...exercise.rubric.flatMap(({ text, holds }) => [text, holds ?? '']),
        // As a whole: a line of it may stand in a program that is shown.
        ...[exercise.program, exercise.drive],
      ];
  }
}

/**
 * All texts of an exercise that would tell the key, or an answer's outcome, before it is given.
 * @param others - Exercises of the same pages: a line of code that one of them shows is no secret there.
 */
export function secretsOf(exercise: Exercise, others: Exercise[] = []): string[] {
  const shownElsewhere = bare(others.map(shownCode).join('\n'));
  return (
    [...exercise.solution, ...exercise.hints, ...ofKind(exercise, shownElsewhere)]
      // The name of one observation tells no key, and stands in other words by chance: `loop_held`.
      .filter((text) => !/^\w+$/.test(text.trim()))
      .map(bare)
      .filter((text) => text.length >= 8)
  );
}

export function expectNoSecret(text: string, secrets: string[], where: string): void {
  const plain = bare(text);
  const found = secrets.filter((secret) => plain.includes(secret));
  expect(found, `secrets in ${where}`).toEqual([]);
}
