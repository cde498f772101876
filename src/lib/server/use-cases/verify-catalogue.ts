import type { CatalogueProof, OnProgress } from '#lib/domain/proof.ts';
import type { Workshop } from '../proof/workshop.ts';

export type VerifyDeps = Pick<Workshop, 'state' | 'load' | 'proveAfresh' | 'checkLocks'>;

export type Verified =
  | { kind: 'verified'; proof: CatalogueProof; notes: string[] }
  /** Nothing could be run here; `problem` says why, and how to mend it. */
  | { kind: 'no-sandbox'; problem: string };

/** Proves catalogues from nothing, and holds their locks against what was found. */
export async function verifyCatalogue(
  deps: VerifyDeps,
  roots: string[],
  onProgress?: OnProgress,
): Promise<Verified> {
  const state = await deps.state();
  if (!state.ready) return { kind: 'no-sandbox', problem: state.problem };
  const loaded = await deps.load(roots);
  const proof = await deps.proveAfresh(loaded, onProgress);
  return { kind: 'verified', ...(await deps.checkLocks(loaded, proof)) };
}
