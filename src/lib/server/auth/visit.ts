import type { NewCookie } from './cookies.ts';
import type { Auth } from './create-auth.ts';

/** One request, as far as accounts are concerned. */
export interface Visit {
  /** Under which the browser sees the site. */
  origin: string;
  headers: Headers;
  /** Where it comes from; used for limits only, and kept nowhere. */
  address: string;
}

/** What came of it. */
export type Outcome<Problem> = { ok: true; cookies: NewCookie[] } | { ok: false; problem: Problem };

/** better-auth, for the address under which the browser sees the site. */
export type AuthFor = (origin: string) => Auth;
