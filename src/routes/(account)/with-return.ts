/** A link to a page of accounts that leads back to where one was. */
export function withReturn(path: string, to: string): string {
  return to === '/' ? path : `${path}?to=${encodeURIComponent(to)}`;
}
