export type StoreProblem =
  | 'disk-full'
  | 'not-writable'
  | 'not-a-database'
  | 'newer-database'
  | 'unreachable'
  | 'refused'
  | 'busy'
  | 'closed'
  | 'failed';

/**
 * What went wrong with the store, for people: `message` is one sentence that says what to do and
 * holds no password; the engine's own words are in `cause`.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly problem: StoreProblem;

  constructor(problem: StoreProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.problem = problem;
  }
}
