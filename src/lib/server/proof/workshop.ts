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
import type { LabHost, LabKeyParts, LabRunKeeper } from './lab/prove-lab.ts';
import { lockOf, readLock, writeLock } from './proof-lock.ts';
import { proveCatalogue, type ProofDeps } from './prove-catalogue.ts';
import type { RecordingKeeper } from './visualize/prove-visualize.ts';

export interface Workshop {
  sandbox: Sandbox;
  lab: Lab;
  state(): Promise<SandboxState>;
  /** What names this host's proofs; null where nothing can be run, and so nothing is known. */
  keyParts(): Promise<LabKeyParts | null>;
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
  machine: LabHost['machine'];
  /** Name of the runtime that proves. */
  runtime: string;
  /** Digest of the Python inside the jail. */
  harness: () => Promise<string>;
  /** Digest of the Python of the lab. */
  labHarness: () => Promise<string>;
  keeper: ProofKeeper;
  /** Where what is shown of recorded programs is kept. */
  recordings: RecordingKeeper;
  /** Where the runs of labs that are shown are kept. */
  labRuns: LabRunKeeper;
  /** ISO date and time. */
  now: () => string;
}

/** Of inputs: what Python's `random` takes. */
const newSeed = () => randomInt(2 ** 32);

export function createWorkshop({
  sandbox,
  lab,
  machine,
  runtime,
  harness,
  labHarness,
  keeper,
  recordings,
  labRuns,
  now,
}: WorkshopParts): Workshop {
  async function keyParts(): Promise<LabKeyParts | null> {
    const { ready, tier } = await sandbox.state(runtime);
    if (!ready) return null;
    const versions = await sandbox.versions(runtime);
    return {
      ...{ runtime: { name: runtime, versions }, tier, limits: {} },
      ...{ harness: await harness(), labHarness: await labHarness() },
    };
  }

  let known: LabKeyParts | null = null;

  const judge: JudgeAnswer = async ({ exercise, lesson, answer, owner }) => {
    known ??= await keyParts();
    if (!known) return { kind: 'trouble', problem: 'nothing can be run here' };
    return judgeAnswer(exercise, lesson, answer, { ...known, sandbox, owner, now }, newSeed());
  };

  async function prove(
    loaded: LoadedCatalogue,
    kept: Pick<ProofDeps, 'keeper' | 'recordings' | 'labRuns'>,
    onProgress?: OnProgress,
    signal?: AbortSignal,
  ): Promise<CatalogueProof> {
    const parts = await keyParts();
    if (!parts) throw new Error('Nothing can be proven where nothing can be run.');
    return proveCatalogue(loaded, {
      ...{ ...parts, ...kept, sandbox, labHost: { port: lab, machine }, now },
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
      prove(loaded, { keeper, recordings, labRuns }, onProgress, signal),
    checkLocks: async (loaded, proof) => checkLocks(loaded, proof, await harness()),
    writeLocks: async (loaded, proof) => {
      const made = { runtime: proof.runtime, harness: await harness() };
      const changed: string[] = [];
      for (const lesson of loaded.lessons) {
        const proven = proof.lessons.find(({ id }) => id === lesson.id);
        if (!proven) continue;
        const { lock } = await readLock(lesson.folder);
        if (await writeLock(lesson.folder, lockOf(proven, made, lock))) {
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
