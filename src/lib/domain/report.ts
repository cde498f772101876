/**
 * A report is what a learner tells the author of an exercise: that a verdict is wrong, that a sentence
 * is unclear, and so on. Whoever can open the page can write one, so its text is hostile until cleaned.
 */
import type { Attempt } from './round.ts';
import type { Versions } from './run.ts';

/** In the order in which a form offers them. */
export const reportKinds = ['wrong-verdict', 'unclear', 'typo', 'other'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** In UTF-16 units, with one for each end of line: what `maxlength` of a text area counts. */
export const maxReportLength = 2000;
/** Of one learner in 24 hours: more than a careful reader finds, too few to bury the others. */
export const maxReportsPerDay = 20;

export interface Report {
  /** Unique for all time, and in order of time. */
  id: string;
  learnerId: string;
  exerciseUid: string;
  /** Where it was written; lessons may be renamed later, exercises never. */
  lessonId: string;
  mode: string;
  /** What the exercise's proof had run on. */
  versions: Versions;
  contentVersion: string;
  /** The round that the learner was in. */
  round: number;
  kind: ReportKind;
  text: string;
  /** ISO date and time. */
  at: string;
  resolvedAt: string | null;
  /** What the learner had answered in that round, in order. */
  attempts: Pick<Attempt, 'answer' | 'verdict'>[];
}

export function isReportKind(text: string): text is ReportKind {
  return (reportKinds as readonly string[]).includes(text);
}

/**
 * Takes out of a text what is no text: escapes that a terminal obeys, marks that turn the direction of
 * writing, halves of characters. Ends of line become `\n`; tabs stay.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t]|[\u2028\u2029]/gu, '')
    .trim();
}

/** @returns What is wrong with a report, as a sentence for the learner; null when nothing is. */
export function problemOfReport(kind: string, text: string): string | null {
  if (!isReportKind(kind)) return 'Choose what kind of problem it is.';
  if (text.length > maxReportLength) {
    return `A report may have ${maxReportLength} characters; this one has ${text.length}.`;
  }
  // A wrong verdict speaks for itself: the answers of the round are kept with the report.
  if (text === '' && kind !== 'wrong-verdict') {
    return 'Say in a few words what is wrong, so that the author can find it.';
  }
  return null;
}
