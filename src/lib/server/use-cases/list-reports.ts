import { answerInWords } from '#lib/domain/answer-words.ts';
import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { Exercise, Lesson } from '#lib/domain/exercise.ts';
import { plainText, type Report } from '#lib/domain/report.ts';
import type { ReportView } from '#lib/domain/items-view.ts';
import type { Store } from '../store/port.ts';

export interface ListReportsDeps {
  store: Pick<Store, 'selectReports'>;
  /** The lessons as their files are now, proven or not. */
  loadLessons: () => Promise<Lesson[]>;
}

export interface ListedReport extends Report {
  /** Where the exercise is now; null when no lesson has it any more. */
  exercise: { title: string; lessonTitle: string; file: string } | null;
  /** `same`: as it was when it was reported. `changed`: not any more. `gone`: there is none of its uid. */
  standing: 'same' | 'changed' | 'gone';
}

interface Found {
  lesson: Lesson;
  exercise: Exercise;
}

/**
 * What learners reported, newest first. Every text of it can be shown on a terminal: a report comes from
 * whoever can open the page, and the database may have been written by others.
 */
export async function listReports(
  deps: ListReportsDeps,
  which: 'open' | 'all',
): Promise<ListedReport[]> {
  const [reports, lessons] = await Promise.all([
    deps.store.selectReports(which),
    deps.loadLessons(),
  ]);
  const found = new Map<string, Found>();
  for (const lesson of lessons) {
    for (const exercise of lesson.exercises) found.set(exercise.uid, { lesson, exercise });
  }
  return reports.map((report) => listedReport(report, found.get(report.exerciseUid)));
}

/** Open reports as an author's page shows them, newest first. It names neither learners nor places on the host. */
export async function listReportsForPage({
  catalogue,
  store,
}: {
  catalogue: ServedCatalogue;
  store: ListReportsDeps['store'];
}): Promise<ReportView[]> {
  const loadLessons = () => Promise.resolve(catalogue.lessons.map(({ lesson }) => lesson));
  const reports = await listReports({ store, loadLessons }, 'open');
  return reports.map((report) => ({
    ...{ id: report.id, at: report.at, kind: report.kind, text: report.text },
    ...{ lessonId: report.lessonId, mode: report.mode, round: report.round },
    ...{ standing: report.standing, versions: report.versions, attempts: report.attempts },
    exercise: report.exercise && {
      title: report.exercise.title,
      lessonTitle: report.exercise.lessonTitle,
    },
  }));
}

/** Marks a report as dealt with; one that is already keeps its time. @returns Whether there is such a report. */
export function resolveReport(
  { store, now }: { store: Pick<Store, 'resolveReport'>; now: () => Date },
  id: string,
): Promise<boolean> {
  return store.resolveReport(id, now().toISOString());
}

function listedReport(report: Report, found: Found | undefined): ListedReport {
  const plain = {
    ...report,
    exerciseUid: plainText(report.exerciseUid),
    lessonId: plainText(report.lessonId),
    text: plainText(report.text),
    attempts: report.attempts.map(({ answer, verdict }) => ({
      answer: (found ? answerInWords(found.exercise, answer) : answer).map(plainText),
      verdict,
    })),
  };
  if (found === undefined) return { ...plain, exercise: null, standing: 'gone' };
  const { lesson, exercise } = found;
  return {
    ...plain,
    exercise: {
      title: plainText(exercise.title),
      lessonTitle: plainText(lesson.title),
      file: `${lesson.folder}/exercises/${exercise.id}.yaml`,
    },
    standing: exercise.contentVersion === report.contentVersion ? 'same' : 'changed',
  };
}
