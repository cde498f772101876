import { expect, test } from 'vitest';
import { harmlessJson, harmlessText, showOn } from './terminal-text.ts';

/** A stream that keeps what it is given. */
function keptStream(isTTY: boolean) {
  const kept: string[] = [];
  const stream = { isTTY, write: (text: string) => kept.push(text) > 0 };
  return { kept, shown: showOn(stream as unknown as NodeJS.WriteStream) };
}

test('every control character but newline and tab is shown escaped', () => {
  const all = [...Array.from({ length: 0x20 }, (_, code) => code), 0x7f];
  for (let code = 0x80; code < 0xa0; code++) all.push(code);
  const text = harmlessText(all.map((code) => String.fromCharCode(code)).join(''));
  // eslint-disable-next-line no-control-regex
  expect(text.replace(/[\n\t]/g, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  expect(text).toContain('\t\n');
  expect(text).toContain('\\x00');
  expect(text).toContain('\\r');
  expect(text).toContain('\\x1b');
  expect(text).toContain('\\x7f');
  expect(text).toContain('\\x9b');
});

test('text that has none is left as it is, in any script', () => {
  const text = 'Grüße\tnaïve ✓ 日本\n👩‍🚀\n';
  expect(harmlessText(text)).toBe(text);
});

test('JSON says the same, and holds nothing that a terminal obeys', () => {
  const value = { text: 'a\u001b[2J\u009b2J\u007f' };
  // eslint-disable-next-line no-control-regex
  expect(harmlessJson(value)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(JSON.parse(harmlessJson(value))).toEqual(value);
});

test('a pipe is given the text unchanged', () => {
  const { kept, shown } = keptStream(false);
  shown.write('\u001b[31mred\r\n');
  expect(kept).toEqual(['\u001b[31mred\r\n']);
});

test('a terminal is given harmless text', () => {
  const { kept, shown } = keptStream(true);
  shown.write('\u001b[31mred\r\n');
  expect(kept).toEqual(['\\x1b[31mred\\r\n']);
});

test('what has been shown is not shown again', () => {
  const { kept, shown } = keptStream(true);
  shown.write('on\u0007e\n');
  shown.write('tw');
  shown.finish('on\u0007e\ntwo\n');
  shown.finish('on\u0007e\ntwo\n');
  expect(kept.join('')).toBe('on\\x07e\ntwo\n');
});

test('a line is ended only when one was begun', () => {
  const { kept, shown } = keptStream(true);
  shown.endLine();
  shown.write('half');
  shown.endLine();
  shown.endLine();
  expect(kept.join('')).toBe('half\n');
});
