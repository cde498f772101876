/** Folders of Python files: those that a learner edits, or finds beside them. */
import type { ProgramFiles } from '#lib/domain/exercise.ts';
import { listFolder, readText, shownPath, type Root } from '../files.ts';
import { fileName } from '../kinds/code-parts.ts';
import { fileNameProblem, mostFiles } from '../kinds/code-rules.ts';

/**
 * Reads the files of a folder.
 * @param root - Gets a finding for all that is no Python file of a good name.
 * @param main - The program's own file: nothing imports it, so it may have any name.
 * @returns Sources by name.
 */
export async function readSources(
  root: Root,
  folder: string,
  { main, apps }: { main: string | null; apps: Record<string, string> },
): Promise<ProgramFiles> {
  const files: ProgramFiles = {};
  for (const entry of await listFolder(root, folder)) {
    const report = (wording: { expected: string; found: string; fix: string }) =>
      root.findings.push({ file: shownPath(root, entry.path), line: 1, ...wording });
    if (entry.kind !== 'file' || !fileName.safeParse(entry.name).success) {
      report({
        expected: 'Python files whose names are small letters, digits and underscores',
        found: `the ${entry.kind} \`${entry.name}\``,
        fix: 'Rename it, or move it elsewhere. A project has no folders of code within folders.',
      });
      continue;
    }
    const problem = entry.name === main ? null : fileNameProblem(entry.name, apps);
    if (problem) report(problem);
    const text = await readText(root, entry.path);
    if (text !== null) files[entry.name] = `${text.trimEnd()}\n`;
  }
  const count = Object.keys(files).length;
  if (count > mostFiles) {
    root.findings.push({
      ...{ file: shownPath(root, folder), line: 1 },
      expected: `at most ${mostFiles} files`,
      found: `${count}`,
      fix: 'Put what belongs together into one file.',
    });
  }
  return files;
}
