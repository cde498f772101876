import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFiles, hashTexts, isStamped, writeStamp } from './stamp.mjs';
import { buildHash } from './steps/build.mjs';

let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-stamp-'));
  mkdirSync(join(root, 'src', 'cli'), { recursive: true });
  writeFileSync(join(root, 'src', 'a.ts'), 'a');
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('a stamp', () => {
  it('holds for the inputs it was written with, and for no others', () => {
    expect(isStamped(root, 'one')).toBe(false);
    writeStamp(root, 'one');
    expect(isStamped(root, 'one')).toBe(true);
    expect(isStamped(root, 'two')).toBe(false);
  });

  it('is gone with its folder', () => {
    const folder = join(root, 'build');
    mkdirSync(folder);
    writeStamp(folder, 'one');
    rmSync(folder, { recursive: true });
    expect(isStamped(folder, 'one')).toBe(false);
  });
});

describe('hashFiles', () => {
  it('changes with content, with names and with what is added, and not otherwise', () => {
    const before = hashFiles(root, ['src', 'missing']);
    expect(hashFiles(root, ['src', 'missing'])).toBe(before);
    writeFileSync(join(root, 'src', 'a.ts'), 'b');
    const changed = hashFiles(root, ['src', 'missing']);
    writeFileSync(join(root, 'src', 'c.ts'), '');
    const added = hashFiles(root, ['src', 'missing']);
    expect(new Set([before, changed, added]).size).toBe(3);
  });
});

describe('hashTexts', () => {
  it('tells where one text ends and the next begins', () => {
    expect(hashTexts(['ab', 'c'])).not.toBe(hashTexts(['a', 'bc']));
  });
});

describe('buildHash', () => {
  it('changes with the sources, and not with tests or commands', () => {
    const before = buildHash(root);
    writeFileSync(join(root, 'src', 'a.test.ts'), 'test');
    writeFileSync(join(root, 'src', 'cli', 'main.ts'), 'main');
    expect(buildHash(root)).toBe(before);
    writeFileSync(join(root, 'src', 'a.ts'), 'b');
    expect(buildHash(root)).not.toBe(before);
  });
});
