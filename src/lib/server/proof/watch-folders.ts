/** Tells of changes below folders, once for each burst of them: an editor's save is several events. */
import { watch, type FSWatcher } from 'node:fs';

/** How long nothing more may happen before a change is told, in milliseconds. */
const quietMs = 60;

/** What editors leave beside a file for a moment; catalogues pass over such names, too. */
const passing = /(^|[/\\])(\.|[^/\\]*~$|[^/\\]*\.sw[a-z]$|4913$)/;

/**
 * @param onChange - Gets the paths that changed, relative to their folder, in order and each once.
 * @param onTrouble - Gets a sentence when a folder cannot be watched (any longer).
 * @returns Ends the watching.
 */
export function watchFolders(
  folders: readonly string[],
  onChange: (paths: string[]) => void,
  onTrouble: (problem: string) => void,
): () => void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    const paths = [...changed].sort();
    changed.clear();
    onChange(paths);
  };
  const note = (path: string | null) => {
    if (path !== null && passing.test(path)) return;
    changed.add(path ?? '.');
    clearTimeout(timer);
    timer = setTimeout(tell, quietMs);
  };
  const trouble = (folder: string, error: NodeJS.ErrnoException) =>
    onTrouble(
      `Changes in ${folder} are not seen (${error.code ?? error.message}). Start again to see them.`,
    );
  const watchers = folders.flatMap((folder): FSWatcher[] => {
    try {
      const watcher = watch(folder, { recursive: true }, (_, path) => note(path));
      watcher.on('error', (error) => trouble(folder, error));
      return [watcher];
    } catch (error) {
      trouble(folder, error as NodeJS.ErrnoException);
      return [];
    }
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
