import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { HomeView } from '#lib/domain/home/home-view.ts';
import { challengeOf, presentHome } from '#lib/domain/home/present-home.ts';
import type { Store } from '../store/port.ts';

export interface ShowHomeDeps {
  catalogue: ServedCatalogue;
  store: Pick<
    Store,
    | 'selectPractice'
    | 'selectSittings'
    | 'selectModes'
    | 'selectQuizRights'
    | 'selectSolved'
    | 'selectRounds'
  >;
  now: () => Date;
}

/**
 * What a learner finds at their home; of who has done nothing yet it says where to begin.
 * @param zone - Where the learner is.
 */
export async function showHome(
  { catalogue, store, now }: ShowHomeDeps,
  learnerId: string,
  zone: string,
): Promise<HomeView> {
  const [rounds, sittings, modes, quizRights, solved] = await Promise.all([
    store.selectPractice(learnerId),
    store.selectSittings(learnerId, null),
    store.selectModes(learnerId, null),
    store.selectQuizRights(learnerId, null),
    store.selectSolved(learnerId),
  ]);
  const uids = catalogue.lessons
    .flatMap(challengeOf)
    .flatMap(({ exercise }) => (solved.has(exercise.uid) ? [exercise.uid] : []));
  const challenges = await store.selectRounds(learnerId, uids);
  const kept = { rounds, sittings, modes, quizRights, solved, challenges };
  return presentHome(catalogue, kept, { now: now(), zone });
}
