/** Markdown as a tree, and parts of the tree as clean HTML. */
import type { Element, Root as HtmlRoot } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Definition, Nodes, Root, RootContent } from 'mdast';
import rehypeSanitize, { type Options } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

/** More levels of quotes and lists than any text has; a bound, since the parser takes its time with them. */
const mostLevels = 12;

const manyLevels = new RegExp(`^(?:[ \\t]*(?:>|[-*+]|\\d{1,9}[.)])){${mostLevels},}`);

const parser = unified().use(remarkParse).use(remarkGfm, { singleTilde: false });

/**
 * Parses CommonMark with tables.
 * @returns A number in the place of a tree: the 1-based line that is nested too deep.
 */
export function parseMarkdown(text: string): Root | number {
  const line = text.split('\n').findIndex((each) => manyLevels.test(each));
  if (line !== -1) return line + 1;
  try {
    return parser.parse(text);
  } catch (error) {
    // Nested in a way that no line shows, and deeper than the stack.
    if (error instanceof RangeError) return 1;
    throw error;
  }
}

/**
 * All that HTML made of Markdown can hold. What is not here was a finding before; this list holds even if
 * one was missed.
 */
const clean: Options = {
  tagNames: [
    ...['p', 'strong', 'em', 'code', 'pre', 'h2', 'h3', 'h4', 'ul', 'ol', 'li', 'blockquote', 'hr'],
    ...['br', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'div'],
  ],
  attributes: {
    a: ['href', 'rel'],
    code: [['className', 'language-text', 'language-console']],
    ...{ h2: ['id'], h3: ['id'], h4: ['id'], ol: ['start'], th: ['align'], td: ['align'] },
    div: [['className', 'table']],
  },
  protocols: { href: ['https'] },
  strip: ['script', 'style'],
  // Ids are made of the headings' words by us; nothing else has any.
  clobberPrefix: '',
};

const toClean = unified()
  .use(remarkRehype)
  .use(() => shapeTree)
  .use(rehypeSanitize, clean);

/**
 * Nodes that follow each other, as HTML.
 * @param definitions - What links by reference are defined by, wherever it stands in the document.
 */
export function htmlOf(nodes: RootContent[], definitions: Definition[]): string {
  const root: Root = { type: 'root', children: [...nodes, ...definitions] };
  return toHtml(toClean.runSync(root)).trim();
}

/** Lets wide tables scroll in a box of their own, and marks links that lead away. */
function shapeTree(tree: HtmlRoot): void {
  const shape = (parent: HtmlRoot | Element): void => {
    parent.children = parent.children.map((node) => {
      if (node.type !== 'element') return node;
      shape(node);
      if (node.tagName === 'a' && String(node.properties['href']).startsWith('https:')) {
        node.properties['rel'] = ['external', 'noreferrer'];
      }
      if (node.tagName !== 'table') return node;
      const properties = { className: ['table'] };
      const box: Element = { type: 'element', tagName: 'div', properties, children: [node] };
      return box;
    });
  };
  shape(tree);
}

/** The words of a node, without marks. */
export function plainText(node: Nodes): string {
  if ('value' in node) return node.value;
  if ('children' in node) return node.children.map((each) => plainText(each)).join('');
  return 'alt' in node && typeof node.alt === 'string' ? node.alt : '';
}

/** 1-based line on which a node begins. */
export function lineOfNode(node: Nodes): number {
  return node.position?.start.line ?? 1;
}
