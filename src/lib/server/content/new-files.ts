/** Writes what an author has not written yet: never over what is there, at most a line more in it. */
import { mkdir, readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** What making new lessons needs of the file system. Paths are absolute. */
export interface NewFiles {
  /** Names of the folders in a folder; empty when it is not there. */
  folders(path: string): Promise<string[]>;
  /** Names of the files in a folder; empty when it is not there. */
  files(path: string): Promise<string[]>;
  /** Makes the folders that are missing. @returns False when the file is there already. */
  write(path: string, text: string): Promise<boolean>;
  /**
   * Adds a line below the first one that a pattern matches, indented as the line that follows.
   * @returns False when the file has no such line.
   */
  addLine(path: string, below: RegExp, line: string): Promise<boolean>;
  /** A path from a file's folder to another file, with forward slashes. */
  pathBetween(file: string, other: string): string;
  join(...parts: string[]): string;
  /** Whether a path lies below a folder, links followed; false where there is nothing. */
  isBelow(folder: string, path: string): Promise<boolean>;
}

async function entries(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The nearest folder above that is there, with links followed. */
async function realFolder(path: string): Promise<string> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory()) return realpath(folder);
    if (folder === dirname(folder)) return folder;
  }
}

export const newFiles: NewFiles = {
  folders: async (path) =>
    (await entries(path)).filter((each) => each.isDirectory()).map(({ name }) => name),
  files: async (path) =>
    (await entries(path)).filter((each) => each.isFile()).map(({ name }) => name),
  write: async (path, text) => {
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(path, text, { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  },
  addLine: async (path, below, line) => {
    const lines = (await readFile(path, 'utf8')).split('\n');
    const at = lines.findIndex((each) => below.test(each));
    if (at === -1) return false;
    const [indent = ''] = /^[ ]*/.exec(lines[at + 1] ?? '') ?? [];
    await writeFile(path, lines.toSpliced(at + 1, 0, indent + line).join('\n'));
    return true;
  },
  pathBetween: (file, other) => relative(dirname(file), other).split(sep).join('/'),
  join,
  isBelow: async (folder, path) => {
    const [outer, inner] = await Promise.all([realFolder(folder), realFolder(path)]);
    return inner === outer || inner.startsWith(outer + sep);
  },
};
