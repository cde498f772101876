/**
 * The store: keeps learners and all that they did, corrections of exercises, and reports, in SQLite, or in PostgreSQL when
 * a URL is given.
 * An attempt that was acknowledged is on disk; one that cannot be written is refused with a
 * `StoreError`, and nothing of it is kept. It knows nothing of exercises beyond their uid and
 * content version, and grades nothing. Same queries and same migrations on both engines;
 * docs/decisions/004-store.md says why it is built this way.
 */
import type { Transaction } from 'kysely';
import { accountRowsOn } from './account-rows.ts';
import type { Engine } from './engine.ts';
import { countAnswers, selectFirstAnswers } from './first-answers.ts';
import { countKudos, deleteKudos, insertKudos, selectKudos } from './kudos.ts';
import { selectItemModels, upsertItemModel } from './item-models.ts';
import { holdKeeper } from './learners.ts';
import { mergeLearner } from './merges/merge-learner.ts';
import type { Store } from './port.ts';
import { selectModes, upsertDone, upsertOpened } from './modes.ts';
import { openPostgresEngine } from './postgres/postgres-engine.ts';
import { markPractice, selectPractice } from './practice.ts';
import { insertQuizRight, selectQuizRights } from './quiz.ts';
import { selectLatestRounds, selectOptionalLearner, selectRounds, selectSolved } from './reads.ts';
import { insertReport, selectReports, updateResolved } from './reports.ts';
import { insertReviewDraw } from './review-draw-writes.ts';
import { selectReviewDraws } from './review-draws.ts';
import type { Database } from './schema.ts';
import {
  deleteOpenItem,
  insertSitting,
  insertSittingItem,
  updateAnswered,
  updateEnded,
} from './sitting-writes.ts';
import { selectSittings } from './sittings.ts';
import { openSqliteEngine } from './sqlite/sqlite-engine.ts';
import { StoreError } from './store-error.ts';
import {
  deleteLearner,
  insertAttempt,
  insertEnding,
  insertHint,
  insertNextRound,
} from './writes.ts';

export interface StoreOptions {
  /** `postgresql://user:password@host:port/database`; without it, SQLite in `dataDir`. */
  databaseUrl?: string | undefined;
  /** Made when it is not there. */
  dataDir: string;
}

/**
 * Opens the store and brings its schema up to date.
 * @throws {StoreError} When the database cannot be opened, read or written.
 */
export async function openStore({ databaseUrl, dataDir }: StoreOptions): Promise<Store> {
  const engine =
    databaseUrl === undefined
      ? await openSqliteEngine(dataDir)
      : await openPostgresEngine(databaseUrl);
  return storeOn(engine);
}

function storeOn(engine: Engine): Store {
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;

  /** Every call passes here: refused once closed, waited for by `close`, its errors explained. */
  async function call<T>(work: () => Promise<T>): Promise<T> {
    if (closing !== null) {
      throw new StoreError(
        'closed',
        'The store is closed because Assay is stopping: try again once it is back.',
      );
    }
    const working = work();
    underWay.add(working);
    try {
      return await working;
    } catch (error) {
      throw engine.explain(error);
    } finally {
      underWay.delete(working);
    }
  }

  /** A write for a learner lands where their work is kept, whoever they were merged into. */
  function write<R extends { learnerId: string }, T>(
    ref: R,
    work: (trx: Transaction<Database>, ref: R) => Promise<T>,
  ): Promise<T> {
    return call(() =>
      engine.write(ref.learnerId, async (trx, hold) =>
        work(trx, { ...ref, learnerId: await holdKeeper(trx, hold, ref.learnerId) }),
      ),
    );
  }

  return {
    accounts: accountRowsOn(call, engine),
    recordAttempt: (attempt) => write(attempt, insertAttempt),
    showHint: (ref, max) => write(ref, (trx, kept) => insertHint(trx, kept, max)),
    endRound: (ref, ending) => write(ref, (trx, kept) => insertEnding(trx, kept, ending)),
    startRound: (ref) => write(ref, insertNextRound),
    selectLatestRounds: (learnerId, exerciseUids) =>
      call(() => selectLatestRounds(engine.reads, learnerId, exerciseUids)),
    selectRounds: (learnerId, exerciseUids) =>
      call(() => selectRounds(engine.reads, learnerId, exerciseUids)),
    selectSolved: (learnerId) => call(() => selectSolved(engine.reads, learnerId)),
    selectPractice: (learnerId) => call(() => selectPractice(engine.reads, learnerId)),
    openMode: (ref) => write(ref, upsertOpened),
    finishMode: (ref) => write(ref, upsertDone),
    markPractice: (learnerId) => call(() => markPractice(engine.reads, learnerId)),
    selectModes: (learnerId, lessonId) =>
      call(() => selectModes(engine.reads, learnerId, lessonId)),
    recordQuizRight: (ref) => write(ref, insertQuizRight),
    selectQuizRights: (learnerId, lessonId) =>
      call(() => selectQuizRights(engine.reads, learnerId, lessonId)),
    startSitting: (ref) => write(ref, insertSitting),
    drawSittingItem: (ref, item) => write(ref, (trx, kept) => insertSittingItem(trx, kept, item)),
    answerSittingItem: (answer) => write(answer, updateAnswered),
    dropSittingItem: (ref, item) => write(ref, (trx, kept) => deleteOpenItem(trx, kept, item)),
    endSitting: (ref) => write(ref, updateEnded),
    selectSittings: (learnerId, lessonId) =>
      call(() => selectSittings(engine.reads, learnerId, lessonId)),
    giveKudos: (ref) => write(ref, insertKudos),
    takeBackKudos: (learnerId, lessonId) =>
      write({ learnerId }, (trx, kept) => deleteKudos(trx, kept.learnerId, lessonId)),
    countKudos: (lessonIds) => call(() => countKudos(engine.reads, lessonIds)),
    selectKudos: (learnerId) => call(() => selectKudos(engine.reads, learnerId)),
    selectItemModels: (uids) => call(() => selectItemModels(engine.reads, uids)),
    selectFirstAnswers: (uids, most) => call(() => selectFirstAnswers(engine.reads, uids, most)),
    countAnswers: () => call(() => countAnswers(engine.reads)),
    correctItem: (step) =>
      call(() => engine.write(step.exerciseUid, (trx) => upsertItemModel(trx, step))),
    drawReview: (draw, instead) => write(draw, (trx, kept) => insertReviewDraw(trx, kept, instead)),
    selectReviewDraws: (learnerId, days) =>
      call(() => selectReviewDraws(engine.reads, learnerId, days)),
    recordReport: (report, maxPerDay) =>
      write(report, (trx, kept) => insertReport(trx, kept, maxPerDay)),
    selectReports: (which) => call(() => selectReports(engine.reads, which)),
    resolveReport: (id, at) => call(() => engine.write(id, (trx) => updateResolved(trx, id, at))),
    mergeLearner: (merge) =>
      call(() => engine.write(merge.from, (trx, hold) => mergeLearner(trx, hold, merge))),
    exportLearner: (learnerId) => call(() => selectOptionalLearner(engine.reads, learnerId)),
    deleteLearner: (learnerId) =>
      call(() => engine.write(learnerId, (trx) => deleteLearner(trx, learnerId))),
    describe: () =>
      call(async () => {
        const described = await engine.describe();
        const { attempts } = await engine.reads
          .selectFrom('attempts')
          .select((eb) => eb.fn.countAll().as('attempts'))
          .executeTakeFirstOrThrow();
        return { ...described, attempts: Number(attempts) };
      }),
    close() {
      closing ??= Promise.allSettled(underWay).then(() => engine.close());
      return closing;
    },
  };
}
