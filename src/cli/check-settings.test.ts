import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataDirProblem, tryDataDir } from './check-settings.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-data-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('tryDataDir', () => {
  it('makes the folder and leaves nothing else behind', () => {
    const dataDir = join(folder, 'a', 'b');
    tryDataDir({ dataDir });
    expect(existsSync(dataDir)).toBe(true);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('says that a folder cannot be made, and names the setting', () => {
    writeFileSync(join(folder, 'file'), '');
    const dataDir = join(folder, 'file', 'data');
    expect(() => {
      tryDataDir({ dataDir });
    }).toThrow(`The data folder ${dataDir} cannot be written to (ENOTDIR).`);
  });
});

describe('dataDirProblem', () => {
  it.each(['ENOSPC', 'EDQUOT'])('says that the disk is full: %s', (code) => {
    const problem = dataDirProblem('/srv/assay', Object.assign(new Error('write'), { code }));
    expect(problem.message).toBe('The disk is full: nothing can be written to /srv/assay.');
    expect(problem.fix).toContain('ASSAY_DATA_DIR');
  });

  it.each(['EACCES', 'EROFS'])('says that the folder is closed to this user: %s', (code) => {
    const problem = dataDirProblem('/srv/assay', Object.assign(new Error('open'), { code }));
    expect(problem.message).toContain(`/srv/assay cannot be written to (${code})`);
    expect(problem.fix).toContain('ASSAY_DATA_DIR');
  });
});
