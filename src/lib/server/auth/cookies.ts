/** What a request's cookies hold, by their names. */
export function parseCookies(headers: Headers | null): Map<string, string> {
  const pairs = (headers?.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}
