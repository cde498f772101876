/** What a schema cannot say of any exercise, whatever its kind. */
import { nearest, shown } from './finding.ts';
import type { LessonContext } from './kinds/kind.ts';
import { reportAt, type SourceFile } from './source.ts';
import { proseProblems } from './text-rules.ts';

/** A path in the file, and the prose that stands there. */
type ProseAt = [path: string, text: string | undefined];

/** The prose that an exercise of any kind has. */
export function sharedProse(fields: {
  title?: string;
  prompt?: string;
  hints?: string[];
  solution?: string[];
}): ProseAt[] {
  return [
    ['title', fields.title],
    ['prompt', fields.prompt],
    ...(fields.hints ?? []).map((text, index): ProseAt => [`hints.${index}`, text]),
    ...(fields.solution ?? []).map((text, index): ProseAt => [`solution.${index}`, text]),
  ];
}

/** Reports prose that is not plain, or that names options by letters. */
export function checkText(source: SourceFile, prose: readonly ProseAt[]): void {
  for (const [path, text] of prose) {
    for (const problem of proseProblems(text ?? '')) reportAt(source, path, problem);
  }
}

/** Reports each value that stands there a second time. */
export function checkRepeats(source: SourceFile, path: string, values: string[], word: string): void {
  for (const [index, value] of values.entries()) {
    const first = values.indexOf(value);
    if (first === index) continue;
    reportAt(source, `${path}.${index}`, {
      expected: `each ${word} once`,
      found: `${shown(value)} a second time`,
      fix: 'Take one of them out.',
    });
  }
}

/** Reports an objective that the lesson has not. */
export function checkObjective(
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

/**
 * Reports marks that belong to another kind.
 * @param own - The mark that the kind has itself; null: none.
 */
export function checkMarks(
  source: SourceFile,
  program: string | undefined,
  own: string | null,
): void {
  const marks = program?.match(/<<(?:\d+|option|lines)>>/g) ?? [];
  for (const mark of new Set(marks.filter((each) => each !== own))) {
    reportAt(source, 'program', {
      expected: own === null ? 'a whole program' : `no mark but ${shown(own)}`,
      found: `${shown(mark)}, which belongs to another kind`,
      fix: 'Take it out, or mend `kind`.',
    });
  }
}
