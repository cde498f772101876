import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '#config';

/** Headers of our own, from our server to SvelteKit's handler; what a visitor sends under these names is dropped. */
export const PROTOCOL_HEADER = 'x-assay-protocol';
export const HOST_HEADER = 'x-assay-host';

type OriginSettings = Pick<Config, 'origin' | 'protocolHeader' | 'hostHeader'>;

export type PublicOrigin = { ok: true; protocol: string; host: string } | { ok: false };

const HOST = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/;

/**
 * The address under which the visitor's browser sees this request. SvelteKit compares it with the
 * `Origin` of each form, so a visitor must not be able to choose it: headers of a proxy count only where
 * the operator named them.
 * @returns Not ok when the request names no host, or one that cannot be.
 */
export function publicOrigin(settings: OriginSettings, headers: IncomingHttpHeaders): PublicOrigin {
  const host = headers.host;
  if (host !== undefined && !HOST.test(host)) return { ok: false };
  if (settings.origin) {
    const url = new URL(settings.origin);
    return { ok: true, protocol: url.protocol.slice(0, -1), host: url.host };
  }
  const protocol = single(headers, settings.protocolHeader)?.toLowerCase() ?? 'http';
  const seenHost = single(headers, settings.hostHeader) ?? host;
  if (protocol !== 'http' && protocol !== 'https') return { ok: false };
  if (seenHost === undefined || !HOST.test(seenHost)) return { ok: false };
  return { ok: true, protocol, host: seenHost };
}

/** Gives a request the headers that SvelteKit's adapter is told to believe. False: answer 400. */
export function setTrustedHeaders(settings: OriginSettings, headers: IncomingHttpHeaders): boolean {
  Reflect.deleteProperty(headers, PROTOCOL_HEADER);
  Reflect.deleteProperty(headers, HOST_HEADER);
  const origin = publicOrigin(settings, headers);
  if (!origin.ok) return false;
  headers[PROTOCOL_HEADER] = origin.protocol;
  headers[HOST_HEADER] = origin.host;
  return true;
}

function single(headers: IncomingHttpHeaders, name: string | null): string | undefined {
  const value = name === null ? undefined : headers[name];
  return Array.isArray(value) ? value[0] : value;
}
