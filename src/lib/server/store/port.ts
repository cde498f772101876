import type { ExportedLearner } from '#lib/domain/home/exported-learner.ts';
import type { ModeProgress } from '#lib/domain/mode.ts';
import type { PractisedRound } from '#lib/domain/practice.ts';
import type { JudgedAnswer } from '#lib/domain/proof.ts';
import type { Report } from '#lib/domain/report.ts';
import type { KeptReviewDraw, ReviewDraw } from '#lib/domain/review/review-draw.ts';
import type { Attempt, Round, RoundEnding } from '#lib/domain/round.ts';
import type { ItemEstimate } from '#lib/domain/strength/correct-item.ts';
import type { KeptFirstAnswer } from '#lib/domain/strength/first-answers.ts';
import type { KeptItemModel } from '#lib/domain/strength/item-model.ts';
import type { DrawnExercise, Sitting, SittingAnswer } from '#lib/domain/sitting.ts';
import type { AccountTables } from './account-tables.ts';

export interface NewAttempt {
  learnerId: string;
  exerciseUid: string;
  contentVersion: string;
  /** The round the learner saw when answering. */
  round: number;
  /** Made by the page for one press of "Check": a replay of it is the same attempt. At most 64 characters. */
  key: string;
  /** Tokens, option ids or line ids in the order in which this learner saw them. */
  orderShown: string[];
  answer: string[];
  verdict: Attempt['verdict'];
  evidenceId: string;
  /** What running this answer came to; null where the verdict was looked up among the proven answers. */
  judged: JudgedAnswer | null;
  /** Number of hints shown before this attempt. */
  helpUsed: number;
  /** How many attempts the round has; null: as many as it takes. */
  attemptsAllowed: number | null;
  /** ISO date and time. */
  at: string;
}

/**
 * `recorded`: on disk now. `replayed`: this key was recorded before; the first one stands.
 * `repeated`: another key brought this very answer in this round; that attempt stands, nothing was written.
 * `stale`: the round the learner saw is over or was replaced; nothing was written.
 */
export type RecordedAttempt =
  | { kind: 'recorded' | 'replayed' | 'repeated'; attempt: Attempt; round: number }
  | { kind: 'stale' };

export interface RoundRef {
  learnerId: string;
  exerciseUid: string;
  contentVersion: string;
  round: number;
  at: string;
}

/** A mode of a lesson, and when its learner did what is to be kept of it. */
export interface ModeRef {
  learnerId: string;
  lessonId: string;
  /** The last part of the mode's address. At most 64 characters. */
  mode: string;
  at: string;
}

/** A question about a lesson's recorded program. */
export interface QuestionRef {
  learnerId: string;
  lessonId: string;
  /** At most 64 characters. */
  question: string;
  at: string;
}

/** A question that was answered right. */
export interface QuizRight {
  lessonId: string;
  question: string;
  /** ISO date and time of the first right answer. */
  answeredAt: string;
}

/** A lesson, and when its learner did what is to be kept of it. */
export interface LessonRef {
  learnerId: string;
  lessonId: string;
  at: string;
}

/**
 * `started`: on disk now. `open`: one was open, and is gone on with. `refused`: the last one ended less than the
 * pause before; nothing was written.
 */
export type StartedSitting =
  { kind: 'started' | 'open'; sitting: Sitting } | { kind: 'refused'; endedAt: string };

export interface SittingRef {
  learnerId: string;
  /** Its id. */
  sitting: string;
  at: string;
}

export interface NewSittingAnswer extends SittingRef, Omit<SittingAnswer, 'at'> {
  /** Of the item that is answered. */
  number: number;
  /** Made by the page for one form: a replay of it is the same answer. At most 64 characters. */
  key: string;
  /** Whether the sitting is over with it. */
  isLast: boolean;
}

/**
 * `recorded`: on disk now. `replayed`: this item was answered with this key before; the first answer stands.
 * `refused`: the item is not there, or not to be answered any more; nothing was written.
 */
export type RecordedSittingAnswer = 'recorded' | 'replayed' | 'refused';

/** One more answer to an exercise, and what it makes of what is known of the exercise. */
export interface ItemStep {
  exerciseUid: string;
  contentVersion: string;
  /** @param before - Null: this is the first answer. It may be asked more than once. */
  correct: (before: ItemEstimate | null) => ItemEstimate;
}

/** Days as `dayOf` counts them, both ends included. */
export interface DaySpan {
  from: number;
  to: number;
}

export interface NewReviewDraw extends ReviewDraw {
  learnerId: string;
  at: string;
}

export type NewReport = Omit<Report, 'id' | 'resolvedAt' | 'attempts'> & {
  /** Made by the page for one form: a replay of it is the same report. At most 64 characters. */
  key: string;
};

/**
 * `recorded`: on disk now. `replayed`: this key was recorded before; the first one stands.
 * `too-many`: the learner has made as many as are taken in 24 hours; nothing was written.
 */
export type RecordedReport = { kind: 'recorded' | 'replayed'; id: string } | { kind: 'too-many' };

/** Two learners that turned out to be one. */
export interface LearnerMerge {
  /** Who is gone afterwards. Never the learner of an account. */
  from: string;
  /** Who has all that both had. */
  into: string;
  /** ISO date and time. */
  at: string;
}

/**
 * `merged`: on disk now. `nothing`: of `from` nothing was kept; what comes for it lands at `into` from now on, as after a
 * merge. `already`: the two are one since before. `elsewhere`: `from` is one with another learner since before, whose
 * work is not this one's; nothing was written. `account`: `from` has an account, which would be left without what was
 * done under it; nothing was written.
 */
export type MergedLearner = 'merged' | 'nothing' | 'already' | 'elsewhere' | 'account';
export type AccountTable = keyof AccountTables;

/** Of any table of accounts: by the names of its columns. */
export type AccountRow = Record<string, unknown>;

export interface RowCondition {
  column: string;
  operator: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'not_in';
  value: string | number | null | (string | number)[];
  /** All of `AND` must hold, and one at least of `OR`, if there are any. */
  connector: 'AND' | 'OR';
}

export interface RowChoice {
  where: RowCondition[];
  limit: number;
  offset?: number;
  orderBy?: { column: string; direction: 'asc' | 'desc' };
}

/** What signs people in reads and writes. A promise of a write resolves only when it is on disk. */
export interface AccountRows {
  /** With an account, its learner is made. */
  insert(table: AccountTable, row: AccountRow): Promise<AccountRow>;
  select(table: AccountTable, choice: RowChoice): Promise<AccountRow[]>;
  count(table: AccountTable, where: RowCondition[]): Promise<number>;
  /** @returns The rows as they are now. */
  update(table: AccountTable, where: RowCondition[], change: AccountRow): Promise<AccountRow[]>;
  /** @returns How many there were. */
  delete(table: AccountTable, where: RowCondition[]): Promise<number>;
  /** Deletes one row and gives it to one asker only; null when there is none. */
  take(table: AccountTable, where: RowCondition[]): Promise<AccountRow | null>;
  /**
   * Makes an account, its learner, and the passkey that signs in to it: all of them or none.
   * @returns Whose the passkey, or else the address, is already; nothing was written then.
   */
  insertWithPasskey(
    account: AccountTables['accounts'],
    passkey: AccountTables['passkeys'],
  ): Promise<'made' | 'known-passkey' | 'taken'>;
  /**
   * Deletes a passkey of an account, unless its owner could not sign in any more.
   * @param providers - Where an account elsewhere lets one in.
   * @returns False: it is the last way in, and stays.
   */
  deletePasskey(accountId: string, id: string, providers: string[]): Promise<boolean>;
}

/**
 * Keeps learners and all that they did, corrections of exercises, and reports. Every promise of a write resolves only when the
 * write is on disk.
 * The rule of rounds: round 1 begins with its first attempt, hint or "show me"; round n+1 exists only
 * once `startRound` was asked for after round n ended, or when the content version has changed.
 * The rule of sittings: a learner has one open at most of a lesson; its items are drawn one at a time and answered in
 * that order, and nothing that was answered changes.
 * The rule of merges: what is written for a learner who was merged into another lands at that one, also what was under
 * way; nothing is read of them any more.
 */
export interface Store {
  recordAttempt(attempt: NewAttempt): Promise<RecordedAttempt>;
  /** One hint more in the open round; at most `max`. A round that is over or gone is left as it is. */
  showHint(ref: RoundRef, max: number): Promise<void>;
  /**
   * Ends the open round (`shown`). One that is already over is left as it is, but that `shown` takes the
   * place of `attempts`: who is out of attempts may have the solution shown, and has seen it then.
   */
  endRound(ref: RoundRef, ending: RoundEnding): Promise<void>;
  /** Opens round `ref.round`, when the one before it is over; asked twice, it is opened once. */
  startRound(ref: RoundRef): Promise<void>;
  /** The newest round of each exercise, for those that have one. */
  selectLatestRounds(learnerId: string, exerciseUids: string[]): Promise<Map<string, Round>>;
  /** All rounds of each exercise, oldest first, for those that have one. */
  selectRounds(learnerId: string, exerciseUids: string[]): Promise<Map<string, Round[]>>;
  /** Uids of the exercises that the learner answered right in any round. */
  selectSolved(learnerId: string): Promise<Set<string>>;
  /** All rounds of the learner, lightly: those of an exercise together and oldest first. */
  selectPractice(learnerId: string): Promise<PractisedRound[]>;
  /**
   * Marks the state of what the learner did: it changes with anything that `selectPractice` tells, or a sitting that
   * is over.
   */
  markPractice(learnerId: string): Promise<string>;
  /** Keeps that the mode's page was opened now: it is the one opened last. */
  openMode(ref: ModeRef): Promise<void>;
  /** Marks the mode as done; one that is done already keeps its time. */
  finishMode(ref: ModeRef): Promise<void>;
  /** What the learner opened, last one first: of one lesson, or of all (null). */
  selectModes(learnerId: string, lessonId: string | null): Promise<ModeProgress[]>;
  /** Keeps that the question was answered right; one that was already keeps its time. */
  recordQuizRight(ref: QuestionRef): Promise<void>;
  /** What the learner answered right, first one first: of one lesson, or of all (null). */
  selectQuizRights(learnerId: string, lessonId: string | null): Promise<QuizRight[]>;
  /** Begins a sitting, if none is open and the pause since the last one is over. */
  startSitting(ref: LessonRef): Promise<StartedSitting>;
  /**
   * Writes down the item that comes next in an open sitting, whose items all are answered. Where it is not next, or the
   * sitting has the length already, nothing is written: what another page drew meanwhile stands.
   */
  drawSittingItem(ref: SittingRef, item: DrawnExercise): Promise<void>;
  /** Answers the open item of a sitting; with the last one the sitting is over, and the mode `test` done. */
  answerSittingItem(answer: NewSittingAnswer): Promise<RecordedSittingAnswer>;
  /** Takes back this item, if it is the open one of the sitting: it cannot be answered any more. */
  dropSittingItem(ref: SittingRef, item: DrawnExercise): Promise<void>;
  /**
   * Ends an open sitting that has no open item, since there is nothing more to draw.
   * @returns Whether it did; false: nothing was written.
   */
  endSitting(ref: SittingRef): Promise<boolean>;
  /** The learner's sittings, newest first: of one lesson, or of all (null). */
  selectSittings(learnerId: string, lessonId: string | null): Promise<Sitting[]>;
  /** Keeps that the learner thanks the lesson; thanks given already keep their time. */
  giveKudos(ref: LessonRef): Promise<void>;
  /** Takes them back; where there are none, nothing is written. */
  takeBackKudos(learnerId: string, lessonId: string): Promise<void>;
  /** How many learners give kudos to each lesson, by its id; one that has none may be missing. */
  countKudos(lessonIds: string[]): Promise<Map<string, number>>;
  /** Ids of the lessons to which the learner gives theirs. */
  selectKudos(learnerId: string): Promise<Set<string>>;
  /** What answers have said of these exercises; of each version that was answered. */
  selectItemModels(exerciseUids: readonly string[]): Promise<KeptItemModel[]>;
  /** First unaided answers of all learners to these exercises, newest first; at most `most`. */
  selectFirstAnswers(exerciseUids: readonly string[], most: number): Promise<KeptFirstAnswer[]>;
  /** How often each exercise was answered, by its uid; in a Test, when it is over. */
  countAnswers(): Promise<Map<string, number>>;
  /** Takes one step from what is kept of the exercise now, while nobody else does. */
  correctItem(step: ItemStep): Promise<void>;
  /**
   * Writes down with what a card is asked on a day, and opens the round in which it is asked. Where the card has a draw
   * of that day already, that one stands.
   * @param instead - A draw that cannot be asked any more, whose place it takes.
   * @returns The draw that stands.
   */
  drawReview(draw: NewReviewDraw, instead: ReviewDraw | null): Promise<KeptReviewDraw>;
  /** The learner's draws of these days, each day's in the order in which they were drawn. */
  selectReviewDraws(learnerId: string, days: DaySpan): Promise<KeptReviewDraw[]>;
  /** @param maxPerDay - How many one learner may make in the 24 hours that end at `report.at`. */
  recordReport(report: NewReport, maxPerDay: number): Promise<RecordedReport>;
  /** Newest first; those that were resolved only when asked for. */
  selectReports(which: 'open' | 'all'): Promise<Report[]>;
  /** Marks a report as dealt with; one that is already keeps its time. False when there is none. */
  resolveReport(id: string, at: string): Promise<boolean>;
  /**
   * Makes two learners one: `into` has all that both did, each attempt once, and `from` has nothing. Rounds and sittings
   * are numbered anew in order of time; of each exercise and each lesson's Test the newest open one stays open.
   */
  mergeLearner(merge: LearnerMerge): Promise<MergedLearner>;
  /** All that is kept of a learner, for export; null when nothing is, or it is another's since a merge. */
  exportLearner(learnerId: string): Promise<ExportedLearner | null>;
  /**
   * Removes all that is kept of a learner, in every table, and the marks of those who were merged into them. Who was
   * merged into another has nothing: that one's work is not removed by this name.
   */
  deleteLearner(learnerId: string): Promise<void>;
  /** Accounts, and all that hangs on them. */
  readonly accounts: AccountRows;
  /** What the live connection says of itself. */
  describe(): Promise<StoreDescription>;
  close(): Promise<void>;
}

export interface StoreDescription {
  engine: 'sqlite' | 'postgresql';
  /** SQLite: `PRAGMA synchronous` of the writing connection, `FULL`. PostgreSQL: `synchronous_commit`. */
  durability: string;
  /** SQLite: `wal`. PostgreSQL: the server's version. */
  detail: string;
  /** Number of attempts kept. */
  attempts: number;
}
