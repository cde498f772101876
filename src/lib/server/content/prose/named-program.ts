/** A program that a file shows: its own text, or a program of the lesson by its name. */
import { nearest, shown } from '../finding.ts';
import { reportAt, type SourceFile } from '../source.ts';
import type { Prose } from './prose.ts';

/**
 * The program's own text, or that of the file that it names, which is shown then.
 * @param path - Where it stands in the file; its first line is kept as `<path>:text`.
 * @returns Null, with a finding, when it names none that is there.
 */
export function namedProgram(
  { programs }: Pick<Prose, 'programs'>,
  source: SourceFile,
  path: string,
  program: string,
): string | null {
  const named = program.trim();
  if (!/^programs\/\S*$/.test(named)) return asSource(program);
  const found = programs.get(named);
  if (found) {
    found.isUsed = true;
    source.places[`${path}:text`] = { file: found.file, line: 1 };
    return asSource(found.text);
  }
  const meant = nearest(named, [...programs.keys()]);
  reportAt(source, path, {
    expected: 'a program of the lesson: `programs/<name>.py`',
    found: `${shown(named)}, which is not there`,
    fix: meant ? `Did you mean \`${meant}\`?` : 'Write the file, or mend the name.',
  });
  return null;
}

function asSource(text: string): string {
  return text.replace(/\s+$/, '') + '\n';
}
