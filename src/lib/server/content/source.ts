/** YAML read into plain values, with the line of every key kept. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
  type Pair,
  type Scalar,
} from 'yaml';
import type { Finding, SourcePlace } from '#lib/domain/exercise.ts';
import { shown, type Wording } from './finding.ts';

/** Deeper than this is no lesson; a bound keeps hostile files from exhausting the stack. */
const maxDepth = 16;

/** More than these say nothing new of a file. */
const mostYamlErrors = 20;

const nestedTooDeep: Wording = {
  expected: `at most ${maxDepth} levels of nesting`,
  found: 'something nested deeper',
  fix: 'Close brackets that are left open, and put text that holds brackets in quotes.',
};

/** Lists of prose: a flow list would split a sentence at its commas. */
const proseLists = new Set([
  'hints',
  'answer',
  'rubric',
  'solution',
  'objectives',
  'misconceptions',
  'mistakes',
  'options',
  'wrong',
  'distractors',
  'sources',
  'scenarios',
  'claims',
]);

export interface SourceFile {
  /** Path relative to the content root. */
  file: string;
  /** Undefined when the file is no YAML at all. */
  value: unknown;
  /**
   * Where each value stands, by path: `answers`, `answers.0`, `options.2.holds`. The place of a
   * key's value is the key's line; the first line of a block of text is kept as `<path>:text`.
   */
  places: Record<string, SourcePlace>;
  findings: Finding[];
}

/** Adds a finding at the place of a path, or of the nearest enclosing path that has one. */
export function reportAt(source: SourceFile, path: string, wording: Wording): void {
  source.findings.push({ ...placeOf(source, path), ...wording });
}

/** The place of a path, or of the nearest enclosing path that has one. */
export function placeOf(source: Pick<SourceFile, 'file' | 'places'>, path: string): SourcePlace {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const place = source.places[at];
    if (place) return place;
  }
  return source.places[''] ?? { file: source.file, line: 1 };
}

export function parseSource(file: string, text: string): SourceFile {
  const source: SourceFile = { file, value: undefined, places: {}, findings: [] };
  const lines = new LineCounter();
  // Repeated keys are found below in linear time; the parser's own search is quadratic.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    // Silent, it would also pass over a second document.
    logLevel: 'error',
  });
  const told = new Set<number>();
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    const line = lines.linePos(pos[0]).line || 1;
    // One slip makes the parser stumble several times on its line.
    if (told.has(line) || told.size === mostYamlErrors) continue;
    told.add(line);
    if (code === 'RESOURCE_EXHAUSTION') {
      source.findings = [{ file, line: 1, ...nestedTooDeep }];
      break;
    }
    source.findings.push({
      file,
      line,
      expected: 'YAML',
      found: lowerFirst(message.replace(/\s+/g, ' ')),
      fix: yamlFix(code),
    });
  }
  if (source.findings.length > 0) return source;
  const reader: Reader = { source, lineAt: (offset) => lines.linePos(offset).line || 1 };
  source.value = readNode(reader, document.contents, '', 0);
  return source;
}

interface Reader {
  source: SourceFile;
  /** Line of an offset, 1-based. */
  lineAt(offset: number): number;
}

function readNode(reader: Reader, node: Node | null, path: string, depth: number): unknown {
  if (node === null) return null;
  const line = reader.lineAt(node.range?.[0] ?? 0);
  const { file, places } = reader.source;
  places[path] ??= { file, line };
  if (depth > maxDepth) {
    problem(reader, line, nestedTooDeep);
    return null;
  }
  if (isAlias(node) || ('anchor' in node && node.anchor)) {
    problem(reader, line, {
      expected: 'each value written out',
      found: 'a YAML anchor or alias (`&` or `*` before a value)',
      fix: 'Write the value out, or put quotes round text that begins with & or *.',
    });
    return null;
  }
  if (isMap(node)) return readMap(reader, node.items as Pair<Node, Node | null>[], path, depth);
  if (isSeq(node)) {
    return (node.items as (Node | null)[]).map((item, index) =>
      readNode(reader, item, path === '' ? String(index) : `${path}.${index}`, depth + 1),
    );
  }
  if (isScalar(node)) return readScalar(reader, node, path, line);
  return null;
}

function readScalar(reader: Reader, node: Scalar, path: string, line: number): unknown {
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') {
    reader.source.places[`${path}:text`] = { file: reader.source.file, line: line + 1 };
  }
  return node.value;
}

function readMap(
  reader: Reader,
  pairs: Pair<Node, Node | null>[],
  path: string,
  depth: number,
): Record<string, unknown> {
  const { file, places } = reader.source;
  const entries = new Map<string, unknown>();
  for (const { key, value } of pairs) {
    const line = reader.lineAt(key.range?.[0] ?? 0);
    if (!isScalar(key) || (typeof key.value !== 'string' && typeof key.value !== 'number')) {
      problem(reader, line, {
        expected: 'a name before the colon',
        found: 'something else',
        fix: 'Write `name: value`; put quotes round text that holds brackets or braces.',
      });
      continue;
    }
    const name = String(key.value);
    const at = path === '' ? name : `${path}.${name}`;
    if (entries.has(name)) {
      problem(reader, line, {
        expected: `${shown(name)} once`,
        found: `it again; it stands on line ${places[at]?.line ?? 1} already`,
        fix: 'Keep one of the two.',
      });
      continue;
    }
    places[at] = { file, line };
    if (proseLists.has(name) && isSeq(value) && value.flow && value.items.length > 0) {
      problem(reader, line, {
        expected: `${shown(name)} as a block list, one entry a line after a hyphen`,
        found: 'a flow list in brackets, which splits sentences at their commas',
        fix: `Write "${name}:" and under it each entry on its own line, beginning with "- ".`,
      });
    }
    entries.set(name, readNode(reader, value, at, depth + 1));
  }
  return Object.fromEntries(entries);
}

function problem(reader: Reader, line: number, wording: Wording): void {
  reader.source.findings.push({ file: reader.source.file, line, ...wording });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function yamlFix(code: string): string {
  const fixes: Record<string, string> = {
    TAB_AS_INDENT: 'Indent with spaces.',
    BAD_INDENT: 'Line the keys of one level up under each other.',
    MULTIPLE_DOCS: 'Keep one document in a file: take out the `---` and what follows it.',
    TAG_RESOLVE_FAILED: 'Take out the tag (`!...`), or put quotes round text that begins with "!".',
    BAD_SCALAR_START: 'Put quotes round text that begins with a sign such as ` or @ or %.',
    BAD_ALIAS: 'Put quotes round text that begins with *.',
    MISSING_CHAR: 'Close the quote or bracket, or begin a block of text with `|` on the key\'s line.',
    UNEXPECTED_TOKEN: 'Put quotes round the text, or write it as a block under `|`.',
    BLOCK_AS_IMPLICIT_KEY:
      'Put quotes round text that holds ": ", or write it as a block under `|`.',
  };
  return fixes[code] ?? 'Mend the line; text with special signs goes in quotes or under `|`.';
}
