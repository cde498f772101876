/** A learner's text, kept in their browser between visits. Nothing of it is worth an error: storage may be off. */

type Sources = Record<string, string>;

export interface Draft {
  /** What it was written on: of the same, it is simply gone on with. */
  basis: string;
  sources: Sources;
}

interface Kept extends Draft {
  /** Milliseconds since the epoch. */
  at: number;
}

const prefix = 'assay:draft:';

/** Of each draft, in characters, and how many there may be: the oldest goes first. */
export const draftBounds = { characters: 100_000, drafts: 40 };

/** The browser's storage; null where it is switched off. */
export function browserStorage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

/**
 * Keeps the text of some files. One that is too long is not kept, and takes the place of none.
 * @param now - Milliseconds since the epoch.
 */
export function keepDraft(storage: Storage, key: string, draft: Draft, now: number): void {
  const { basis, sources } = draft;
  const text = JSON.stringify({ at: now, basis, sources } satisfies Kept);
  if (text.length > draftBounds.characters) return;
  try {
    storage.setItem(prefix + key, text);
    for (const old of oldestFirst(storage).slice(0, -draftBounds.drafts)) storage.removeItem(old);
  } catch {
    // Full: the text is still on the page.
  }
}

/** @returns What was kept, if it is the text of just these files; else null. */
export function findDraft(storage: Storage, key: string, paths: string[]): Draft | null {
  const { basis = '', sources } = parse(storage.getItem(prefix + key)) ?? {};
  if (!sources || Object.keys(sources).length !== paths.length) return null;
  return paths.every((path) => typeof sources[path] === 'string') ? { basis, sources } : null;
}

export function dropDraft(storage: Storage, key: string): void {
  storage.removeItem(prefix + key);
}

function oldestFirst(storage: Storage): string[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  const ages = keys
    .filter((key) => key.startsWith(prefix))
    .map((key): [string, number] => [key, parse(storage.getItem(key))?.at ?? 0]);
  return ages.sort(([, a], [, b]) => a - b).map(([key]) => key);
}

function parse(text: string | null): Partial<Kept> | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
