/** What a kind of exercise is to the reading of its files. */
import type { z } from 'zod';
import type { Exercise, Kind, Objective } from '#lib/domain/exercise.ts';
import type { Fixture } from '#lib/domain/fixture.ts';
import type { SourceFile } from '../source.ts';

/** What an exercise takes from its lesson; null when lesson.yaml could not be read. */
export interface LessonContext extends Fixture {
  objectives: Objective[] | null;
  runtime: string;
}

export interface ExerciseKind {
  kind: Kind;
  /** Each field described; `kind` is the literal. */
  schema: z.ZodObject<{ kind: z.ZodLiteral<Kind> }, z.core.$strict>;
  /** Fields that no other kind has: a file with one of them and a wrong `kind` is taken for this kind. */
  marks: readonly string[];
  /**
   * Reads a file of this kind.
   * @param source - Gets a finding for all that is wrong.
   * @param id - The file's name without its extension and the number that orders it.
   * @returns Null when it cannot be run.
   */
  read(source: SourceFile, id: string, context: LessonContext): Exercise | null;
}
