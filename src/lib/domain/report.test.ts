import { describe, expect, it } from 'vitest';
import { maxReportLength, plainText, problemOfReport, reportKinds } from './report.ts';

describe('the plain text of a report', () => {
  it.each([
    ['an escape that clears the screen', 'a\u001b[2Jb', 'a[2Jb'],
    ['an escape of a single character (C1)', 'a\u009b31mb', 'a31mb'],
    ['a bell, a backspace and a null', 'a\u0007\u0008\u0000b', 'ab'],
    ['a change of the direction of writing', 'a\u202eb\u2066c', 'abc'],
    ['other ends of line', 'a\u2028b\u2029c', 'abc'],
    ['half a character', 'a\ud83db', 'ab'],
    ['space around', '  \n a b \n', 'a b'],
  ])('is without %s', (_, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('keeps letters of every script, tabs and lines', () => {
    expect(plainText('naïve\tß 漢字 🐍\r\nשלום\rend')).toBe('naïve\tß 漢字 🐍\nשלום\nend');
  });
});

describe('what is wrong with a report', () => {
  it.each(reportKinds)('is nothing for one of kind %s with some words', (kind) => {
    expect(problemOfReport(kind, 'The hint names a method that does not exist.')).toBeNull();
    expect(problemOfReport(kind, 'x'.repeat(maxReportLength))).toBeNull();
  });

  it('is a kind that is none', () => {
    expect(problemOfReport('', 'words')).toMatch(/Choose/);
    expect(problemOfReport('toString', 'words')).toMatch(/Choose/);
  });

  it('is a text that is too long, with its length', () => {
    expect(problemOfReport('typo', 'x'.repeat(maxReportLength + 1))).toMatch(/2000.*2001/);
  });

  it('is that there are no words, but for a wrong verdict', () => {
    expect(problemOfReport('unclear', '')).toMatch(/few words/);
    expect(problemOfReport('wrong-verdict', '')).toBeNull();
  });
});
