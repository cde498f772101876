/** A program that a document shows, with its drive and what it prints. */
import type { Code } from 'mdast';
import type { ProgramBlock } from '#lib/domain/document.ts';
import type { SourcePlace } from '#lib/domain/exercise.ts';
import { nearest, shown } from '../finding.ts';
import { readServe, type Fence } from './fence.ts';
import { lineOfNode } from './markdown.ts';
import { reportTo, takeId, type Reading } from './reading.ts';

/** The fences that make up a program. */
export interface ProgramFences {
  fence: Fence;
  node: Code;
  drive: Code | null;
  output: Code | null;
}

/** @returns Null, with findings, when it cannot be run. */
export function readProgram(reading: Reading, fences: ProgramFences): ProgramBlock | null {
  const { fence, node, drive, output } = fences;
  const { options } = fence;
  const line = lineOfNode(node);
  const report = reportTo(reading);
  const id = readId(reading, options.id, line);
  const source = readSource(reading, fences);
  const serve = options.serve === undefined ? {} : readServe(options.serve);
  if (serve === null) {
    report(line, {
      expected: '`serve=/:view`, or several such as `serve=/:first,/two:second`',
      found: shown(`serve=${options.serve}`),
      fix: 'Write an address, a colon and the name of the view in the program.',
    });
  } else if (Object.keys(serve).length > 0 && drive === null) {
    report(line, {
      expected: 'a `python drive` directly after a program that serves something',
      found: 'none, so nobody asks the view',
      fix: 'Add one, or take `serve` out.',
    });
  }
  const { title, raises } = options;
  if (title !== undefined && title.trim() === '') {
    report(line, { expected: 'a title', found: 'nothing', fix: 'Write one, or take it out.' });
  }
  if (raises !== undefined && !/^[A-Za-z_]\w*$/.test(raises)) {
    report(line, {
      expected: 'after `raises=` the name of an exception, such as `ValueError`',
      found: shown(raises),
      fix: 'Write its name alone.',
    });
  }
  for (const [part, name] of [[drive, 'drive'] as const, [output, 'output'] as const]) {
    if (part === null || part.value.trim() !== '') continue;
    const fix = 'Write it, or take the fence out.';
    report(lineOfNode(part), { expected: `something in \`${name}\``, found: 'nothing', fix });
  }
  if (id === null || source === null || serve === null) return null;
  return {
    ...{ kind: 'program', id, title: title?.trim() || null, program: source.text, serve },
    drive: drive === null ? '' : asSource(drive.value),
    output: output === null ? '' : asSource(output.value),
    raises: raises ?? null,
    places: {
      program: source.place,
      drive: placeOf(reading, drive ?? node),
      output: placeOf(reading, output ?? node, output === null ? 0 : 1),
    },
  };
}

function readId(reading: Reading, id: string | undefined, line: number): string | null {
  if (id !== undefined && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    return takeId(reading, { id }, line)?.id ?? null;
  }
  reportTo(reading)(line, {
    expected: 'an `id` of small letters, digits and hyphens, such as `id=smallest`',
    found: id === undefined ? 'none' : shown(id),
    fix: 'Name the program, unlike any other of the lesson.',
  });
  return null;
}

function readSource(
  reading: Reading,
  { fence, node }: ProgramFences,
): { text: string; place: SourcePlace } | null {
  const { file } = fence.options;
  const line = lineOfNode(node);
  const report = reportTo(reading);
  const isEmpty = node.value.trim() === '';
  if (file === undefined) {
    if (!isEmpty) return { text: asSource(node.value), place: placeOf(reading, node) };
    report(line, {
      expected: 'a program between the fences, or `file=programs/<name>.py`',
      found: 'nothing',
      fix: 'Write it.',
    });
    return null;
  }
  if (!isEmpty) {
    report(line, {
      expected: 'nothing between the fences, as `file` brings the program',
      found: 'a program as well',
      fix: 'Keep one of the two.',
    });
  }
  const { programs } = reading.prose;
  const program = programs.get(file);
  if (program) {
    program.isUsed = true;
    return { text: asSource(program.text), place: { file: program.file, line: 1 } };
  }
  const meant = nearest(file, [...programs.keys()]);
  report(line, {
    expected: 'a program of the lesson: `programs/<name>.py`',
    found: `${shown(file)}, which is not there`,
    fix: meant ? `Did you mean \`${meant}\`?` : 'Write the file, or mend the name.',
  });
  return null;
}

/** What a fence holds begins on the line after its own. */
function placeOf({ file }: Reading, node: Code, below = 1): SourcePlace {
  return { file, line: lineOfNode(node) + below };
}

function asSource(text: string): string {
  return text.replace(/\s+$/, '') + '\n';
}
