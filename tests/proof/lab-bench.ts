/** What proving a lesson's lab by itself needs of the real lab. */
import type { LabBench } from '../../src/lib/server/proof/lab/prove-lab.ts';
import { openBench } from './real-bench.ts';

export interface RealLabBench extends LabBench {
  close(): Promise<void>;
}

/**
 * Nothing is kept: every proof runs all of its scenarios.
 * @throws Error when this host runs no programs; without a lab, proofs say so.
 */
export async function openLabBench(): Promise<RealLabBench> {
  const bench = await openBench();
  return {
    ...bench,
    labHost: bench.labHost ?? null,
    labHarness: bench.labHarness ?? '',
    labRuns: null,
    inTurn: (job) => job(),
    onPlan: () => undefined,
    onRun: () => undefined,
  };
}
