import type { Outcome, RunFailure } from './run.ts';

/** What a learner reads of trouble that is the host's. */
const hostTrouble =
  'The sandbox could not make this run. Nothing was learnt of the program; ask again.';

/** A result as a learner may read it: what kept the host from making the run may speak of the host. */
export function withoutHostTrouble<Result extends { outcome: Outcome; error: RunFailure | null }>(
  result: Result,
): Result {
  if (result.outcome !== 'infrastructure' || !result.error) return result;
  return { ...result, error: { ...result.error, message: hostTrouble } };
}
