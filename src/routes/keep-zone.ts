/** Tells the site where its reader is, so that a day begins and ends where theirs does. */

/** Read in hooks.server.ts; without it, days are those of UTC. */
export const zoneCookie = 'assay_zone';

const yearSeconds = 365 * 24 * 60 * 60;

/**
 * What is to be kept as the cookie.
 * @param cookies - Those of the page, as `document.cookie` has them.
 * @param zone - The browser's, as `Intl` names it: `Europe/Vienna`.
 * @returns Null when it is kept already.
 */
export function zoneToKeep(cookies: string, zone: string, isSecure: boolean): string | null {
  const pair = `${zoneCookie}=${encodeURIComponent(zone)}`;
  if (cookies.split('; ').includes(pair)) return null;
  const secure = isSecure ? '; secure' : '';
  return `${pair}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`;
}

/** Keeps the browser's time zone in its cookie. Where that cannot be, all goes on in UTC. */
export function keepZone(): void {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  // Some privacy settings leave it empty.
  if (!timeZone) return;
  const kept = zoneToKeep(document.cookie, timeZone, location.protocol === 'https:');
  if (kept !== null) document.cookie = kept;
}
