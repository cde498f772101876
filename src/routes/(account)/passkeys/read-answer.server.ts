import { error, type RequestEvent } from '@sveltejs/kit';

/** More than any passkey's answer needs. */
const maxBytes = 65_536;

/**
 * What the script of one of our pages sends.
 * @throws HttpError 403 when another site sends it, 400 when it cannot be read.
 */
export async function readAnswer({ request, url }: RequestEvent): Promise<Record<string, unknown>> {
  if (request.headers.get('origin') !== url.origin) error(403, 'This came from another site.');
  const text = await request.text();
  if (text.length > maxBytes) error(413, 'This is too long.');
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  } catch {
    // Told below.
  }
  return error(400, 'This cannot be read.');
}
