import type { Kysely, Transaction } from 'kysely';
import type { StoreDescription } from './port.ts';
import type { Database } from './schema.ts';
import type { StoreError } from './store-error.ts';

/** Keeps others from writing for one learner more, to the end of the transaction. */
export type Hold = (learnerId: string) => Promise<void>;

/** Queries that may write; all of them are kept, or none. */
export type Work<T> = (trx: Transaction<Database>, hold: Hold) => Promise<T>;

/** What SQLite and PostgreSQL do differently; the queries themselves are the same. */
export interface Engine {
  /** For queries that change nothing. */
  readonly reads: Kysely<Database>;
  /**
   * Runs `work` while nobody else writes for this learner, and resolves once it is on disk.
   * When it rejects, nothing of `work` was kept, unless the connection was lost while it was being
   * committed. `work` may run more than once: also when two of them hold what the other waits for.
   */
  write<T>(learnerId: string, work: Work<T>): Promise<T>;
  /** What the writing connection says of itself. */
  describe(): Promise<Omit<StoreDescription, 'attempts'>>;
  /** Says what an error of this engine means and what to do about it. */
  explain(error: unknown): StoreError;
  /** Ends all connections; called when nothing is under way. */
  close(): Promise<void>;
}
