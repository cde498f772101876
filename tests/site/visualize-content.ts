/** Our first lesson with nothing of it but its recorded program, so that little has to be proven. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './built-site.ts';

const lesson = 'django/async/03-when-async-helps';
const left = ['lesson.yaml', 'visualize.yaml', 'fixture', 'proof.lock.json'];

/** @returns The content root; to be removed by who asked for it. */
export async function visualizeContent(): Promise<string> {
  const content = await mkdtemp(join(tmpdir(), 'assay-content-'));
  const isLeft = (path: string) => {
    const [name] = path.split(`${lesson}/`).slice(1);
    return name === undefined || left.some((each) => name === each || name.startsWith(`${each}/`));
  };
  await cp(join(root, 'content'), content, { recursive: true, filter: isLeft });
  const file = join(content, lesson, 'lesson.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^minutes:\n(?: {2}.*\n)+/m, 'minutes:\n  visualize: 10\n'));
  return content;
}

export const removeContent = (content: string) => rm(content, { recursive: true, force: true });
