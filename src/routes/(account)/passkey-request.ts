/** What the script of a page asks of the browser and of the server, to use a passkey. */
import { deviceWords } from '../me/account/device-words.ts';

/** Whether this browser knows passkeys. */
export function canUsePasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined';
}

/**
 * Has the browser make a passkey, and brings it: named by the device it is of.
 * @param body - What the server wants to know before.
 * @throws {PasskeyRefusal} When the server refuses; else what the browser throws.
 */
export async function register(path: string, body: Record<string, unknown> = {}): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const optionsJSON = await askFor(path, body);
  const response = await startRegistration({ optionsJSON });
  await send(path, { response, name: deviceWords(navigator.userAgent) });
}

/** Passkeys are a sort of JSON that only the browser's interface looks into. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is WebAuthn's own
export async function askFor(path: string, body: Record<string, unknown> = {}): Promise<any> {
  return (await answerTo(path, 'POST', body)).json();
}

export async function send(path: string, body: Record<string, unknown>): Promise<void> {
  await answerTo(path, 'PUT', body);
}

/** Why it was refused, where the server says so in a word. */
export class PasskeyRefusal extends Error {}

async function answerTo(path: string, method: 'POST' | 'PUT', body: object): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // Of what was sent too often, a page tells that holds no such word.
  if (response.status === 429) throw new PasskeyRefusal('too-many');
  if (!response.ok) throw new PasskeyRefusal(await response.text());
  return response;
}
