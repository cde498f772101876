/**
 * Who a browser is, without an account: a random token in a cookie. What is stored and used everywhere
 * else is a digest of it, so that a copy of the database lets nobody pass as a learner.
 */
import { createHash, randomBytes } from 'node:crypto';

export const learnerCookieName = 'assay_learner';

/** Browsers keep a cookie for at most 400 days (RFC 6265bis, section 5.5). */
export const learnerCookieSeconds = 400 * 24 * 60 * 60;

const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/** @returns A new token: 256 random bits, base64url. */
export function createLearnerToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a cookie's value has the form of a token of ours. */
export function isLearnerToken(value: string | undefined): value is string {
  return value !== undefined && tokenForm.test(value);
}

/** @returns The learner's id, stable for a token. */
export function learnerIdOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url').slice(0, 32);
}
