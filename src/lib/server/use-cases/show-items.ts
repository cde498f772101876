import { findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { AuthoredLesson, LessonItemsView } from '#lib/domain/items-view.ts';
import { presentItems } from '#lib/domain/present-items.ts';
import { estimatesOf } from '#lib/domain/strength/item-model.ts';
import { firstAnswersOf } from '#lib/domain/strength/first-answers.ts';
import type { Report } from '#lib/domain/report.ts';
import type { Store } from '../store/port.ts';

export interface ShowItemsDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectFirstAnswers' | 'selectItemModels' | 'selectReports' | 'countAnswers'>;
}

/** Of a lesson no more answers are read than this, the newest: so many tell what they can tell. */
export const mostAnswers = 20_000;

/** Every lesson, with what there is to be seen of it. For authors only. */
export async function listAuthoredLessons({
  catalogue,
  store,
}: ShowItemsDeps): Promise<AuthoredLesson[]> {
  const [answers, open] = await Promise.all([store.countAnswers(), store.selectReports('open')]);
  const reports = countedBy(open, ({ exerciseUid }) => exerciseUid);
  return catalogue.lessons.map(({ lesson, heldBack }) => {
    const sumOf = (counts: ReadonlyMap<string, number>) =>
      lesson.exercises.reduce((sum, { uid }) => sum + (counts.get(uid) ?? 0), 0);
    return {
      ...{ id: lesson.id, title: lesson.title, href: `/authoring/${lesson.id}` },
      ...{ exercises: lesson.exercises.length, heldBack },
      ...{ answers: sumOf(answers), reports: sumOf(reports) },
    };
  });
}

/**
 * What first answers say of a lesson's exercises. For authors only: it names keys.
 * @returns Null: there is no such lesson.
 */
export async function showItems(
  { catalogue, store }: ShowItemsDeps,
  lessonId: string,
  most = mostAnswers,
): Promise<LessonItemsView | null> {
  const served = findLesson(catalogue, lessonId);
  if (!served) return null;
  const uids = served.exercises.map(({ exercise }) => exercise.uid);
  const [kept, models, open] = await Promise.all([
    store.selectFirstAnswers(uids, most),
    store.selectItemModels(uids),
    store.selectReports('open'),
  ]);
  const answers = firstAnswersOf(served, kept, estimatesOf(served.exercises, models));
  const reports = countedBy(open, ({ exerciseUid }) => exerciseUid);
  const { id, title } = served.lesson;
  return {
    ...{ id, title, href: `/learn/${id}` },
    items: presentItems(served, { answers, models, reports }),
    learners: new Set(kept.map(({ learnerId }) => learnerId)).size,
    newestOnly: kept.length >= most ? most : null,
  };
}

function countedBy(reports: readonly Report[], by: (report: Report) => string) {
  const counts = new Map<string, number>();
  for (const report of reports) counts.set(by(report), (counts.get(by(report)) ?? 0) + 1);
  return counts;
}
