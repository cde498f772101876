/** What a link of a mail, or of the operator, lets do: confirm an address, set a new password. */
import { isAPIError } from 'better-auth/api';
import { isAddress } from './address.ts';
import { AttemptLimit } from './attempt-limit.ts';
import { passwordProblem, type PasswordProblem } from './password-rule.ts';
import type { AuthFor, Visit } from './visit.ts';

export interface LinkWays {
  /** Sends a link, if there is such an account; nobody is told whether. False: it was asked too often. */
  forgetPassword(visit: Visit, email: string): Promise<boolean>;
  /** The link works once; all sessions end. @returns What is wrong; null: the password is set. */
  resetPassword(
    visit: Visit,
    asked: { token: string; password: string },
  ): Promise<PasswordProblem | 'link' | null>;
  /** False: the link is too old, or none of ours. */
  confirmAddress(visit: Visit, token: string): Promise<boolean>;
}

const hour = 60 * 60_000;

export function createLinkWays(authFor: AuthFor, now: () => number): LinkWays {
  const from = new AttemptLimit({ times: 10, windowMs: hour }, now);
  const to = new AttemptLimit({ times: 3, windowMs: hour }, now);
  return {
    async forgetPassword({ origin, headers, address }, email) {
      if (!from.take(address)) return false;
      // Who is sent too many mails already is sent no more, and nobody is told that either.
      if (!isAddress(email) || !to.take(email.toLowerCase())) return true;
      const body = { email: email.toLowerCase() };
      await authFor(origin).api.requestPasswordReset({ body, headers });
      return true;
    },

    async resetPassword({ origin, headers }, { token, password }) {
      const problem = passwordProblem(password, '');
      if (problem) return problem;
      const body = { token, newPassword: password };
      return refusedAs('link' as const, async () => {
        await authFor(origin).api.resetPassword({ body, headers });
        return null;
      });
    },

    confirmAddress: ({ origin, headers }, token) =>
      refusedAs(false, async () => {
        await authFor(origin).api.verifyEmail({ query: { token }, headers });
        return true;
      }),
  };
}

/** What better-auth refuses comes to `refused`; what breaks, breaks. */
async function refusedAs<Refused, T>(refused: Refused, work: () => Promise<T>) {
  try {
    return await work();
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) return refused;
    throw error;
  }
}
