/** A lesson's folder `fixture`, read and checked. */
import { join, relative, sep } from 'node:path';
import {
  assembleFixture,
  emptyFixture,
  fixtureBounds,
  isWorthListing,
  surveyFixture,
  type Fixture,
  type FixtureEntry,
  type FixtureProblem,
} from '#lib/domain/fixture.ts';
import { listFolder, readText, shownPath, type Entry, type Root } from './files.ts';

/**
 * Reads the fixture of a lesson.
 * @param root - Gets a finding for all that is wrong; the rest of the fixture is read all the same.
 * @param entries - What the lesson's folder holds.
 * @returns An empty fixture when the lesson has none.
 */
export async function readFixture(root: Root, entries: readonly Entry[]): Promise<Fixture> {
  const folder = entries.find(({ name, kind }) => name === 'fixture' && kind === 'folder');
  if (!folder) return emptyFixture;
  const { files, problems } = surveyFixture(await listTree(root, folder.path));
  reportAll(root, folder.path, problems);
  const texts = new Map<string, string>();
  for (const path of files) {
    const text = await readText(root, join(folder.path, path));
    if (text !== null) texts.set(path, text);
  }
  const assembled = assembleFixture(texts);
  reportAll(root, folder.path, assembled.problems);
  return assembled.fixture;
}

/** All that is in a folder, as far down as an app may reach, and no more than says that it is too much. */
async function listTree(root: Root, folder: string): Promise<FixtureEntry[]> {
  const found: FixtureEntry[] = [];
  const waiting = [folder];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const { path, kind } of await listFolder(root, next)) {
      const shown = relative(folder, path).split(sep).join('/');
      found.push({ path: shown, kind });
      if (kind === 'folder' && isWorthListing(shown)) waiting.push(path);
    }
    if (found.length > fixtureBounds.entries) break;
  }
  return found;
}

function reportAll(root: Root, folder: string, problems: readonly FixtureProblem[]): void {
  for (const { path, ...wording } of problems) {
    root.findings.push({ file: shownPath(root, join(folder, path)), line: 1, ...wording });
  }
}
