/** What new files of a catalogue begin with. */
import type { Kind, Pool } from './exercise.ts';

export interface ExerciseScaffold {
  uid: string;
  slug: string;
  /** Id of one of the lesson's objectives. */
  objective: string;
  /** Path of the schema from the exercise's file; null where it is not to be found. */
  schema: string | null;
}

/** `read-one-user` as a title: `Read one user`. */
export function titleFrom(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A text for YAML that is never read as something else: `2026` and `yes` stay texts. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The line by which editors find the schema; empty when there is none to be found. */
export function schemaLine(schema: string | null): string {
  return schema === null ? '' : `# yaml-language-server: $schema=${schema}\n`;
}

/** The first lines of an exercise's file, up to its title. */
export function exerciseHead(
  kind: Kind,
  { uid, slug, objective, schema }: ExerciseScaffold,
  title = titleFrom(slug),
  pool: Pool = 'try',
): string {
  return `${schemaLine(schema)}uid: ${uid}
kind: ${kind}
difficulty: easy
objective: ${quoted(objective)}
pool: ${pool}
title: ${quoted(title)}
`;
}
