import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import { dayOf } from '#lib/domain/day.ts';
import type { HomeView } from '#lib/domain/home/home-view.ts';
import { challengeOf, presentHome } from '#lib/domain/home/present-home.ts';
import { estimatesOf } from '#lib/domain/strength/item-model.ts';
import { lessonStrengthOf, practisedLessons } from '#lib/domain/strength/lesson-strength.ts';
import type { LessonStrength } from '#lib/domain/strength/strength-view.ts';
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
    | 'selectItemModels'
  >;
  now: () => Date;
}

export interface ShownHome {
  home: HomeView;
  /** How they stand in each lesson of which they have answered anything, in the catalogue's order. */
  strengths: LessonStrength[];
}

/**
 * What a learner finds at their home; of who has done nothing yet it says where to begin.
 * @param zone - Where the learner is.
 */
export async function showHome(
  { catalogue, store, now }: ShowHomeDeps,
  learnerId: string,
  zone: string,
): Promise<ShownHome> {
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
  const practised = practisedLessons(catalogue.lessons, { rounds, sittings });
  const met = practised.flatMap((lesson) => lesson.met);
  const [challenges, models] = await Promise.all([
    store.selectRounds(learnerId, uids),
    store.selectItemModels(met.map(({ exercise }) => exercise.uid)),
  ]);
  const kept = { rounds, sittings, modes, quizRights, solved, challenges };
  const moment = { now: now(), zone };
  const practice = { rounds, sittings, estimates: estimatesOf(met, models), zone };
  const today = dayOf(moment.now, zone);
  return {
    home: presentHome(catalogue, kept, moment),
    strengths: practised.flatMap(
      ({ served }) => lessonStrengthOf({ served, ...practice }, today) ?? [],
    ),
  };
}
