import { Worker } from 'node:worker_threads';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import {
  openingId,
  runSqliteWorker,
  type ConnectionSettings,
  type Reply,
  type Request,
  type SqliteFailure,
} from './sqlite-worker.ts';

/** An error of SQLite, as it crossed from the thread. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';
  /** SQLite's extended result code; its low byte is the primary one. Null for an error of the thread. */
  readonly resultCode: number | null;

  constructor({ message, resultCode }: SqliteFailure) {
    super(message);
    this.resultCode = resultCode;
  }
}

type Answer = Extract<Reply, { rows: unknown }>;

interface Waiter {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** One SQLite connection on a thread of its own, so that no flush holds up the one that serves pages. */
export class SqliteConnection implements DatabaseConnection {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiter>();
  #lastId = openingId;
  #gone: SqliteError | null = null;

  private constructor(settings: ConnectionSettings) {
    this.#worker = new Worker(`(${runSqliteWorker.toString()})()`, {
      eval: true,
      execArgv: [],
      name: settings.isReadOnly ? 'sqlite-reads' : 'sqlite-writes',
      workerData: settings,
    });
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#end(String(error)));
    this.#worker.on('exit', () => this.#end('its thread has ended'));
  }

  /** @throws {SqliteError} When the database cannot be opened. */
  static async open(settings: ConnectionSettings): Promise<SqliteConnection> {
    const connection = new SqliteConnection(settings);
    await connection.#expect(openingId);
    return connection;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = await this.#ask({
      kind: 'query',
      id: this.#nextId(),
      sql: query.sql,
      parameters: query.parameters,
    });
    const result = { rows: rows as R[] };
    return changes === null ? result : { ...result, numAffectedRows: BigInt(changes) };
  }

  // eslint-disable-next-line require-yield -- the interface wants a generator; nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error(
      'The SQLite connection answers a query as a whole: use execute instead of stream.',
    );
  }

  async rollback(): Promise<void> {
    await this.#ask({ kind: 'rollback', id: this.#nextId() });
  }

  async close(): Promise<void> {
    if (this.#gone !== null) return;
    const exited = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    await this.#ask({ kind: 'close', id: this.#nextId() });
    this.#worker.ref();
    await exited;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  async #ask(request: Request): Promise<Answer> {
    if (this.#gone !== null) throw this.#gone;
    this.#worker.postMessage(request);
    return this.#expect(request.id);
  }

  #expect(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      // An idle connection must not keep a command that is done from ending.
      this.#worker.ref();
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #settle(reply: Reply): void {
    const waiter = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('failure' in reply) waiter?.reject(new SqliteError(reply.failure));
    else waiter?.resolve(reply);
  }

  #end(reason: string): void {
    this.#gone ??= new SqliteError({ message: `SQLite has stopped: ${reason}`, resultCode: null });
    for (const waiter of this.#waiting.values()) waiter.reject(this.#gone);
    this.#waiting.clear();
  }
}
