import type { Store } from '../store/port.ts';

export interface DeleteLearnerDeps {
  store: Pick<Store, 'deleteLearner'>;
}

/**
 * Removes for good all that is kept of a learner, at their own wish or by the operator. What is kept under their name
 * elsewhere goes here, too, before the learner: should the host stop between the two, they can still ask again.
 */
export async function deleteLearner(
  { store }: DeleteLearnerDeps,
  learnerId: string,
): Promise<void> {
  await store.deleteLearner(learnerId);
}
