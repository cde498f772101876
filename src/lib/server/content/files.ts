/** Reads what a catalogue's folders hold, and nothing outside them. */
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import { join, relative, sep } from 'node:path';
import type { Finding } from '#lib/domain/exercise.ts';

/** A lesson is text; a file that is larger was put there by mistake. */
export const maxFileBytes = 256 * 1024;

/** A content root, and the findings made while reading under it. */
export interface Root {
  /** Absolute path with all links resolved. */
  path: string;
  findings: Finding[];
}

export interface Entry {
  name: string;
  path: string;
  kind: 'file' | 'folder';
}

/** The path as findings show it: relative to the root, with forward slashes. */
export function shownPath(root: Root, path: string): string {
  return relative(root.path, path).split(sep).join('/') || '.';
}

function report(
  root: Root,
  path: string,
  line: number,
  wording: Pick<Finding, 'expected' | 'found' | 'fix'>,
) {
  root.findings.push({ file: shownPath(root, path), line, ...wording });
}

/** What stands at a path, or null with a finding when it must not be followed or read. */
async function entryAt(root: Root, path: string, name: string): Promise<Entry | null> {
  try {
    if ((await lstat(path)).isSymbolicLink()) {
      const target = await realpath(path);
      if (target !== root.path && !target.startsWith(root.path + sep)) {
        report(root, path, 1, {
          expected: 'a file or folder within the content root',
          found: 'a symbolic link that leads out of it',
          fix: 'Copy what it points to into the content root, or remove the link.',
        });
        return null;
      }
    }
    const found = await stat(path);
    if (found.isDirectory()) return { name, path, kind: 'folder' };
    if (found.isFile()) return { name, path, kind: 'file' };
    report(root, path, 1, {
      expected: 'a file or a folder',
      found: 'something that is neither (a pipe, a socket or a device)',
      fix: 'Remove it from the content root.',
    });
  } catch (error) {
    report(root, path, 1, unreadable(error));
  }
  return null;
}

function unreadable(error: unknown): Pick<Finding, 'expected' | 'found' | 'fix'> {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  const found: Record<string, string> = {
    ENOENT: 'a link to something that is not there',
    ELOOP: 'a link that leads back to itself',
    EACCES: 'no permission to read it',
  };
  return {
    expected: 'something that can be read',
    found: found[code] ?? `the system said ${code}`,
    fix:
      code === 'EACCES'
        ? 'Let the user that runs assay read it (chmod a+rX).'
        : 'Remove it, or put a readable file in its place.',
  };
}

/** What a folder holds, in the order of its names; hidden files and editors' backups are passed over. */
export async function listFolder(root: Root, path: string): Promise<Entry[]> {
  let names: string[];
  try {
    names = await readdir(path);
  } catch (error) {
    report(root, path, 1, unreadable(error));
    return [];
  }
  const wanted = names.filter((name) => !name.startsWith('.') && !name.endsWith('~')).sort(byNumber);
  const entries = await Promise.all(wanted.map((name) => entryAt(root, join(path, name), name)));
  return entries.filter((entry) => entry !== null);
}

/** `2-b` before `10-a`: numbers in front order the folders; names order the rest. */
function byNumber(left: string, right: string): number {
  const number = (name: string) => Number(/^(\d+)-/.exec(name)?.[1] ?? Infinity);
  const difference = number(left) - number(right);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * A file's text, with line ends as `\n` and no byte order mark.
 * @returns Null, with a finding, when it is too large, not UTF-8 or cannot be read.
 */
export async function readText(root: Root, path: string): Promise<string | null> {
  let bytes: Buffer;
  try {
    const { size } = await stat(path);
    if (size > maxFileBytes) {
      report(root, path, 1, {
        expected: `at most ${maxFileBytes / 1024} KiB`,
        found: `${Math.ceil(size / 1024)} KiB`,
        fix: 'Split it, or take out what is no part of the lesson.',
      });
      return null;
    }
    bytes = await readFile(path);
  } catch (error) {
    report(root, path, 1, unreadable(error));
    return null;
  }
  if (!isUtf8(bytes)) {
    report(root, path, firstBadLine(bytes), {
      expected: 'text in UTF-8',
      found: 'bytes that are not UTF-8',
      fix: 'Save the file as UTF-8 in your editor.',
    });
    return null;
  }
  return bytes.toString('utf8').replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

function firstBadLine(bytes: Buffer): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
    line++;
  }
  return line;
}
