import type { Store } from '../store/port.ts';

export interface DeleteLearnerDeps {
  store: Pick<Store, 'deleteLearner'>;
}

/**
 * Removes for good all that is kept of a learner, at their own wish or by the operator: with their account and its
 * sessions, in one transaction. What will be kept of them elsewhere is to go here as well, before that.
 */
export async function deleteLearner(
  { store }: DeleteLearnerDeps,
  learnerId: string,
): Promise<void> {
  await store.deleteLearner(learnerId);
}
