import { expect, test } from 'vitest';
import { harmlessText, visibleText } from './harmless-text.ts';

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

test('on a page, what cannot be seen or turns the writing round is shown escaped as well', () => {
  expect(visibleText('a\u202eb\u2066c\ufeffd\u200be\u2028\u001b[1m')).toBe(
    'a\\u202eb\\u2066c\\ufeffd\\u200be\\u2028\\x1b[1m',
  );
  const joined = 'Grüße\t👩‍🚀 می‌خواهم\n';
  expect(visibleText(joined)).toBe(joined);
});
