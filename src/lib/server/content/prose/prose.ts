/** What a lesson's documents share: the programs and figures that they may show, and the names in use. */
import { join } from 'node:path';
import type { Finding, SourcePlace } from '#lib/domain/exercise.ts';
import type { Fixture } from '#lib/domain/fixture.ts';
import { listFolder, readText, shownPath, type Entry, type Root } from '../files.ts';
import { shown } from '../finding.ts';

/** What prose takes from its lesson. */
export interface ProseLesson extends Fixture {
  /** `django/async/when-async-helps`. */
  id: string;
  runtime: string;
  /** The modes that `minutes` names; null when lesson.yaml could not be read. */
  modes: readonly string[] | null;
}

/** A file of the lesson that documents show. */
export interface ShownFile {
  /** Path relative to the content root. */
  file: string;
  text: string;
  /** Whether a document shows it. */
  isUsed: boolean;
}

export interface Prose {
  lesson: ProseLesson;
  /** By the path that documents write: `programs/name.py`. */
  programs: Map<string, ShownFile>;
  /** `figures/name.svg`. */
  figures: Map<string, ShownFile>;
  /** Where each id of a program or a measurement stands: all documents of a lesson share them. */
  ids: Map<string, SourcePlace>;
}

const shownFolders = [
  { name: 'programs', pattern: /^[a-z0-9]+(?:[-_][a-z0-9]+)*\.py$/, example: 'one-view.py' },
  { name: 'figures', pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*\.svg$/, example: 'one-thread.svg' },
];

/**
 * Reads what the documents of a lesson may show.
 * @param root - Gets a finding for every file that has no place there.
 * @param entries - What the lesson's folder holds.
 */
export async function openProse(
  root: Root,
  entries: readonly Entry[],
  lesson: ProseLesson,
): Promise<Prose> {
  const [programs, figures] = await Promise.all(
    shownFolders.map((folder) => readFolder(root, entries, folder)),
  );
  return { lesson, programs: programs!, figures: figures!, ids: new Map() };
}

async function readFolder(
  root: Root,
  entries: readonly Entry[],
  { name, pattern, example }: (typeof shownFolders)[number],
): Promise<Map<string, ShownFile>> {
  const folder = entries.find((entry) => entry.name === name && entry.kind === 'folder');
  const files = new Map<string, ShownFile>();
  for (const entry of folder ? await listFolder(root, folder.path) : []) {
    const file = shownPath(root, entry.path);
    // What Python leaves behind when an author tries a program.
    if (entry.name === '__pycache__') continue;
    if (entry.kind !== 'file' || !pattern.test(entry.name)) {
      root.findings.push({
        ...{ file, line: 1 },
        expected: `only files such as \`${example}\` in \`${name}\`: small letters, digits, hyphens`,
        found: `the ${entry.kind} ${shown(entry.name)}`,
        fix: 'Rename it, or move it elsewhere.',
      });
      continue;
    }
    const text = await readText(root, entry.path);
    if (text !== null) files.set(join(name, entry.name), { file, text, isUsed: false });
  }
  return files;
}

/** What lies in `programs` and `figures` and no document shows; to be asked when all documents were read. */
export function unusedFindings({ programs, figures }: Prose): Finding[] {
  return [...programs, ...figures]
    .filter(([, { isUsed }]) => !isUsed)
    .map(([path, { file }]) => ({
      ...{ file, line: 1 },
      expected: 'only files that a document of the lesson, its visualize.yaml or its lab.yaml shows',
      found: `\`${path}\`, which none names`,
      fix: path.endsWith('.py')
        ? `Show it, \`file=${path}\` after \`python run\`, or take it out.`
        : `Show it, \`![what it shows](${path})\`, or take it out.`,
    }));
}
