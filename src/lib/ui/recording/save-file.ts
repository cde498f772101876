/** What a page shows, as files. */

/** Of what is drawn, these must be in the file, since the page's rules do not come with it. */
const drawn = [
  'display',
  'fill',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'paint-order',
  'stroke',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-opacity',
  'stroke-width',
  'text-anchor',
];
const margin = 16;
const head = 40;

/**
 * Saves a drawing as it looks now, on its own: colours and lengths are resolved, and nothing in it leads away.
 * @param layers - All of one size, the lowest first.
 */
export function saveDrawing(layers: SVGSVGElement[], title: string, name: string): void {
  const [copy, ...others] = layers.map(standingAlone) as [SVGSVGElement, ...SVGSVGElement[]];
  for (const other of others) copy.append(...other.children);
  copy.prepend(...frame(layers[0]!, title, copy));
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

function standingAlone(drawing: SVGSVGElement): SVGSVGElement {
  const { width, height } = drawing.getBoundingClientRect();
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [...drawing.querySelectorAll<SVGGraphicsElement>('*')];
  [...copy.querySelectorAll<SVGGraphicsElement>('*')].forEach((element, place) =>
    resolve(element, originals[place]!),
  );
  for (const hidden of [...copy.querySelectorAll('[style*="display: none"], .hit, .ground')]) {
    hidden.remove();
  }
  for (const link of [...copy.querySelectorAll('a')]) link.replaceWith(...link.childNodes);
  const [wide, high] = [width + 2 * margin, height + head + 2 * margin];
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `${-margin} ${-head - margin} ${wide} ${high}`);
  copy.setAttribute('width', String(wide));
  copy.setAttribute('height', String(high));
  copy.setAttribute('role', 'img');
  copy.removeAttribute('aria-labelledby');
  return copy;
}

/** The paper it is drawn on, and its title. */
function frame(drawing: SVGSVGElement, title: string, copy: SVGSVGElement): SVGElement[] {
  const make = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name);
  const style = getComputedStyle(drawing.closest('figure') ?? drawing);
  const name = make('title');
  name.textContent = title;
  const paper = make('rect');
  const box = {
    x: -margin,
    y: -head - margin,
    width: copy.getAttribute('width'),
    height: copy.getAttribute('height'),
    fill: style.backgroundColor,
  };
  for (const [key, value] of Object.entries(box)) paper.setAttribute(key, String(value));
  const words = make('text');
  words.textContent = title;
  const look = { x: 0, y: -head + 18, fill: style.color, 'font-family': style.fontFamily };
  for (const [key, value] of Object.entries(look)) words.setAttribute(key, String(value));
  words.setAttribute('font-size', '18');
  words.setAttribute('font-weight', '600');
  return [name, paper, words];
}

function resolve(element: SVGGraphicsElement, original: SVGGraphicsElement): void {
  const computed = getComputedStyle(original);
  element.removeAttribute('class');
  if (original.matches('.hit, .ground')) element.setAttribute('class', 'hit');
  element.removeAttribute('style');
  for (const name of ['aria-label', 'aria-hidden', 'data-span', 'tabindex', 'role']) {
    element.removeAttribute(name);
  }
  if (original instanceof SVGRectElement && original.getBBox().width > 0) {
    const { x, width } = original.getBBox();
    element.setAttribute('x', String(round(x)));
    element.setAttribute('width', String(round(width)));
  }
  if (original.closest('defs') && !(original instanceof SVGLineElement)) return;
  element.setAttribute(
    'style',
    drawn.map((name) => `${name}: ${computed.getPropertyValue(name)}`).join('; '),
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
