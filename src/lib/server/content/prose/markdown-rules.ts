/** What prose is made of: which parts of Markdown, headings in their order, links that lead somewhere. */
import type { Definition, Heading, Link, Nodes, RootContent } from 'mdast';
import type { DocumentHeading } from '#lib/domain/document.ts';
import { nearest, shown, type Wording } from '../finding.ts';
import { readFence } from './fence.ts';
import { lineOfNode, plainText } from './markdown.ts';
import type { ProseLesson } from './prose.ts';

/** Adds a finding at a line of the document. */
export type Report = (line: number, wording: Wording) => void;

/** What is no part of prose, with what to do instead. */
const refused: Partial<Record<Nodes['type'], [name: string, fix: string]>> = {
  html: ['raw HTML', 'Say it in Markdown; code with such signs goes between backticks.'],
  delete: ['struck-out text', 'Take it out.'],
  footnoteReference: ['a footnote', 'Say it in the text; sources go to lesson.yaml.'],
  footnoteDefinition: ['a footnote', 'Say it in the text; sources go to lesson.yaml.'],
  imageReference: ['a figure by reference', 'Write `![what it shows](figures/name.svg)`.'],
  image: [
    'a figure in the middle of something else',
    'Let it stand alone in its paragraph: `![what it shows](figures/name.svg "caption")`.',
  ],
  yaml: ['front matter', 'Take it out: what a lesson is, lesson.yaml says.'],
};

/** Reports what no prose may hold, in a node and all that is in it. */
export function checkNode(node: RootContent, report: Report): void {
  const visit = (each: Nodes, isInside: boolean): void => {
    const line = lineOfNode(each);
    const [found, fix] = refused[each.type] ?? [];
    if (found !== undefined && fix !== undefined) {
      const asFound = each.type === 'html' ? `${found}: ${shown(each.value)}` : found;
      report(line, { expected: 'Markdown with tables, and no more', found: asFound, fix });
      return;
    }
    if (each.type === 'listItem' && each.checked !== null && each.checked !== undefined) {
      const found = 'a box to tick';
      report(line, { expected: 'a plain list', found, fix: 'Take the brackets out.' });
    }
    if (each.type === 'code' && isInside) checkInnerFence(each, report);
    if (each.type === 'heading' && isInside) {
      const expected = 'headings that stand by themselves';
      report(line, { expected, found: 'one in a list or a quote', fix: 'Move it out of there.' });
    }
    if ('children' in each) for (const inner of each.children) visit(inner, true);
  };
  visit(node, false);
}

/** What runs stands by itself; in lists and quotes there is room for text only. */
function checkInnerFence(node: Extract<Nodes, { type: 'code' }>, report: Report): void {
  const { kind, problems } = readFence(node.lang ?? null, node.meta ?? null);
  for (const problem of problems) report(lineOfNode(node), problem);
  if (kind === null || kind === 'verbatim') return;
  report(lineOfNode(node), {
    expected: 'what is run to stand by itself',
    found: 'a fence within a list or a quote',
    fix: 'Move it out, and begin its lines at the margin.',
  });
}

const lowestLevel = 4;

/** What already is on a page with prose, or with cards beside it, under a name. */
const takenIds = [
  ...['content', 'contents', 'sources', 'done'],
  ...['project', 'steps', 'built', 'step', 'challenge'],
];

/**
 * Gives each heading its id, and reports levels that jump.
 * @returns The document's headings. The nodes carry their ids from then on.
 */
export function nameHeadings(nodes: Heading[], report: Report): DocumentHeading[] {
  const ids = new Set(takenIds);
  let above = 1;
  return nodes.map((node) => {
    const text = plainText(node).replace(/\s+/g, ' ').trim();
    const problem = headingProblem(node.depth, above, text);
    if (problem) report(lineOfNode(node), problem);
    above = node.depth;
    const id = freeId(text, ids);
    node.data = { ...node.data, hProperties: { id } };
    return { id, text, level: node.depth };
  });
}

function headingProblem(depth: number, above: number, text: string): Wording | null {
  if (text === '') {
    return { expected: 'words in a heading', found: 'none', fix: 'Write them, or take it out.' };
  }
  if (depth === 1) {
    return {
      expected: 'headings from `##` on',
      found: `\`# ${text}\``,
      fix: 'Take it out, or write `##`: the page has the title of the lesson.',
    };
  }
  if (depth > lowestLevel) {
    return {
      expected: `headings down to \`${'#'.repeat(lowestLevel)}\``,
      found: shown(`${'#'.repeat(depth)} ${text}`),
      fix: 'Write it as a sentence, or divide the section above.',
    };
  }
  if (depth <= above + 1) return null;
  return {
    expected: `a heading of level \`${'#'.repeat(above + 1)}\` at most, below the one before`,
    found: shown(`${'#'.repeat(depth)} ${text}`),
    fix: 'Leave no level out.',
  };
}

function freeId(text: string, taken: Set<string>): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const wanted = words === '' ? 'section' : words;
  let id = wanted;
  for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`;
  taken.add(id);
  return id;
}

/**
 * Reports a link that leads nowhere; one that leads to a mode of the lesson gets its whole address.
 * @param ids - Of the document's headings.
 */
export function resolveLink(
  node: Link | Definition,
  lesson: ProseLesson,
  ids: readonly string[],
  report: Report,
): void {
  const { url } = node;
  const line = lineOfNode(node);
  if (/^https:/i.test(url)) {
    if (URL.canParse(url)) return;
    report(line, { expected: 'a whole address', found: shown(url), fix: 'Mend it.' });
    return;
  }
  if (url.startsWith('#')) {
    if (ids.includes(url.slice(1))) return;
    const meant = nearest(url.slice(1), ids);
    report(line, {
      expected: 'a heading of this document',
      found: shown(url),
      fix: meant ? `Did you mean \`#${meant}\`?` : 'Name a heading by its words with hyphens.',
    });
    return;
  }
  const home = `/learn/${lesson.id}`;
  if (/^\.\.\/?$/.test(url)) {
    node.url = home;
    return;
  }
  const mode = /^\.\.\/([a-z-]+)$/.exec(url)?.[1];
  if (mode !== undefined && (lesson.modes?.includes(mode) ?? true)) {
    node.url = `${home}/${mode}`;
    return;
  }
  const modes = lesson.modes ?? [];
  const meant = mode === undefined ? null : nearest(mode, modes);
  report(line, {
    expected: `an \`https:\` address, a heading (\`#...\`), or a mode of this lesson: ${modes
      .map((each) => `\`../${each}\``)
      .join(', ')}`,
    found: shown(url === '' ? '(nothing)' : url),
    fix: meant
      ? `Did you mean \`../${meant}\`?`
      : /^http:/.test(url)
        ? 'Write `https:`.'
        : 'Mend the address, or take the link out.',
  });
}
