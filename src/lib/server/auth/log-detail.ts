/** What a provider's answer says of itself, and what better-auth says of whom it looked for: nothing that could be a token. */
const told = ['provider', 'status', 'statusText', 'error', 'error_description', 'message'];

/** One detail that better-auth logs, as text. Of an object only so much is told as is known to be no secret. */
export function logDetail(detail: unknown): string {
  if (detail instanceof Error || typeof detail !== 'object' || detail === null) {
    return String(detail);
  }
  const parts = Object.entries(detail).filter(
    ([name, value]) => told.includes(name) && ['string', 'number'].includes(typeof value),
  );
  return parts.map(([name, value]) => `${name}=${String(value)}`).join(' ');
}
