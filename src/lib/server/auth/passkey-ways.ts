/** Passkeys: a browser asks for a challenge, lets its owner answer it, and brings the answer. */
import { isAPIError } from 'better-auth/api';
import { cookiesOf, type NewCookie } from './cookies.ts';
import type { AuthFor, Outcome, Visit } from './visit.ts';

/** `refused`: the answer is not right, or comes too late. `old-session`: who adds a passkey has signed in within a day. */
export type PasskeyProblem = 'refused' | 'old-session';

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
  askForPasskey(visit: Visit): Promise<Challenge>;
  signInByPasskey(visit: Visit, response: unknown): Promise<Outcome<PasskeyProblem>>;
}

export function createPasskeyWays(authFor: AuthFor): PasskeyWays {
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
