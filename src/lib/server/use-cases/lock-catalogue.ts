import type { CatalogueProof, OnProgress } from '#lib/domain/proof.ts';
import type { Workshop } from '../proof/workshop.ts';

export type LockDeps = Pick<Workshop, 'state' | 'load' | 'proveAfresh' | 'writeLocks'>;

export type Locked =
  | { kind: 'locked'; proof: CatalogueProof; changed: string[] }
  | { kind: 'no-sandbox'; problem: string };

/** Proves catalogues from nothing and writes what was proven into their locks. */
export async function lockCatalogue(
  deps: LockDeps,
  roots: string[],
  onProgress?: OnProgress,
): Promise<Locked> {
  const state = await deps.state();
  if (!state.ready) return { kind: 'no-sandbox', problem: state.problem };
  const loaded = await deps.load(roots);
  const proof = await deps.proveAfresh(loaded, onProgress);
  return { kind: 'locked', proof, changed: await deps.writeLocks(loaded, proof) };
}
