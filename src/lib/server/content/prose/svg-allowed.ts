/** What a figure may be made of. Whatever is not named here is left out. Names as in a parsed tree. */

export const allowedTags: ReadonlySet<string> = new Set([
  ...['svg', 'g', 'defs', 'title', 'desc', 'symbol', 'use'],
  ...['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon'],
  ...['text', 'tspan', 'textPath', 'marker', 'clipPath', 'mask', 'pattern'],
  ...['linearGradient', 'radialGradient', 'stop'],
]);

/** What is left out without a word, as editors write it and it does nothing in a page. */
export const passedOver: ReadonlySet<string> = new Set(
  ['xmlns', 'xmlnsXLink', 'xmlSpace', 'version', 'baseProfile'].map((name) => name.toLowerCase()),
);

/** Sizes, places and words: any plain value. */
export const plainAttributes: ReadonlySet<string> = new Set(
  [
    ...['x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'dx', 'dy'],
    ...['width', 'height', 'd', 'points', 'transform', 'viewBox', 'preserveAspectRatio', 'rotate'],
    ...['fillOpacity', 'fillRule', 'strokeWidth', 'strokeLineCap', 'strokeLineJoin'],
    ...['strokeDashArray', 'strokeDashOffset', 'strokeOpacity', 'strokeMiterLimit', 'opacity'],
    ...['fontFamily', 'fontSize', 'fontWeight', 'fontStyle', 'letterSpacing', 'wordSpacing'],
    ...['textAnchor', 'dominantBaseline', 'alignmentBaseline', 'baselineShift', 'textLength'],
    ...['lengthAdjust', 'startOffset', 'clipRule', 'stopOpacity', 'offset', 'gradientUnits'],
    ...['gradientTransform', 'spreadMethod', 'patternUnits', 'patternContentUnits'],
    ...['patternTransform', 'markerWidth', 'markerHeight', 'markerUnits', 'orient', 'refX', 'refY'],
    ...['clipPathUnits', 'maskUnits', 'maskContentUnits', 'paintOrder', 'vectorEffect'],
    ...['visibility', 'display', 'pathLength', 'role', 'ariaHidden', 'ariaLabel', 'className'],
  ].map((name) => name.toLowerCase()),
);

/** Colours: `currentColor`, a variable of the page, a gradient of the figure, or none. */
export const colourAttributes: ReadonlySet<string> = new Set(
  ['fill', 'stroke', 'color', 'stopColor'].map((name) => name.toLowerCase()),
);

/** `url(#name)`, a part of the same figure. */
export const partAttributes: ReadonlySet<string> = new Set(
  ['markerStart', 'markerMid', 'markerEnd', 'clipPath', 'mask'].map((name) => name.toLowerCase()),
);

/** `#name`. */
export const linkAttributes: ReadonlySet<string> = new Set(['href', 'xlinkhref']);

/** Names of parts of the same figure, with spaces between them. */
export const idListAttributes: ReadonlySet<string> = new Set(['arialabelledby', 'ariadescribedby']);

/** Properties of a `style` attribute, which become attributes; those that are colours are held to the same as these. */
export const styleProperties: ReadonlySet<string> = new Set([
  ...['fill', 'stroke', 'color', 'stop-color', 'opacity', 'fill-opacity', 'stroke-opacity'],
  ...['stop-opacity', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin'],
  ...['font-family', 'font-size', 'font-weight', 'font-style', 'letter-spacing', 'text-anchor'],
  ...['dominant-baseline', 'paint-order', 'vector-effect', 'fill-rule'],
]);

export const colourProperties: ReadonlySet<string> = new Set([
  ...['fill', 'stroke', 'color', 'stop-color'],
]);
