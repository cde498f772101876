import { createHash } from 'node:crypto';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLimits } from './limits.ts';

/** Names end up in paths and arguments. */
const runtimeName = /^[a-z0-9][a-z0-9.-]*$/;

/** Whether a runtime of this name is there. */
export async function hasRuntime(root: string, name: string): Promise<boolean> {
  if (!runtimeName.test(name)) return false;
  const file = join(root, 'sandbox/runtimes', name, 'runtime.json');
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * Digest of all that decides what a run of this runtime does, apart from the program: the Python in the
 * jail, the runtime's folder, its pinned packages and the default limits.
 * @param root - The folder that holds `sandbox/`.
 * @returns 64 hexadecimal digits.
 */
export async function harnessDigest(root: string, runtime: string): Promise<string> {
  return digestOfFolders(root, ['jail', `runtimes/${runtime}`], runtime);
}

/**
 * Digest of what a lab run depends on beside that: the Python of the lab, and the servers, which are pinned among
 * the runtime's packages.
 * @param root - The folder that holds `sandbox/`.
 * @returns 64 hexadecimal digits.
 */
export async function labDigest(root: string, runtime: string): Promise<string> {
  return digestOfFolders(root, ['lab'], runtime);
}

async function digestOfFolders(root: string, folders: string[], runtime: string): Promise<string> {
  const sandbox = join(root, 'sandbox');
  const found = await Promise.all(folders.map((folder) => filesUnder(sandbox, folder)));
  const files = [...found.flat(), `requirements/${runtime}.txt`].sort();
  const hash = createHash('sha256').update(JSON.stringify(defaultLimits));
  for (const file of files) {
    const content = await readFile(join(sandbox, file));
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function filesUnder(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = entries
    .filter((entry) => entry.name !== '__pycache__')
    .map(async (entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? await filesUnder(root, path) : [path];
    });
  return (await Promise.all(found)).flat();
}
