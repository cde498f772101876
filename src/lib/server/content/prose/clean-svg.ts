/**
 * A drawing as it may stand in a page: parsed as the page's own reader will parse it, held against a list of
 * what is allowed, and written anew. Nothing in it runs, and nothing in it comes from elsewhere.
 */
import type { Element, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { shown, type Wording } from '../finding.ts';
import {
  allowedTags,
  colourAttributes,
  colourProperties,
  idListAttributes,
  linkAttributes,
  partAttributes,
  passedOver,
  plainAttributes,
  styleProperties,
} from './svg-allowed.ts';

export interface CleanSvg {
  svg: string;
  /** What was left out or is missing; `line` is 1-based in the drawing. */
  problems: (Wording & { line: number })[];
}

const parser = unified().use(rehypeParse, { fragment: true });

/** Far deeper than any drawing. */
const maxDepth = 64;

/** `none`, `currentColor`, `var(--brass)`, `url(#shade)`. */
const colour = /^(?:none|inherit|transparent|currentcolor|var\(--[a-z0-9-]+\)|url\(#[\w-]+\))$/i;
/** Names, numbers, `translate(1 2)`, a path: no addresses, no escapes, no comments. */
const plain = /^[\w\s.,;:%#()+'"&/=-]*$/;
const address = /url\s*\(|[a-z]+:\/\/|javascript\s*:|data\s*:/i;
const partOf = /^url\(#([\w-]+)\)$/;

interface Cleaning {
  /** Set before every id, so that two drawings of one page do not share any. */
  prefix: string;
  ids: Set<string>;
  problems: CleanSvg['problems'];
}

/**
 * @param text - Source of the drawing.
 * @param label - What it shows, for who cannot see it.
 * @param prefix - Letters, digits and hyphens, unlike that of any other drawing of the page.
 */
export function cleanSvg(text: string, label: string, prefix: string): CleanSvg {
  const problems: CleanSvg['problems'] = [];
  const root = parseDrawing(text);
  const drawings = root?.children.filter(isDrawing) ?? [];
  const [drawing] = drawings;
  if (!drawing || drawings.length > 1 || root?.children.some((node) => isStray(node))) {
    const found = drawing ? 'something beside it' : 'none';
    const fix = 'Save the drawing as plain SVG.';
    problems.push({ line: 1, expected: 'one `<svg>` element and nothing else', found, fix });
  }
  if (!drawing) return { svg: '', problems };
  if (typeof drawing.properties['viewBox'] !== 'string') {
    problems.push({
      line: lineOf(drawing),
      expected: '`viewBox` on `<svg>`, so that the drawing can take the width that there is',
      found: 'none',
      fix: 'Add it: `viewBox="0 0 640 240"`.',
    });
  }
  const cleaning: Cleaning = { prefix, ids: idsIn(drawing), problems };
  cleanElement(drawing, cleaning, 0);
  // The page gives it its width; the words for it are the author's.
  const given = ['width', 'height', 'role', 'ariaLabel', 'ariaHidden'];
  const kept = Object.entries(drawing.properties).filter(([name]) => !given.includes(name));
  drawing.properties = { ...Object.fromEntries(kept), role: 'img', ariaLabel: label };
  return { svg: toHtml({ type: 'root', children: [drawing] }), problems };
}

function parseDrawing(text: string): Root | null {
  try {
    return parser.parse(text);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isDrawing(node: Root['children'][number]): node is Element {
  return node.type === 'element' && node.tagName === 'svg';
}

function isStray(node: Root['children'][number]): boolean {
  if (node.type === 'text') return node.value.trim() !== '';
  return node.type === 'element' && node.tagName !== 'svg';
}

function lineOf(node: Element): number {
  return node.position?.start.line ?? 1;
}

function idsIn(drawing: Element): Set<string> {
  const ids = new Set<string>();
  const waiting = [drawing];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const id = next.properties['id'];
    if (typeof id === 'string') ids.add(id);
    waiting.push(...next.children.filter((node) => node.type === 'element'));
  }
  return ids;
}

function cleanElement(element: Element, cleaning: Cleaning, depth: number): void {
  const line = lineOf(element);
  const kept: Element['properties'] = {};
  const styled: Element['properties'] = {};
  for (const [name, value] of Object.entries(element.properties)) {
    const text = Array.isArray(value) ? value.join(' ') : String(value);
    if (name.toLowerCase() === 'style') {
      const clean = cleanStyle(text, cleaning);
      if (clean.ok) Object.assign(styled, clean.attributes);
      else cleaning.problems.push({ line, ...clean.problem });
      continue;
    }
    const clean = cleanAttribute(name, text, cleaning);
    if (typeof clean === 'string') kept[name === 'xLinkHref' ? 'href' : name] = clean;
    else if (clean !== null) cleaning.problems.push({ line, ...clean });
  }
  // A style goes before an attribute of the same name.
  const named = new Set(Object.keys(styled));
  const others = Object.entries(kept).filter(([name]) => !named.has(attributeName(name)));
  element.properties = { ...Object.fromEntries(others), ...styled };
  element.children = element.children.filter((node) => {
    if (node.type === 'text') return true;
    if (node.type !== 'element') return false;
    if (allowedTags.has(node.tagName) && depth < maxDepth) {
      cleanElement(node, cleaning, depth + 1);
      return true;
    }
    cleaning.problems.push({
      line: lineOf(node),
      expected: 'shapes, text, gradients and markers, and no more',
      found: shown(`<${node.tagName}>`),
      fix:
        node.tagName === 'style'
          ? 'Colour by attributes: `fill="currentColor"`, `stroke="var(--brass)"`.'
          : 'Take it out.',
    });
    return false;
  });
}

/** The value that an attribute may have; what is wrong with it; null: it is left out without a word. */
function cleanAttribute(name: string, value: string, cleaning: Cleaning): string | Wording | null {
  const key = name.toLowerCase();
  if (passedOver.has(key)) return null;
  if (key === 'id') return /^[\w-]+$/.test(value) ? prefixed(value, cleaning) : odd(name, value);
  if (linkAttributes.has(key)) {
    const id = /^#([\w-]+)$/.exec(value)?.[1];
    return id === undefined ? elsewhere(name, value) : linked(id, '#', '', cleaning);
  }
  if (partAttributes.has(key)) {
    if (value === 'none') return value;
    const id = partOf.exec(value)?.[1];
    return id === undefined ? elsewhere(name, value) : linked(id, 'url(#', ')', cleaning);
  }
  if (colourAttributes.has(key)) return cleanColour(name, value, cleaning);
  if (idListAttributes.has(key)) {
    const ids = value.split(/\s+/).filter((id) => cleaning.ids.has(id));
    return ids.length === 0 ? null : ids.map((id) => prefixed(id, cleaning)).join(' ');
  }
  if (key === 'arialabel') return value;
  if (!plainAttributes.has(key)) {
    return {
      expected: 'only attributes that draw',
      found: shown(`${name}="${value}"`),
      fix: 'Take it out.',
    };
  }
  return plain.test(value) && !address.test(value) ? value : odd(name, value);
}

function prefixed(id: string, { prefix }: Cleaning): string {
  return `${prefix}-${id}`;
}

function linked(id: string, before: string, after: string, cleaning: Cleaning): string | Wording {
  if (cleaning.ids.has(id)) return `${before}${prefixed(id, cleaning)}${after}`;
  return {
    expected: 'the id of a part of the same drawing',
    found: `\`#${id}\`, which is not there`,
    fix: 'Mend the id, or take the attribute out.',
  };
}

function cleanColour(name: string, value: string, cleaning: Cleaning): string | Wording {
  const given = value.trim();
  if (colour.test(given)) {
    const id = partOf.exec(given)?.[1];
    return id === undefined ? given : linked(id, 'url(#', ')', cleaning);
  }
  return {
    expected: 'a colour that follows light and dark: `currentColor`, `var(--brass)` or `none`',
    found: shown(`${name}="${value}"`),
    fix: 'Take one of the page’s variables: `--ink`, `--ink-soft`, `--rule`, `--brass`, `--right`, `--wrong`.',
  };
}

/** As it is written: `stroke-width` for `strokeWidth`. */
const attributeName = (property: string) =>
  property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).toLowerCase();

type CleanStyle =
  { ok: true; attributes: Record<string, string> } | { ok: false; problem: Wording };

/** A `style` attribute, declaration by declaration, as attributes of the same name: pages have no styles of elements. */
function cleanStyle(value: string, cleaning: Cleaning): CleanStyle {
  const attributes: Record<string, string> = {};
  for (const declaration of value.split(';').filter((each) => each.trim() !== '')) {
    const [, property, given] = /^\s*([a-z-]+)\s*:\s*(.+?)\s*$/s.exec(declaration) ?? [];
    if (property === undefined || given === undefined || !styleProperties.has(property)) {
      const problem = {
        expected: 'in `style` only what colours, strokes and sets text',
        found: shown(declaration),
        fix: 'Take it out.',
      };
      return { ok: false, problem };
    }
    const clean = cleanDeclaration(property, given, cleaning);
    if (typeof clean !== 'string') return { ok: false, problem: clean };
    attributes[property] = clean;
  }
  return { ok: true, attributes };
}

function cleanDeclaration(property: string, given: string, cleaning: Cleaning): string | Wording {
  if (colourProperties.has(property)) return cleanColour(property, given, cleaning);
  const isPlain = /^(?:[\w\s.,%'-]|var\(--[a-z0-9-]+\))*$/i.test(given);
  return isPlain ? given : odd(property, given);
}

function elsewhere(name: string, value: string): Wording {
  return {
    expected: `in \`${name}\` a part of the same drawing, by its id`,
    found: shown(value),
    fix: 'Draw it here: nothing is taken from elsewhere.',
  };
}

function odd(name: string, value: string): Wording {
  return {
    expected: `a plain value of \`${name}\``,
    found: shown(value),
    fix: 'Mend it, or take it out.',
  };
}
