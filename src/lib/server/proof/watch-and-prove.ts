/**
 * Keeps the proof of catalogues up with their files, for the host of an author: what changed is proven
 * as soon as it is saved.
 */
import type { Lesson } from '#lib/domain/exercise.ts';
import type { CatalogueProof, LessonProof } from '#lib/domain/proof.ts';
import type { LoadedCatalogue } from '../content/load-catalogue.ts';
import { withFindings } from './prove-catalogue.ts';
import { documentsForServing } from './prose/documents-for-serving.ts';
import { proofsForServing } from './serving.ts';
import { labForServing } from './lab/lab-for-serving.ts';
import type { LabRunKeeper } from './lab/prove-lab.ts';
import type { RecordingKeeper } from './visualize/prove-visualize.ts';
import { visualizeForServing } from './visualize/visualize-for-serving.ts';
import type { ProofKeeper } from './proof-keeper.ts';
import { watchFolders } from './watch-folders.ts';
import type { Workshop } from './workshop.ts';

/** How things stand at one moment. */
export interface Standing {
  /** Grows whenever lessons or proofs may have become others. */
  version: number;
  isProving: boolean;
  lessons: Lesson[];
  /** Of each lesson that was read, and of files of none (their id is empty). */
  proofs: LessonProof[];
}

export interface ProvenChange {
  /** What had changed, relative to the content roots; empty for the first proof. */
  paths: string[];
  proof: CatalogueProof;
}

/** `closed` is the last that a listener hears. */
export type WatchListener = (event: 'changed' | 'closed') => void;

export interface ContentWatch {
  standing(): Standing;
  /** @returns Ends the subscription. */
  subscribe(listener: WatchListener): () => void;
  close(): Promise<void>;
}

export interface WatchDeps {
  workshop: Pick<Workshop, 'state' | 'load' | 'keyParts' | 'proveWhatChanged' | 'close'>;
  keeper: ProofKeeper | null;
  /** Where what is shown of recorded programs is kept. */
  recordings: RecordingKeeper | null;
  /** Where the runs of labs that are shown are kept. */
  labRuns: LabRunKeeper | null;
  roots: string[];
  /** Called after each proof that came to its end. */
  onProven: (change: ProvenChange) => void;
  /** Gets a sentence for a person. */
  onTrouble: (problem: string) => void;
}

/**
 * Reads the catalogues, with the proofs that are kept, and goes on from there: the first proof and all
 * later ones are made in the background. Where nothing can be run, files are read anew all the same.
 */
export async function watchAndProve(deps: WatchDeps): Promise<ContentWatch> {
  const { workshop, roots } = deps;
  const listeners = new Set<WatchListener>();
  let standing = await readStanding(deps, 1);
  let going = new AbortController();
  let isClosed = false;

  function become(change: Partial<Standing>) {
    standing = { ...standing, ...change };
    for (const listener of listeners) listener('changed');
  }

  async function prove(paths: string[], signal: AbortSignal): Promise<void> {
    const loaded = await workshop.load(roots);
    if (!(await workshop.state()).ready) {
      const next = await readStanding(deps, standing.version + 1, loaded);
      if (!signal.aborted) become({ ...next, isProving: false });
      return;
    }
    const proof = await workshop.proveWhatChanged(loaded, undefined, signal);
    // A later change has taken over: what this one found is of files that are no more.
    if (signal.aborted) return;
    const { lessons } = loaded;
    const version = standing.version + 1;
    become({ version, isProving: false, lessons, proofs: proof.lessons });
    deps.onProven({ paths, proof });
  }

  function begin(paths: string[]) {
    if (isClosed) return;
    going.abort();
    going = new AbortController();
    const { signal } = going;
    become({ isProving: true });
    prove(paths, signal).catch((error: unknown) => {
      if (signal.aborted) return;
      become({ isProving: false });
      const reason = error instanceof Error ? error.message : String(error);
      deps.onTrouble(`The change could not be proven (${reason}). Save again to try again.`);
    });
  }

  const stopWatching = watchFolders(roots, begin, deps.onTrouble);
  begin([]);
  return {
    standing: () => standing,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      isClosed = true;
      stopWatching();
      going.abort();
      for (const listener of listeners) listener('closed');
      listeners.clear();
      await workshop.close();
    },
  };
}

/** What can be said of the files without running anything. */
async function readStanding(
  { workshop, keeper, recordings, labRuns, roots }: WatchDeps,
  version: number,
  read?: LoadedCatalogue,
): Promise<Standing> {
  const loaded = read ?? (await workshop.load(roots));
  const { lessons, findings } = loaded;
  const parts = await workshop.keyParts();
  const known = await proofsForServing({ lessons, findings: [] }, keeper, parts);
  const documents = await documentsForServing({ lessons, findings: [] }, keeper, parts);
  const kept = { keeper, recordings, labRuns };
  const recorded = await visualizeForServing({ lessons, findings: [] }, kept, parts);
  const labs = await labForServing({ lessons, findings: [] }, kept, parts);
  const ofLessons = lessons.map(({ id, exercises }): LessonProof => {
    const proofs = exercises.flatMap(({ uid }) => known.get(uid) ?? []);
    return {
      ...{ id, findings: [], exercises: proofs, documents: documents.get(id) ?? [] },
      ...{ visualize: recorded.get(id) ?? null, lab: labs.get(id) ?? null },
    };
  });
  return { version, isProving: false, lessons, proofs: withFindings(ofLessons, findings) };
}
