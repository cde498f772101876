import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryTake, withLock } from './lock.mjs';

// Far above what the kernel gives out.
const DEAD_PID = 2 ** 30;

let root;
let path;
const lines = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-lock-'));
  path = join(root, 'setup.lock');
  lines.length = 0;
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const context = () => ({
  root,
  env: {},
  isRoot: false,
  out: { write: (text) => lines.push(text) },
});

describe('the lock', () => {
  it('is taken once', () => {
    expect(tryTake(path)).toBe(true);
    expect(tryTake(path)).toBe(false);
  });

  it('is taken from a holder that no longer lives', () => {
    writeFileSync(path, JSON.stringify({ pid: DEAD_PID, startedAt: '1' }));
    expect(tryTake(path)).toBe(true);
    expect(tryTake(path)).toBe(false);
  });

  it.runIf(process.platform === 'linux')('is taken when the id of its holder is used again', () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: '1' }));
    expect(tryTake(path)).toBe(true);
  });

  it('is taken when a crash left it empty long ago, and not when it was made this moment', () => {
    writeFileSync(path, '');
    expect(tryTake(path)).toBe(false);
    utimesSync(path, new Date(0), new Date(0));
    expect(tryTake(path)).toBe(true);
  });

  it('waits for the guard of another that takes a dead lock away', () => {
    writeFileSync(path, JSON.stringify({ pid: DEAD_PID, startedAt: '1' }));
    writeFileSync(`${path}.guard`, '');
    expect(tryTake(path)).toBe(false);
    utimesSync(`${path}.guard`, new Date(0), new Date(0));
    expect(tryTake(path)).toBe(false);
    expect(tryTake(path)).toBe(true);
  });

  it('lets one work at a time, says that it waits, and is free afterwards', async () => {
    const order = [];
    const work = (name) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${name} ends`);
    };
    await Promise.all([withLock(context(), work('a')), withLock(context(), work('b'))]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(lines.join('')).toContain('another one is at work here');
    expect(existsSync(join(root, '.assay', 'setup.lock'))).toBe(false);
  });

  it('is free after work that failed', async () => {
    await expect(withLock(context(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(withLock(context(), async () => 'yes')).resolves.toBe('yes');
  });
});
