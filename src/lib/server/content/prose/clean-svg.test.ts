import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanSvg } from './clean-svg.ts';

const clean = (text: string) => cleanSvg(text, 'What it shows', 'learn-1');
const within = (inner: string) =>
  `<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">${inner}</svg>`;

test('a drawing keeps its shapes, its words and its classes, and gets the name it is given', () => {
  const { svg, problems } = clean(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg>
<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90" viewBox="0 0 9 9" role="x">
  <title>A loop</title><desc>It turns.</desc>
  <defs><marker id="tip" refX="2" orient="auto"><path d="M0 0L4 2L0 4z" fill="currentColor"/></marker></defs>
  <path class="edge" d="M0 0 L9 9" stroke="var(--brass)" stroke-width="1.5" marker-end="url(#tip)"/>
  <g style="fill: var(--ink-soft); font-size: 12px" transform="translate(1 2)"><text x="1">a &lt; b</text></g>
  <use href="#tip"/>
</svg>`);
  expect(problems).toEqual([]);
  expect(svg).toMatch(/^<svg viewBox="0 0 9 9" role="img" aria-label="What it shows">/);
  for (const kept of [
    ...['<title>A loop</title>', '<desc>It turns.</desc>', '<marker id="learn-1-tip" refX="2"'],
    ...['class="edge"', 'stroke="var(--brass)"', 'marker-end="url(#learn-1-tip)"', 'a &#x3C; b'],
    ...['fill="var(--ink-soft)" font-size="12px"', 'href="#learn-1-tip"'],
  ]) {
    expect(svg).toContain(kept);
  }
});

/** Each brings something to life, or brings something in, in a browser that is given it as it is. */
const attacks = [
  '<script>alert(1)</script>',
  '<script xlink:href="//evil/x.js"/>',
  '<foreignObject><body onload="alert(1)"></body></foreignObject>',
  '<circle r="1" onclick="alert(1)"/>',
  '<circle r="1" OnMouseOver="alert(1)"/>',
  '<a href="javascript:alert(1)"><text>x</text></a>',
  '<a xlink:href="data:text/html,x"><text>x</text></a>',
  '<image href="https://evil/x.png"/>',
  '<use href="https://evil/x.svg#a"/>',
  '<use xlink:href="data:image/svg+xml;base64,AAAA#a"/>',
  '<style>@import url(https://evil/x.css);</style>',
  '<rect style="fill: url(https://evil/x)"/>',
  '<rect style="background: url(https://evil/x)"/>',
  '<rect style="fill: var(--ink); behavior: url(x)"/>',
  '<rect style="fill:expression(alert(1))"/>',
  '<rect style="font-family: \\75rl(x)"/>',
  '<rect fill="url(https://evil/x#a)"/>',
  '<rect fill="url(//evil/x)"/>',
  '<rect filter="url(https://evil/x#a)"/>',
  '<rect mask="url(https://evil/x#a)"/>',
  '<rect clip-path="url(\'https://evil/x#a\')"/>',
  '<animate attributeName="href" values="javascript:alert(1)"/>',
  '<set attributeName="onclick" to="alert(1)"/>',
  '<handler type="text/javascript">alert(1)</handler>',
  '<iframe src="https://evil"></iframe>',
  '<img src=x onerror=alert(1)>',
  '<video><source onerror="alert(1)"></video>',
  '<math><mtext><script>alert(1)</script></mtext></math>',
  '<desc><img src=x onerror=alert(1)></desc>',
  '<title><style><img src=x onerror=alert(1)></style></title>',
  '<text><![CDATA[<script>alert(1)</script>]]></text><script>1</script>',
  '<svg onload="alert(1)"></svg><rect href="x"/>',
  '<text aria-label="x" data-x="y" tabindex="0" href="https://evil">x</text>',
  '<feImage href="https://evil/x.png"/>',
  '<metadata><rdf:RDF/></metadata>',
  '<linearGradient id="a b"/>',
  '<rect transform="url(x)"/>',
  '</svg><img src=x onerror=alert(1)>',
  '<p>x</p><script>alert(1)</script>',
];

/** What no cleaned drawing holds. */
const alive =
  /<script|<style|<foreignObject|<(?:a|img|image|iframe|animate|set|video|math|body)\b|\son\w+=|javascript:|data:|https?:(?!\/\/www\.w3\.org)|url\((?!#learn-1-)|href="(?!#learn-1-)|expression|@import|evil/i;

test.each(attacks)('nothing of it stays, and it is a finding: %s', (attack) => {
  const { svg, problems } = clean(within(attack));
  expect(problems.length).toBeGreaterThan(0);
  expect(svg.replace(/<text>[^<]*<\/text>/g, '')).not.toMatch(alive);
});

test('what was cleaned once is not changed by cleaning it again', () => {
  for (const attack of attacks) {
    const once = clean(within(attack)).svg;
    const again = cleanSvg(once, 'What it shows', 'x');
    expect(again.svg.replaceAll('x-learn-1', 'learn-1')).toBe(once);
  }
});

test.each([
  ['a colour that does not follow light and dark', '<rect fill="#fff"/>', 'fill="#fff"'],
  ['a named colour in a style', '<rect style="stroke: red"/>', 'stroke="red"'],
  ['a part that is not there', '<rect fill="url(#gone)"/>', '#gone'],
])('%s is a finding', (_, inner, found) => {
  expect(clean(within(inner)).problems[0]?.found).toContain(found);
});

test('a drawing without viewBox, and text that is none, are findings', () => {
  expect(clean('<svg width="9" height="9"><circle r="1"/></svg>').problems).toMatchObject([
    { line: 1, found: 'none' },
  ]);
  expect(clean('not a drawing').svg).toBe('');
  expect(clean('<svg viewBox="0 0 1 1"/><svg viewBox="0 0 1 1"/>').problems).not.toEqual([]);
});

test('whatever a file holds, it is read and nothing in it lives', () => {
  const pieces = fc.constantFrom(
    ...attacks,
    ...['<svg>', '</svg>', '<g>', '"', "'", '>', '<', '/>', '<!--', '-->', ']]>', '\0', '&#106;'],
    ...['<text>', '<desc>', '<title>', '<math>', '<table>', '<select>', '<p>', '<br>', '</p>'],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (all) => {
      const { svg } = clean(within(all.join('')));
      const again = cleanSvg(svg, 'What it shows', 'x').svg.replaceAll('x-learn-1', 'learn-1');
      expect(again).toBe(svg);
      expect(svg.replace(/>[^<]*</g, '><').replace(/aria-label="[^"]*"/g, '')).not.toMatch(alive);
    }),
    { numRuns: 500 },
  );
});

test('what a drawing has as a style becomes attributes, which a style of the same name goes before', () => {
  const { svg, problems } = cleanSvg(
    '<svg viewBox="0 0 9 9"><path d="M0 0" stroke-width="1" fill="none" style="stroke-width: 2; stroke: var(--ink)"/></svg>',
    'A line',
    'learn-1',
  );
  expect(problems).toEqual([]);
  expect(svg).toContain('<path d="M0 0" fill="none" stroke-width="2" stroke="var(--ink)">');
  expect(svg).not.toContain('style');
});
