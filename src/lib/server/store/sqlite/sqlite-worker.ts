import type { SQLInputValue, StatementSync } from 'node:sqlite';

/** What one connection is opened with. */
export interface ConnectionSettings {
  path: string;
  isReadOnly: boolean;
  /** How long to wait for another process that holds the database. */
  busyTimeoutMs: number;
}

/** `rollback` ends a transaction if one is still open: after some errors SQLite has ended it itself. */
export type Request =
  | { kind: 'query'; id: number; sql: string; parameters: readonly unknown[] }
  | { kind: 'rollback'; id: number }
  | { kind: 'close'; id: number };

export interface SqliteFailure {
  message: string;
  /** SQLite's extended result code; null when the error is not SQLite's. */
  resultCode: number | null;
}

export type Reply =
  | { id: number; rows: Record<string, unknown>[]; changes: number | null }
  | { id: number; failure: SqliteFailure };

/** The id of the reply that says how opening went. */
export const openingId = 0;

/**
 * The body of the thread that holds one SQLite connection and answers requests in their order.
 * It is started from its own source text, because a bundler would leave a second file behind:
 * so it must not use anything of this module but types.
 */
export function runSqliteWorker(): void {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const settings = workerData as ConnectionSettings;
  if (parentPort === null) throw new Error('This is the body of a worker thread.');
  const port = parentPort;
  const sqliteBusy = 5;
  const maxStatements = 200;
  const statements = new Map<string, StatementSync>();

  const failureOf = (error: unknown): SqliteFailure => {
    const { message, errcode } = error as { message?: unknown; errcode?: unknown };
    return {
      message: typeof message === 'string' ? message : String(error),
      resultCode: typeof errcode === 'number' ? errcode : null,
    };
  };

  const open = () => {
    const database = new DatabaseSync(settings.path, {
      timeout: settings.busyTimeoutMs,
      enableForeignKeyConstraints: true,
    });
    if (settings.isReadOnly) database.exec('pragma query_only = on');
    else {
      database.exec('pragma journal_mode = wal');
      // In WAL mode NORMAL would not flush at a commit: a power cut could take back an acknowledged attempt.
      database.exec('pragma synchronous = full');
    }
    return database;
  };

  /** The change to WAL does not wait for other processes as statements do. */
  const openPatiently = () => {
    const deadline = Date.now() + settings.busyTimeoutMs;
    for (;;) {
      try {
        return open();
      } catch (error) {
        const code = failureOf(error).resultCode;
        if (code === null || (code & 0xff) !== sqliteBusy || Date.now() > deadline) throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      }
    }
  };

  let database: ReturnType<typeof open>;
  try {
    database = openPatiently();
  } catch (error) {
    port.postMessage({ id: 0, failure: failureOf(error) } satisfies Reply);
    port.close();
    return;
  }

  const statementFor = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    const [oldest] = statements.keys();
    if (statements.size >= maxStatements && oldest !== undefined) statements.delete(oldest);
    statements.set(sql, statement);
    return statement;
  };

  const answer = (request: Request): Reply => {
    const { id } = request;
    if (request.kind === 'query') {
      const statement = statementFor(request.sql);
      const parameters = request.parameters as SQLInputValue[];
      if (statement.columns().length > 0) {
        return { id, rows: statement.all(...parameters), changes: null };
      }
      return { id, rows: [], changes: Number(statement.run(...parameters).changes) };
    }
    if (request.kind === 'close') database.close();
    else if (database.isTransaction) database.exec('rollback');
    return { id, rows: [], changes: null };
  };

  port.on('message', (request: Request) => {
    let reply: Reply;
    try {
      reply = answer(request);
    } catch (error) {
      reply = { id: request.id, failure: failureOf(error) };
    }
    port.postMessage(reply);
    if (request.kind === 'close') port.close();
  });
  port.postMessage({ id: 0, rows: [], changes: null } satisfies Reply);
}
