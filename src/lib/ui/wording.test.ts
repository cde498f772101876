import { describe, expect, it } from 'vitest';
import {
  attemptsLeft,
  counted,
  day,
  listed,
  mainVersions,
  runsText,
  versionNames,
} from './wording.ts';

describe('the words of the pages', () => {
  it('counts in singular and plural', () => {
    expect(counted(1, 'answer')).toBe('1 answer');
    expect(counted(4, 'answer')).toBe('4 answers');
    expect(attemptsLeft(3, 1)).toBe('2 of 3 attempts left');
    expect(attemptsLeft(1, 3)).toBe('0 of 1 attempt left');
  });

  it('writes the day in UTC, and what is no date as it is', () => {
    expect(day('2026-11-23T23:59:59Z')).toBe('23 Nov 2026');
    expect(day('2026-11-24T00:30:00+02:00')).toBe('23 Nov 2026');
    expect(day('yesterday')).toBe('yesterday');
  });

  it('names the framework first, and only what is well known on the hallmark', () => {
    const versions = { asgiref: '3.8.1', python: '3.11.2', django: '5.2.19' };
    expect(versionNames(versions)).toEqual(['Django 5.2.19', 'CPython 3.11.2', 'asgiref 3.8.1']);
    expect(mainVersions(versions)).toEqual(['Django 5.2.19', 'CPython 3.11.2']);
    expect(mainVersions({ b: '1', a: '2', c: '3' })).toEqual(['b 1', 'a 2']);
  });

  it('says how often something ran', () => {
    expect(runsText(1)).toBe('Run once.');
    expect(runsText(3)).toBe('Run 3 times, with the same outcome each time.');
  });

  it('joins words as a sentence does', () => {
    expect([listed([]), listed(['1']), listed(['1', '2', '3'])]).toEqual(['', '1', '1, 2 and 3']);
  });
});
