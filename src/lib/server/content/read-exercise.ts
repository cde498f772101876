/** One exercise's file, read and checked. */
import type { Exercise, Finding, Kind } from '#lib/domain/exercise.ts';
import { readFields } from './fields.ts';
import { nearest, shown } from './finding.ts';
import { exerciseKinds } from './kinds/exercise-kinds.ts';
import type { ExerciseKind, LessonContext } from './kinds/kind.ts';
import { parseSource, reportAt, type SourceFile } from './source.ts';

export interface ExerciseRead {
  id: string;
  /** Empty when it could not be read. */
  uid: string;
  kind: Kind | null;
  /** Null when it cannot be run. */
  exercise: Exercise | null;
  source: SourceFile;
  findings: Finding[];
}

/**
 * @param file - Path relative to the content root.
 * @param id - The file's name without its extension and the number that orders it.
 */
export function readExercise(
  file: string,
  id: string,
  text: string,
  context: LessonContext,
): ExerciseRead {
  const source = parseSource(file, text);
  const kind = source.value === undefined ? null : readKind(source);
  const exercise = kind?.read(source, id, context) ?? null;
  const uid = (source.value as { uid?: unknown } | null | undefined)?.uid;
  const readUid = typeof uid === 'string' ? uid : '';
  return { id, uid: readUid, kind: kind?.kind ?? null, exercise, source, findings: source.findings };
}

/** The kind of the exercise; where it is wrong, the kind that the other fields speak for. */
function readKind(source: SourceFile): ExerciseKind | null {
  const value = source.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    readFields(source, exerciseKinds[0]!.schema);
    return null;
  }
  const fields = value as Record<string, unknown>;
  const given = fields['kind'];
  const known = exerciseKinds.find(({ kind }) => kind === given);
  if (known) return known;
  const names = exerciseKinds.map(({ kind }) => kind);
  const meant = typeof given === 'string' ? nearest(given, names) : null;
  const inWords = names.map((name) => shown(name)).join(', ').replace(/, ([^,]*)$/, ' or $1');
  reportAt(source, 'kind', {
    expected: `a kind: ${inWords}`,
    found: given === undefined ? 'no such field' : shown(given),
    fix: meant ? `Did you mean ${shown(meant)}?` : 'Say `kind:` and one of those.',
  });
  const guess = exerciseKinds.find(({ marks }) => marks.some((mark) => mark in fields)) ?? null;
  if (guess) fields['kind'] = guess.kind;
  return guess;
}
