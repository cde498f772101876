import { sql, type Kysely, type Transaction } from 'kysely';

type Work<DB, T> = (trx: Transaction<DB>) => Promise<T>;

interface Job<DB> {
  /** Does the work and returns what tells the asker, to be called once the work is on disk. */
  run(trx: Transaction<DB>): Promise<() => void>;
  reject(error: unknown): void;
}

/** Bounds how long the first of a group waits for the last. */
const maxGroup = 100;

/**
 * Commits writes in groups: all that arrive while one flush is under way share the next, so that
 * the disk's flushes, not the number of learners, set the pace. Each is its own savepoint: one that
 * fails takes nothing of the others with it. Nobody is answered before the commit has returned.
 */
export class GroupCommit<DB> {
  readonly #db: Kysely<DB>;
  readonly #queue: Job<DB>[] = [];
  #isDraining = false;

  constructor(db: Kysely<DB>) {
    this.#db = db;
  }

  write<T>(work: Work<DB, T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({
        run: async (trx) => {
          const result = await work(trx);
          return () => resolve(result);
        },
        reject,
      });
      if (!this.#isDraining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    // Lets all that arrive in this turn of the event loop into the first group.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#commit(this.#queue.splice(0, maxGroup));
    this.#isDraining = false;
  }

  async #commit(jobs: Job<DB>[]): Promise<void> {
    try {
      const settled = await this.#db.transaction().execute(async (trx) => {
        const settled: (() => void)[] = [];
        for (const job of jobs) settled.push(await runInSavepoint(trx, job));
        return settled;
      });
      for (const settle of settled) settle();
    } catch (error) {
      for (const job of jobs) job.reject(error);
    }
  }
}

/**
 * @returns What to call after the commit.
 * @throws The job's error, when it ended the whole transaction (a full disk does): what came after
 * would be committed on its own.
 */
async function runInSavepoint<DB>(trx: Transaction<DB>, job: Job<DB>): Promise<() => void> {
  await sql`savepoint job`.execute(trx);
  try {
    const settle = await job.run(trx);
    await sql`release job`.execute(trx);
    return settle;
  } catch (error) {
    try {
      await sql`rollback to job`.execute(trx);
      await sql`release job`.execute(trx);
    } catch {
      throw error;
    }
    return () => job.reject(error);
  }
}
