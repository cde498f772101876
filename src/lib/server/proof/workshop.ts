/**
 * Content, sandbox and proof put together as one bench to work at: what `assay verify` and its
 * siblings do, each in one call. Nothing is started before it is needed.
 */
import { randomInt } from 'node:crypto';
import type { CatalogueProof, OnProgress } from '#lib/domain/proof.ts';
import { loadCatalogue, type LoadedCatalogue } from '../content/load-catalogue.ts';
import type { Lab } from '../sandbox/lab-port.ts';
import type { Sandbox, SandboxState } from '../sandbox/port.ts';
import { checkLocks } from './check-locks.ts';
import { judgeAnswer, type JudgeAnswer } from './judge-answer.ts';
import type { ProofKeeper } from './proof-keeper.ts';
import { lockOf, writeLock } from './proof-lock.ts';
import { proveCatalogue, type ProofDeps, type ProofKeyParts } from './prove-catalogue.ts';
import type { RecordingKeeper } from './visualize/prove-visualize.ts';

export interface Workshop {
  sandbox: Sandbox;
  lab: Lab;
  state(): Promise<SandboxState>;
  /** What names this host's proofs; null where nothing can be run, and so nothing is known. */
  keyParts(): Promise<ProofKeyParts | null>;
  load(roots: string[]): Promise<LoadedCatalogue>;
  /** Runs everything, whatever was proven before. */
  proveAfresh(loaded: LoadedCatalogue, onProgress?: OnProgress): Promise<CatalogueProof>;
  /** Runs what was not proven on this host yet, and keeps it. */
  proveWhatChanged(
    loaded: LoadedCatalogue,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<CatalogueProof>;
  checkLocks(
    loaded: LoadedCatalogue,
    proof: CatalogueProof,
  ): Promise<{ proof: CatalogueProof; notes: string[] }>;
  /** @returns Folders of the lessons whose lock changed. */
  writeLocks(loaded: LoadedCatalogue, proof: CatalogueProof): Promise<string[]>;
  /** Runs an answer that no proof has run, with inputs that nobody has seen. */
  judge: JudgeAnswer;
  close(): Promise<void>;
}

export interface WorkshopParts {
  sandbox: Sandbox;
  lab: Lab;
  /** Name of the runtime that proves. */
  runtime: string;
  /** Digest of the Python inside the jail. */
  harness: () => Promise<string>;
  keeper: ProofKeeper;
  /** Where what is shown of recorded programs is kept. */
  recordings: RecordingKeeper;
  /** ISO date and time. */
  now: () => string;
}

/** Of inputs: what Python's `random` takes. */
const newSeed = () => randomInt(2 ** 32);

export function createWorkshop({
  sandbox,
  lab,
  runtime,
  harness,
  keeper,
  recordings,
  now,
}: WorkshopParts): Workshop {
  async function keyParts(): Promise<ProofKeyParts | null> {
    const { ready, tier } = await sandbox.state(runtime);
    if (!ready) return null;
    const versions = await sandbox.versions(runtime);
    return { runtime: { name: runtime, versions }, harness: await harness(), tier, limits: {} };
  }

  let known: ProofKeyParts | null = null;

  const judge: JudgeAnswer = async ({ exercise, lesson, answer, owner }) => {
    known ??= await keyParts();
    if (!known) return { kind: 'trouble', problem: 'nothing can be run here' };
    return judgeAnswer(exercise, lesson, answer, { ...known, sandbox, owner, now }, newSeed());
  };

  async function prove(
    loaded: LoadedCatalogue,
    kept: Pick<ProofDeps, 'keeper' | 'recordings'>,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<CatalogueProof> {
    const parts = await keyParts();
    if (!parts) throw new Error('Nothing can be proven where nothing can be run.');
    return proveCatalogue(loaded, {
      ...{ ...parts, ...kept, sandbox, now },
      ...(onProgress ? { onProgress } : {}),
      ...(signal ? { signal } : {}),
    });
  }

  return {
    sandbox,
    lab,
    state: () => sandbox.state(runtime),
    keyParts,
    load: loadCatalogue,
    proveAfresh: (loaded, onProgress) => prove(loaded, { keeper: null }, onProgress),
    proveWhatChanged: (loaded, onProgress, signal) =>
      prove(loaded, { keeper, recordings }, onProgress, signal),
    checkLocks: async (loaded, proof) => checkLocks(loaded, proof, await harness()),
    writeLocks: async (loaded, proof) => {
      const made = { runtime: proof.runtime, harness: await harness() };
      const changed: string[] = [];
      for (const lesson of loaded.lessons) {
        const proven = proof.lessons.find(({ id }) => id === lesson.id);
        if (proven && (await writeLock(lesson.folder, lockOf(proven, made)))) {
          changed.push(lesson.folder);
        }
      }
      return changed;
    },
    judge,
    close: async () => {
      await Promise.all([sandbox.close(), lab.close()]);
    },
  };
}
