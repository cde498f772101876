/** The engines that the store's contract suites loop over, and what their tests are made of. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { openStore } from '#lib/server/store/open-store.ts';
import type { DrawnExercise } from '#lib/domain/sitting.ts';
import type {
  ModeRef,
  NewAttempt,
  NewReport,
  NewSittingAnswer,
  RoundRef,
  Store,
} from '#lib/server/store/port.ts';
import type { Column } from '#lib/server/store/schema.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

/** One empty database, looked at from outside the store with `query`. */
export interface Place {
  open(): Promise<Store>;
  query(sql: string): Promise<Record<string, unknown>[]>;
  columnsOf(table: string): Promise<Record<string, Column>>;
  remove(): Promise<void>;
}

export interface TestedEngine {
  name: 'sqlite' | 'postgresql';
  durability: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  newPlace(): Promise<Place>;
}

export const engines: TestedEngine[] = [sqlite(), postgres()];

function sqlite(): TestedEngine {
  return {
    name: 'sqlite',
    durability: 'FULL',
    start: async () => {},
    stop: async () => {},
    async newPlace() {
      const dataDir = await mkdtemp(join(tmpdir(), 'assay-store-'));
      const query = async (sql: string) => querySqlite(join(dataDir, 'assay.sqlite3'), sql);
      return {
        open: () => openStore({ dataDir }),
        query,
        async columnsOf(table) {
          const rows = await query(
            `select name, type, "notnull" from pragma_table_info('${table}')`,
          );
          return Object.fromEntries(
            rows.map((row) => [
              row['name'],
              { type: String(row['type']).toLowerCase(), isNullable: row['notnull'] === 0 },
            ]),
          ) as Record<string, Column>;
        },
        remove: () => rm(dataDir, { recursive: true, force: true }),
      };
    },
  };
}

export function querySqlite(path: string, sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(path);
  try {
    return database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    database.close();
  }
}

function postgres(): TestedEngine {
  let server: PostgresServer;
  return {
    name: 'postgresql',
    durability: 'on',
    async start() {
      server = await startPostgres();
    },
    stop: () => server.stop(),
    async newPlace() {
      const databaseUrl = await server.createDatabase();
      const query = (sql: string) => queryPostgres(databaseUrl, sql);
      return {
        open: () => openStore({ databaseUrl, dataDir: '/nowhere' }),
        query,
        async columnsOf(table) {
          const rows = await query(
            `select column_name, data_type, is_nullable from information_schema.columns
             where table_schema = 'public' and table_name = '${table}'`,
          );
          return Object.fromEntries(
            rows.map((row) => [
              row['column_name'],
              { type: row['data_type'], isNullable: row['is_nullable'] === 'YES' },
            ]),
          ) as Record<string, Column>;
        },
        remove: async () => {},
      };
    },
  };
}

async function queryPostgres(
  connectionString: string,
  sql: string,
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** What takes back each migration, the newest first. */
const takingBack = {
  '010-accounts': [
    'drop table account_sessions',
    'drop table account_credentials',
    'drop table passkeys',
    'drop table verifications',
    'drop table accounts',
  ],
  '009-merges': ['drop index learners_merged_into', 'alter table learners drop column merged_into'],
  '008-item-models': ['drop table item_models'],
  '007-review-draws': ['drop table review_draws'],
  '006-kudos': ['drop table kudos'],
  '005-sittings': ['drop table sitting_items', 'drop table sittings'],
  '004-quiz': ['drop table quiz_rights'],
  '003-modes': ['drop table mode_progress', 'alter table attempts drop column judged'],
  '002-reports': ['drop table reports'],
};

/** What leaves the database as the migration before `first` did. */
export function statementsBackTo(first: keyof typeof takingBack): string[] {
  const undone = Object.entries(takingBack).filter(([migration]) => migration >= first);
  return [
    ...undone.flatMap(([, statements]) => statements),
    `delete from assay_migrations where name >= '${first}'`,
  ];
}

/** Takes back the newest migrations down to `first`, so that the database is as the one before left it. */
export async function takeBack(place: Place, first: keyof typeof takingBack): Promise<void> {
  for (const statement of statementsBackTo(first)) await place.query(statement);
}

let made = 0;

/** An attempt with a key and an answer of its own; what a test is about is given by `change`. */
export function newAttempt(change: Partial<NewAttempt> = {}): NewAttempt {
  made += 1;
  return {
    ...newRef(),
    key: `key-${made}`,
    orderShown: ['filter', 'aget', 'get'],
    answer: [`answer-${made}`],
    verdict: 'wrong',
    evidenceId: 'evidence-1',
    judged: null,
    helpUsed: 0,
    attemptsAllowed: 3,
    ...change,
  };
}

export function newRef(change: Partial<RoundRef> = {}): RoundRef {
  return {
    learnerId: 'ada',
    exerciseUid: 'ex_1',
    contentVersion: 'v1',
    round: 1,
    at: '2026-01-02T03:04:05.678Z',
    ...change,
  };
}

export function newModeRef(change: Partial<ModeRef> = {}): ModeRef {
  return {
    learnerId: 'ada',
    lessonId: 'django/async/when-async-helps',
    mode: 'learn',
    at: '2026-01-02T03:04:05.678Z',
    ...change,
  };
}

/** A report with a key of its own. */
export function newReport(change: Partial<NewReport> = {}): NewReport {
  made += 1;
  return {
    ...newRef(),
    key: `key-${made}`,
    lessonId: 'django/async/when-async-helps',
    mode: 'try',
    versions: { django: '5.2.1', python: '3.11.2' },
    kind: 'unclear',
    text: 'What is an aget?',
    ...change,
  };
}

/** An exercise drawn as the first of a sitting. */
export function newDrawn(change: Partial<DrawnExercise> = {}): DrawnExercise {
  return {
    ...{ number: 1, exerciseUid: 'ex_1', contentVersion: 'v1', orderShown: ['filter', 'aget'] },
    ...{ objective: 'async-orm', difficulty: 'medium' },
    model: { discrimination: 1.5, difficulty: 0, guessing: 0.25 },
    ...change,
  };
}

/** An answer to the first item of a sitting, with a key of its own. */
export function newSittingAnswer(change: Partial<NewSittingAnswer> = {}): NewSittingAnswer {
  made += 1;
  return {
    ...{ learnerId: 'ada', sitting: 'none', number: 1, key: `key-${made}`, answer: ['aget'] },
    ...{ verdict: 'right', evidenceId: 'evidence-1', judged: null, isLast: false },
    at: '2026-01-02T03:04:05.678Z',
    ...change,
  };
}
