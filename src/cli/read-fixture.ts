/** Reads the folder that `assay run --fixture` names, by the rules that hold for a lesson's own. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
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
import { CommandProblem } from './command-problem.ts';
import { readSource } from './read-program.ts';

/**
 * Reads a fixture: `rows.py`, and apps with models.
 * @param folder - A lesson's folder `fixture`, or one laid out like it.
 * @param onProblem - Told of everything that is wrong in it.
 */
export async function readFixture(
  folder: string,
  onProblem: (problem: CommandProblem) => void,
): Promise<Fixture> {
  const tellAll = (problems: readonly FixtureProblem[]) => {
    for (const { path, expected, found, fix } of problems) {
      const place = join(folder, path);
      onProblem(new CommandProblem(`${place}: expected ${expected}; found ${found}.`, fix));
    }
  };
  let entries: FixtureEntry[];
  try {
    entries = await listTree(folder);
  } catch (error) {
    onProblem(whyUnlisted(folder, error));
    return emptyFixture;
  }
  const { files, problems } = surveyFixture(entries);
  tellAll(problems.length === 0 && files.length === 0 ? [nothingIn] : problems);
  const texts = new Map<string, string>();
  for (const path of files) {
    try {
      texts.set(path, await readSource(join(folder, path)));
    } catch (error) {
      if (!(error instanceof CommandProblem)) throw error;
      onProblem(error);
    }
  }
  const assembled = assembleFixture(texts);
  tellAll(assembled.problems);
  return assembled.fixture;
}

const nothingIn: FixtureProblem = {
  path: '',
  expected: "a lesson's folder `fixture`, with `rows.py` or an app",
  found: 'neither',
  fix: "Name the folder `fixture` itself, not the lesson's.",
};

function whyUnlisted(folder: string, error: unknown): CommandProblem {
  const code = (error as NodeJS.ErrnoException).code;
  const why: Record<string, string> = {
    ENOENT: 'there is no such folder',
    ENOTDIR: 'it is not a folder',
  };
  return new CommandProblem(
    `--fixture ${folder} is not possible: ${why[code ?? ''] ?? 'it cannot be read'}.`,
    "Name a lesson's folder `fixture` that you may read.",
  );
}

/** All that is in a folder but hidden files and editors' backups, as far down as an app may reach. */
async function listTree(folder: string): Promise<FixtureEntry[]> {
  const found: FixtureEntry[] = [];
  const waiting = [''];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const entries = await readdir(join(folder, next), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.name.endsWith('~')) continue;
      const path = next === '' ? entry.name : `${next}/${entry.name}`;
      const kind = entry.isDirectory() ? 'folder' : 'file';
      found.push({ path, kind });
      if (kind === 'folder' && isWorthListing(path)) waiting.push(path);
    }
    if (found.length > fixtureBounds.entries) break;
  }
  return found;
}
