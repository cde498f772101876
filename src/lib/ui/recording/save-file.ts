/** What a page shows, as files. */

/** What of the page's rules must be in the file, since they do not come with it. */
const looks = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-dasharray',
  'stroke-opacity',
  'stroke-width',
];
const letters = ['font-family', 'font-size', 'font-weight', 'paint-order', 'text-anchor'];
const drawn: Record<string, string[]> = {
  circle: looks,
  line: looks,
  path: looks,
  rect: looks,
  text: [...looks, ...letters],
  tspan: [...looks, ...letters],
};
/** Attributes that may be shares of the width. */
const across = ['x', 'x1', 'x2', 'cx', 'width'];
const kept = new Set([
  ...across,
  ...['y', 'y1', 'y2', 'cy', 'dx', 'dy', 'r', 'd', 'height', 'id'],
  ...['transform', 'patternUnits', 'patternTransform'],
]);
interface Sides {
  before: number;
  after: number;
}

const namespace = 'http://www.w3.org/2000/svg';
const margin = 16;
const head = 40;

/**
 * Saves a drawing as it looks now, on its own: colours and lengths are resolved, and nothing in it leads away.
 * @param layers - All of one size, the lowest first.
 * @param sides - How far what is drawn reaches out on either side, in pixels.
 */
export function saveDrawing(
  layers: SVGSVGElement[],
  title: string,
  name: string,
  sides: Sides = { before: 0, after: 0 },
): void {
  const copies = layers.map((layer) => standingAlone(layer, sides));
  const [copy, ...others] = copies as [SVGSVGElement, ...SVGSVGElement[]];
  for (const other of others) copy.append(...other.children);
  copy.prepend(...frame(layers[0]!, title, copy, -sides.before));
  const text = new XMLSerializer().serializeToString(copy);
  save(new Blob([text], { type: 'image/svg+xml' }), name);
}

/** Saves data as JSON. */
export function saveData(data: unknown, name: string): void {
  save(new Blob([JSON.stringify(data)], { type: 'application/json' }), name);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function standingAlone(drawing: SVGSVGElement, { before, after }: Sides): SVGSVGElement {
  const { width, height } = drawing.getBoundingClientRect();
  const copy = document.createElementNS(namespace, 'svg');
  copy.append(...[...drawing.children].flatMap((child) => copyOf(child, width)));
  const [wide, high] = [width + before + after + 2 * margin, height + head + 2 * margin];
  const facts = {
    viewBox: `${-margin - before} ${-head - margin} ${wide} ${high}`,
    width: wide,
    height: high,
  };
  setAll(copy, { ...facts, role: 'img' });
  return copy;
}

/** An element as it looks; nothing for what is not seen. */
function copyOf(original: Element, width: number): Element[] {
  const style = getComputedStyle(original);
  // Titles and patterns are never laid out themselves.
  const isUnseen = style.display === 'none' && !original.closest('defs, title');
  if (isUnseen || original.matches('.hit, .ground')) return [];
  // What leads somewhere on the page leads nowhere from a file.
  const name = original.localName === 'a' ? 'g' : original.localName;
  const copy = document.createElementNS(namespace, name);
  for (const { name: key, value } of original.attributes) {
    if (kept.has(key)) copy.setAttribute(key, value);
  }
  for (const key of drawn[name] ?? []) copy.setAttribute(key, style.getPropertyValue(key));
  if (original instanceof SVGRectElement && !original.closest('defs')) {
    const box = original.getBBox();
    setAll(copy, { x: round(box.x), width: round(box.width) });
  }
  for (const key of across) {
    const value = copy.getAttribute(key);
    if (value?.endsWith('%')) {
      copy.setAttribute(key, String(round((Number.parseFloat(value) / 100) * width)));
    }
  }
  const isLettering = name === 'title' || name === 'tspan' || original.children.length === 0;
  if (isLettering) copy.textContent = original.textContent;
  else copy.append(...[...original.children].flatMap((child) => copyOf(child, width)));
  return [copy];
}

/** The paper it is drawn on, and its title. */
function frame(
  drawing: SVGSVGElement,
  title: string,
  copy: SVGSVGElement,
  x: number,
): SVGElement[] {
  const make = (name: string) => document.createElementNS(namespace, name);
  const style = getComputedStyle(drawing.closest('figure') ?? drawing);
  const [width, height] = [copy.getAttribute('width')!, copy.getAttribute('height')!];
  const [name, paper, words] = [make('title'), make('rect'), make('text')];
  name.textContent = title;
  words.textContent = title;
  setAll(paper, { x: x - margin, y: -head - margin, width, height, fill: style.backgroundColor });
  setAll(words, { x, y: -head + 18, fill: style.color, 'font-family': style.fontFamily });
  setAll(words, { 'font-size': 18, 'font-weight': 600 });
  return [name, paper, words];
}

function setAll(element: Element, attributes: Record<string, string | number>): void {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
