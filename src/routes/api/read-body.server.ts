/** Reads a request's body as JSON, and no more of it than is allowed. */
import type { Refusal } from './problem.server.ts';

/** The longest body, in bytes. */
export const maxBodyBytes = 256 * 1024;

export type ReadBody = { ok: true; value: unknown } | { ok: false; refusal: Refusal };

const refused = (refusal: Refusal): ReadBody => ({ ok: false, refusal });

/** @returns The parsed body, or why it is not read: 400, 413 or 415. Rejects only when the caller is gone. */
export async function readJsonBody(request: Request): Promise<ReadBody> {
  const type = request.headers.get('content-type') ?? '';
  // What a foreign page can send without asking first (forms, plain text) is not this.
  if (!/^application\/json *(;|$)/i.test(type)) {
    const found = type === '' ? 'no content-type' : type.slice(0, 100);
    return refused({
      type: 'not-json',
      detail: 'Send the request with the header content-type: application/json.',
      problems: [{ path: 'content-type', expected: 'application/json', found }],
    });
  }
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > maxBodyBytes) return refused(tooLarge(`${announced} bytes`));
  const bytes = await readAtMost(request.body, maxBodyBytes);
  if (bytes === null) return refused(tooLarge(`more than ${maxBodyBytes} bytes`));
  return parse(bytes);
}

function tooLarge(found: string): Refusal {
  return {
    type: 'too-large',
    detail: `A request may have ${maxBodyBytes} bytes in all. Send less: shorter files, or fewer.`,
    problems: [{ path: '', expected: `at most ${maxBodyBytes} bytes`, found }],
  };
}

/** @returns Null when there is more. The rest is left unread: to cancel it would cut the connection. */
async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      length += read.value.length;
      if (length > most) return null;
      chunks.push(read.value);
    }
  } finally {
    reader?.releaseLock();
  }
  return Buffer.concat(chunks);
}

function parse(bytes: Uint8Array): ReadBody {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const found = error instanceof SyntaxError ? error.message : 'bytes that are not UTF-8';
    return refused({
      type: 'bad-request',
      detail: 'Send one JSON object, in UTF-8.',
      problems: [{ path: '', expected: 'a JSON object', found: found.slice(0, 200) }],
    });
  }
}
