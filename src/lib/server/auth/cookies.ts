import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies';

/** A cookie that the browser is to keep, or, with a `maxAge` of 0, to forget. */
export interface NewCookie {
  name: string;
  value: string;
  options: {
    path: string;
    httpOnly: boolean;
    sameSite: 'lax';
    secure: boolean;
    maxAge?: number;
  };
}

/** What a request's cookies hold, by their names. */
export function parseCookies(headers: Headers | null): Map<string, string> {
  const pairs = (headers?.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}

/** What an answer of better-auth wants kept. */
export function cookiesOf(headers: Headers): NewCookie[] {
  return headers.getSetCookie().flatMap((text) =>
    [...parseSetCookieHeader(text)].map(([name, attributes]) => {
      const { maxAge, secure } = toCookieOptions(attributes);
      return {
        name,
        value: attributes.value,
        options: {
          path: '/',
          httpOnly: true,
          sameSite: 'lax' as const,
          secure: secure === true,
          ...(maxAge === undefined ? {} : { maxAge }),
        },
      };
    }),
  );
}
