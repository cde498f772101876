/** One exercise's file, read and checked. */
import type { BlanksExercise, ChoiceExercise, Exercise, Finding } from '#lib/domain/exercise.ts';
import { blankMarks } from '#lib/domain/fillings.ts';
import type { Fixture } from '#lib/domain/fixture.ts';
import { contentVersionOf } from './content-version.ts';
import { checkBlanks, checkChoice } from './exercise-rules.ts';
import { readFields } from './fields.ts';
import { nearest, shown } from './finding.ts';
import {
  blanksSchema,
  choiceSchema,
  type BlanksFile,
  type ChoiceFile,
  type LessonFile,
} from './schema.ts';
import { parseSource, reportAt, type SourceFile } from './source.ts';
import { checkKeyHidden, checkMisconceptions, checkText, toMisconception } from './teaching-rules.ts';

/** What an exercise takes from its lesson; null when lesson.yaml could not be read. */
export interface LessonContext extends Fixture {
  objectives: LessonFile['objectives'] | null;
  runtime: string;
}

export interface ExerciseRead {
  id: string;
  /** Empty when it could not be read. */
  uid: string;
  kind: 'blanks' | 'choice' | null;
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
  const exercise =
    kind === 'blanks'
      ? readBlanks(source, id, context)
      : kind === 'choice'
        ? readChoice(source, id, context)
        : null;
  const uid = (source.value as { uid?: unknown } | null | undefined)?.uid;
  const readUid = typeof uid === 'string' ? uid : '';
  return { id, uid: readUid, kind, exercise, source, findings: source.findings };
}

/** The kind of the exercise; where it is wrong, the kind that the other fields speak for. */
function readKind(source: SourceFile): ExerciseRead['kind'] {
  const value = source.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    readFields(source, blanksSchema);
    return null;
  }
  const fields = value as Record<string, unknown>;
  if (fields['kind'] === 'blanks' || fields['kind'] === 'choice') return fields['kind'];
  const given = fields['kind'];
  const meant = typeof given === 'string' ? nearest(given, ['blanks', 'choice']) : null;
  reportAt(source, 'kind', {
    expected: 'a kind: `blanks` or `choice`',
    found: given === undefined ? 'no such field' : shown(given),
    fix: meant ? `Did you mean ${shown(meant)}?` : 'Say `kind: blanks` or `kind: choice`.',
  });
  const guess = 'bank' in fields ? 'blanks' : 'options' in fields ? 'choice' : null;
  if (guess) fields['kind'] = guess;
  return guess;
}

function readBlanks(
  source: SourceFile,
  id: string,
  context: LessonContext,
): BlanksExercise | null {
  const fields = readFields(source, blanksSchema);
  checkBlanks(source, fields);
  const runnable = source.findings.length === 0;
  checkText(source, fields as Parameters<typeof checkText>[1]);
  checkKeyHidden(source, fields);
  checkObjective(source, fields.objective, context);
  if (!runnable) return null;
  const file = fields as BlanksFile;
  const blanks = new Set(blankMarks(file.program).map((mark) => mark.blank)).size;
  checkMisconceptions(source, file, blanks);
  const read = {
    ...file,
    id,
    blanks,
    misconceptions: file.misconceptions.map(toMisconception),
    places: source.places,
  };
  return { ...read, contentVersion: contentVersionOf(read, context) };
}

function readChoice(
  source: SourceFile,
  id: string,
  context: LessonContext,
): ChoiceExercise | null {
  const fields = readFields(source, choiceSchema);
  checkChoice(source, fields);
  const runnable = source.findings.length === 0;
  checkText(source, fields as Parameters<typeof checkText>[1]);
  checkObjective(source, fields.objective, context);
  if (!runnable) return null;
  const file = fields as ChoiceFile;
  const read = {
    ...file,
    id,
    expect: file.expect ?? null,
    options: file.options.map(({ holds, code, ...option }) => ({
      ...option,
      holds: holds?.trim() ?? null,
      code: code ?? null,
    })),
    places: source.places,
  };
  return { ...read, contentVersion: contentVersionOf(read, context) };
}

function checkObjective(
  source: SourceFile,
  objective: string | undefined,
  { objectives }: LessonContext,
): void {
  if (objective === undefined || objectives === null) return;
  const ids = objectives.map((each) => each.id);
  if (ids.includes(objective)) return;
  const meant = nearest(objective, ids);
  reportAt(source, 'objective', {
    expected: `an objective of the lesson: ${ids.map((each) => shown(each)).join(', ')}`,
    found: shown(objective),
    fix: meant ? `Did you mean ${shown(meant)}?` : 'Name one that is in lesson.yaml, or add it there.',
  });
}
