import { expect, test } from 'vitest';
import { harmlessJson, showOn } from './terminal-text.ts';

/** A stream that keeps what it is given. */
function keptStream(isTTY: boolean) {
  const kept: string[] = [];
  const stream = { isTTY, write: (text: string) => kept.push(text) > 0 };
  return { kept, shown: showOn(stream as unknown as NodeJS.WriteStream) };
}

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
