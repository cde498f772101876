/**
 * Who a browser is, without an account: a random token in a cookie. What is stored and used everywhere
 * else is a digest of it, so that a copy of the database lets nobody pass as a learner.
 */
import { createHash, randomBytes } from 'node:crypto';

const tokenForm = /^[A-Za-z0-9_-]{43}$/;

export interface RecognisedLearner {
  /** Names the learner in the store; stable for a token. */
  id: string;
  /** A new token for the browser to keep; null when it brought one. */
  newToken: string | null;
}

/** @returns A new token: 256 random bits, base64url. */
function createToken(): string {
  return randomBytes(32).toString('base64url');
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url').slice(0, 32);
}

/**
 * Recognises a browser by what its cookie holds.
 * @param cookie - Anything: what is no token of ours counts as none.
 */
export function recogniseLearner(cookie: string | undefined): RecognisedLearner {
  if (cookie !== undefined && tokenForm.test(cookie)) return { id: idOf(cookie), newToken: null };
  const newToken = createToken();
  return { id: idOf(newToken), newToken };
}
