import { findExercise, findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { isReportKind, maxReportsPerDay, plainText, problemOfReport } from '#lib/domain/report.ts';
import type { Store } from '../store/port.ts';

export interface ReportProblemDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'recordReport'>;
  now: () => Date;
}

export interface ReportedProblem {
  learnerId: string;
  lessonId: string;
  exerciseUid: string;
  /** The mode on whose page it was written. */
  mode: string;
  /** The round that the learner saw. */
  round: number;
  /** Made by the page for one form: sent twice, it is one report. */
  key: string;
  kind: string;
  text: string;
}

/** `problem` is a sentence for the learner; nothing was kept. */
export type ReportProblemResult =
  { kind: 'reported' } | { kind: 'problem'; problem: string } | { kind: 'not-found' };

/** Keeps what a learner says of an exercise, for its author. Resolves only when it is on disk. */
export async function reportProblem(
  deps: ReportProblemDeps,
  reported: ReportedProblem,
): Promise<ReportProblemResult> {
  const lesson = findLesson(deps.catalogue, reported.lessonId);
  const served = lesson && findExercise(lesson, reported.exerciseUid);
  if (!served) return { kind: 'not-found' };
  const { kind } = reported;
  const text = plainText(reported.text);
  const problem = problemOfReport(kind, text);
  if (problem !== null || !isReportKind(kind)) return { kind: 'problem', problem: problem ?? '' };
  const recorded = await deps.store.recordReport(
    {
      learnerId: reported.learnerId,
      exerciseUid: served.exercise.uid,
      lessonId: reported.lessonId,
      mode: reported.mode,
      versions: served.proof.versions,
      contentVersion: served.exercise.contentVersion,
      round: reported.round,
      key: reported.key,
      kind,
      text,
      at: deps.now().toISOString(),
    },
    maxReportsPerDay,
  );
  if (recorded.kind !== 'too-many') return { kind: 'reported' };
  return {
    kind: 'problem',
    problem: `You have sent ${maxReportsPerDay} reports in the last 24 hours, thank you. Please send the others tomorrow.`,
  };
}
