/** Passkeys: a browser asks for a challenge, lets its owner answer it, and brings the answer. */
import { isAPIError } from 'better-auth/api';
import { isAddress } from './address.ts';
import type { AttemptLimit } from './attempt-limit.ts';
import { cookiesOf, type NewCookie } from './cookies.ts';
import type { AuthFor, Outcome, Visit } from './visit.ts';

/** `refused`: the answer is not right, or comes too late. `old-session`: who adds a passkey has signed in within a day. */
export type PasskeyProblem = 'refused' | 'old-session';

/** `taken`: the address has an account; told only where addresses are not confirmed. */
export type PasskeySignUpProblem = 'refused' | 'no-address' | 'taken' | 'too-many';

export interface Challenge {
  /** As the browser's own interface wants it. */
  options: unknown;
  cookies: NewCookie[];
}

export interface PasskeyWays {
  askToAddPasskey(visit: Visit): Promise<Challenge | PasskeyProblem>;
  addPasskey(
    visit: Visit,
    answer: { response: unknown; name: string },
  ): Promise<Outcome<PasskeyProblem>>;
  /** Nothing is kept of the address until a passkey has come. */
  askToSignUpByPasskey(visit: Visit, email: string): Promise<Challenge | PasskeySignUpProblem>;
  /**
   * Makes the account with its passkey. With mail, it is the same whether there was an account of the address before, and nobody
   * is signed in yet.
   */
  signUpByPasskey(
    visit: Visit,
    answer: { response: unknown; name: string },
  ): Promise<Outcome<PasskeySignUpProblem>>;
  askForPasskey(visit: Visit): Promise<Challenge>;
  signInByPasskey(visit: Visit, response: unknown): Promise<Outcome<PasskeyProblem>>;
}

/** How often one may sign up, from where and with which address: passwords count towards the first, too. */
export interface SignUpLimits {
  signUpFrom: AttemptLimit;
  signUpTo: AttemptLimit;
}

export function createPasskeyWays(authFor: AuthFor, limits: SignUpLimits): PasskeyWays {
  return {
    async askToAddPasskey({ origin, headers }) {
      try {
        const asked = await authFor(origin).api.generatePasskeyRegistrationOptions({
          ...{ headers, query: {}, returnHeaders: true as const },
        });
        return { options: asked.response, cookies: cookiesOf(asked.headers) };
      } catch (error) {
        return problemOf(error);
      }
    },

    addPasskey: ({ origin, headers }, { response, name }) =>
      outcomeOf(() =>
        authFor(origin).api.verifyPasskeyRegistration({
          ...{ body: { response, name }, headers, returnHeaders: true as const },
        }),
      ),

    async askToSignUpByPasskey({ origin, headers, address }, email) {
      if (!isAddress(email)) return 'no-address';
      const isAllowed = [
        limits.signUpFrom.take(address),
        limits.signUpTo.take(email.toLowerCase()),
      ].every(Boolean);
      if (!isAllowed) return 'too-many';
      try {
        const asked = await authFor(origin).api.askToSignUpByPasskey({
          ...{ body: { email }, headers, returnHeaders: true as const },
        });
        return { options: asked.response, cookies: cookiesOf(asked.headers) };
      } catch (error) {
        return signUpProblemOf(error);
      }
    },

    async signUpByPasskey({ origin, headers }, body) {
      try {
        const done = await authFor(origin).api.signUpByPasskey({
          ...{ body, headers, returnHeaders: true as const },
        });
        return { ok: true, cookies: cookiesOf(done.headers) };
      } catch (error) {
        return { ok: false, problem: signUpProblemOf(error) };
      }
    },

    async askForPasskey({ origin, headers }) {
      const asked = await authFor(origin).api.generatePasskeyAuthenticationOptions({
        ...{ headers, returnHeaders: true as const },
      });
      return { options: asked.response, cookies: cookiesOf(asked.headers) };
    },

    signInByPasskey: ({ origin, headers }, response) =>
      outcomeOf(() =>
        authFor(origin).api.verifyPasskeyAuthentication({
          body: { response: response as never },
          ...{ headers, returnHeaders: true as const },
        }),
      ),
  };
}

async function outcomeOf(
  work: () => Promise<{ headers: Headers }>,
): Promise<Outcome<PasskeyProblem>> {
  try {
    return { ok: true, cookies: cookiesOf((await work()).headers) };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

/** An answer that cannot be read is an answer that is not right, even where better-auth calls it an error of its own. */
function problemOf(error: unknown): PasskeyProblem {
  if (!isAPIError(error)) throw error;
  return error.body?.code === 'SESSION_NOT_FRESH' ? 'old-session' : 'refused';
}

function signUpProblemOf(error: unknown): 'refused' | 'taken' {
  if (!isAPIError(error) || error.statusCode >= 500) throw error;
  return error.body?.code === 'TAKEN' ? 'taken' : 'refused';
}
