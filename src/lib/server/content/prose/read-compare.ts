/** A measurement of two programs, as a document writes it down. */
import { type z } from 'zod';
import type { CompareBlock } from '#lib/domain/document.ts';
import type { Finding } from '#lib/domain/exercise.ts';
import { readFields } from '../fields.ts';
import { nearest, shown } from '../finding.ts';
import { compareSchema } from './compare-schema.ts';
import { parseSource, reportAt, type SourceFile } from '../source.ts';
import type { Prose } from './prose.ts';

type CompareFile = z.infer<typeof compareSchema>;

/**
 * @param line - 1-based line of the fence; what stands in it begins on the next.
 * @returns Null when it cannot be measured.
 */
export function readCompare(
  prose: Prose,
  file: string,
  line: number,
  text: string,
): { block: CompareBlock | null; findings: Finding[] } {
  const source = movedDown(parseSource(file, text), line);
  if (source.value === undefined) return { block: null, findings: source.findings };
  const fields = readFields(source, compareSchema);
  const before = takeProgram(prose, source, 'before', fields.before);
  const after = takeProgram(prose, source, 'after', fields.after);
  if (source.findings.length > 0) return { block: null, findings: source.findings };
  const { before_holds, after_holds, ...whole } = fields as CompareFile;
  return {
    block: {
      ...{ kind: 'compare', ...whole },
      before: { label: whole.before.label, program: before!, holds: before_holds?.trim() ?? null },
      after: { label: whole.after.label, program: after!, holds: after_holds?.trim() ?? null },
      places: source.places,
    },
    findings: [],
  };
}

/** A source that stands below a line of another file, with its places as they are there. */
function movedDown(source: SourceFile, lines: number): SourceFile {
  for (const place of Object.values(source.places)) place.line += lines;
  for (const finding of source.findings) finding.line += lines;
  source.places[''] = { file: source.file, line: lines };
  return source;
}

function takeProgram(
  prose: Prose,
  source: SourceFile,
  side: 'before' | 'after',
  named: CompareFile['before'] | undefined,
): string | null {
  if (!named) return null;
  const program = prose.programs.get(named.file);
  if (program) {
    program.isUsed = true;
    source.places[`${side}.file:text`] = { file: program.file, line: 1 };
    return program.text;
  }
  const meant = nearest(named.file, [...prose.programs.keys()]);
  reportAt(source, `${side}.file`, {
    expected: 'a program of the lesson: `programs/<name>.py`',
    found: `${shown(named.file)}, which is not there`,
    fix: meant ? `Did you mean \`${meant}\`?` : 'Write the file, or mend the name.',
  });
  return null;
}
