/** One document of a lesson's prose: Markdown, read into blocks and checked. */
import { basename } from 'node:path';
import type {
  Code,
  Definition,
  Heading,
  Image,
  Link,
  Nodes,
  Root as Tree,
  RootContent,
} from 'mdast';
import type { DocumentBlock, DocumentHeading, LessonDocument } from '#lib/domain/document.ts';
import type { Finding } from '#lib/domain/exercise.ts';
import { readText, shownPath, type Root } from '../files.ts';
import { nearest, shown, type Wording } from '../finding.ts';
import { cleanSvg } from './clean-svg.ts';
import { documentVersionOf } from './document-version.ts';
import { readFence } from './fence.ts';
import { checkNode, nameHeadings, resolveLink } from './markdown-rules.ts';
import { htmlOf, lineOfNode, parseMarkdown } from './markdown.ts';
import type { Prose } from './prose.ts';
import { readCompare } from './read-compare.ts';
import { reportTo, takeId, type Reading } from './reading.ts';
import { readProgram } from './read-program.ts';

export interface DocumentRead {
  /** `learn`; for a project's prose, `brief` or the slug of a step. */
  name: string;
  /** Null when the file could not be read as text. With findings it is not for learners. */
  document: LessonDocument | null;
  findings: Finding[];
}

/**
 * Reads a Markdown file of a lesson.
 * @param root - Gets a finding when the file cannot be read as text.
 * @param prose - What the lesson's documents share: it learns which programs and ids this one uses.
 * @param name - The document's name in its lesson.
 * @param path - Absolute path of the file.
 */
export async function readDocumentFile(
  root: Root,
  prose: Prose,
  name: string,
  path: string,
): Promise<DocumentRead> {
  const text = await readText(root, path);
  if (text === null) return { name, document: null, findings: [] };
  return readDocument(prose, name, shownPath(root, path), text);
}

/** As {@link readDocumentFile}, of a text at hand. `file` is its path relative to the content root. */
export function readDocument(prose: Prose, name: string, file: string, text: string): DocumentRead {
  const reading: Reading = { prose, name, file, findings: [], figures: 0 };
  const tree = parseMarkdown(text);
  if (typeof tree === 'number') {
    reportTo(reading)(tree, {
      expected: 'lists and quotes a few levels deep',
      found: 'a line nested much deeper',
      fix: 'Take some of its marks out.',
    });
    return { name, document: null, findings: reading.findings };
  }
  const { headings, blocks } = readTree(reading, tree);
  if (blocks.length === 0 && reading.findings.length === 0) {
    const fix = `Write it, or take ${basename(file)} out.`;
    reportTo(reading)(1, { expected: 'some text', found: 'nothing', fix });
  }
  const contentVersion = documentVersionOf(blocks, prose.lesson);
  const findings = reading.findings.sort(byPlace(file));
  return { name, document: { name, blocks, headings, contentVersion, file }, findings };
}

/** The document's own findings first, in the order of its lines. */
function byPlace(file: string) {
  return (left: Finding, right: Finding): number =>
    Number(left.file !== file) - Number(right.file !== file) ||
    (left.file < right.file ? -1 : left.file > right.file ? 1 : 0) ||
    left.line - right.line;
}

function readTree(
  reading: Reading,
  tree: Tree,
): { headings: DocumentHeading[]; blocks: DocumentBlock[] } {
  const report = reportTo(reading);
  const headings = nameHeadings(
    tree.children.filter((node): node is Heading => node.type === 'heading'),
    report,
  );
  const ids = headings.map(({ id }) => id);
  const links: (Link | Definition)[] = [];
  const collect = (node: Nodes): void => {
    if (node.type === 'link' || node.type === 'definition') links.push(node);
    if ('children' in node) for (const inner of node.children) collect(inner);
  };
  collect(tree);
  for (const link of links) resolveLink(link, reading.prose.lesson, ids, report);
  const definitions = links.filter((link): link is Definition => link.type === 'definition');
  const blocks: DocumentBlock[] = [];
  let plain: RootContent[] = [];
  const endText = () => {
    const html = plain.length === 0 ? '' : htmlOf(plain, definitions);
    if (html !== '') blocks.push({ kind: 'text', html });
    plain = [];
  };
  for (let at = 0; at < tree.children.length;) {
    const taken = takeBlock(reading, tree.children, at);
    if (taken) {
      endText();
      if (taken.block) blocks.push(taken.block);
      at += taken.nodes;
      continue;
    }
    const node = tree.children[at++]!;
    checkNode(node, report);
    plain.push(node);
  }
  endText();
  return { headings, blocks };
}

/**
 * What begins at a node and is a block of its own; null: the node is text.
 * @returns How many nodes it takes, and the block unless it cannot be shown or run.
 */
function takeBlock(
  reading: Reading,
  nodes: RootContent[],
  at: number,
): { nodes: number; block: DocumentBlock | null } | null {
  const node = nodes[at]!;
  const figure = figureIn(node);
  if (figure) return { nodes: 1, block: readFigure(reading, figure) };
  if (node.type !== 'code') return null;
  const fence = readFence(node.lang ?? null, node.meta ?? null);
  const report = reportTo(reading);
  for (const problem of fence.problems) report(lineOfNode(node), problem);
  switch (fence.kind) {
    case 'run': {
      const drive = fenceAfter(reading, nodes, at, 'drive');
      const output = fenceAfter(reading, nodes, at + (drive ? 1 : 0), 'output');
      const block = readProgram(reading, { fence, node, drive, output });
      return { nodes: 1 + (drive ? 1 : 0) + (output ? 1 : 0), block };
    }
    case 'drive':
    case 'output':
      report(lineOfNode(node), outOfPlace(fence.kind));
      return { nodes: 1, block: null };
    case 'compare': {
      const line = lineOfNode(node);
      const { block, findings } = readCompare(reading.prose, reading.file, line, node.value);
      reading.findings.push(...findings);
      return { nodes: 1, block: block && takeId(reading, block, lineOfNode(node)) };
    }
    case 'verbatim':
      return null;
    case null:
      return { nodes: 1, block: null };
  }
}

/** The fence directly after a node, when it is of the kind; what is wrong with its first line is told. */
function fenceAfter(
  reading: Reading,
  nodes: RootContent[],
  at: number,
  kind: 'drive' | 'output',
): Code | null {
  const node = nodes[at + 1];
  if (node?.type !== 'code') return null;
  const fence = readFence(node.lang ?? null, node.meta ?? null);
  if (fence.kind !== kind) return null;
  for (const problem of fence.problems) reportTo(reading)(lineOfNode(node), problem);
  return node;
}

function outOfPlace(kind: 'drive' | 'output'): Wording {
  return kind === 'drive'
    ? {
        expected: '`python drive` directly after the `python run` that it drives',
        found: 'one that follows something else',
        fix: 'Move it there, with nothing between the two.',
      }
    : {
        expected: '`output` directly after the program that prints it, or after its drive',
        found: 'one that follows something else',
        fix: 'Move it there; write `text` for what no program prints.',
      };
}

function figureIn(node: RootContent): Image | null {
  if (node.type !== 'paragraph' || node.children.length !== 1) return null;
  const [only] = node.children;
  return only?.type === 'image' ? only : null;
}

function readFigure(reading: Reading, node: Image): DocumentBlock | null {
  const { prose, name, findings } = reading;
  const report = reportTo(reading);
  const line = lineOfNode(node);
  const alt = (node.alt ?? '').trim();
  if (alt === '') {
    report(line, {
      expected: 'in the brackets what the figure shows, for who cannot see it',
      found: 'nothing',
      fix: 'Say what one would read from it.',
    });
  }
  const figure = prose.figures.get(node.url);
  if (!figure) {
    const meant = nearest(node.url, [...prose.figures.keys()]);
    report(line, {
      expected: 'a drawing of the lesson: `figures/<name>.svg`',
      found: shown(node.url === '' ? '(nothing)' : node.url),
      fix: meant ? `Did you mean \`${meant}\`?` : 'Put the SVG there, or mend the name.',
    });
    return null;
  }
  figure.isUsed = true;
  reading.figures += 1;
  const { svg, problems } = cleanSvg(figure.text, alt, `${name}-${reading.figures}`);
  for (const problem of problems) findings.push({ file: figure.file, ...problem });
  return { kind: 'figure', svg, alt, caption: (node.title ?? '').trim() };
}
