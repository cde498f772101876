import type { CatalogueProof, OnProgress } from '#lib/domain/proof.ts';
import type { Workshop } from '../proof/workshop.ts';

export type PrepareDeps = Pick<Workshop, 'state' | 'load' | 'proveWhatChanged'>;

export type Prepared =
  | { kind: 'prepared'; proof: CatalogueProof }
  /** Nothing can be run here: what the lessons' locks prove is served. */
  | { kind: 'no-sandbox'; problem: string };

/** Proves what this host has not proven yet, so that a site can be served from it. */
export async function prepareCatalogue(
  deps: PrepareDeps,
  roots: string[],
  onProgress?: OnProgress,
): Promise<Prepared> {
  const state = await deps.state();
  if (!state.ready) return { kind: 'no-sandbox', problem: state.problem };
  const loaded = await deps.load(roots);
  return { kind: 'prepared', proof: await deps.proveWhatChanged(loaded, onProgress) };
}
