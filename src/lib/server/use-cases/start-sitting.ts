import { findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { hasTest } from '#lib/domain/test-pool.ts';
import type { Store } from '../store/port.ts';

export interface StartSittingDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'startSitting'>;
  now: () => Date;
}

/** `refused`: the last one ended too short a time ago. */
export type StartSittingResult = 'started' | 'open' | 'refused' | 'not-found';

/** Begins a sitting of a lesson's Test; one that is open is gone on with. */
export async function startSitting(
  { catalogue, store, now }: StartSittingDeps,
  learnerId: string,
  lessonId: string,
): Promise<StartSittingResult> {
  const served = findLesson(catalogue, lessonId);
  if (!served || !hasTest(served)) return 'not-found';
  const { kind } = await store.startSitting({ learnerId, lessonId, at: now().toISOString() });
  return kind;
}
