/**
 * What a browser may do with what we send: nothing that a page of ours does not need. What a page may load
 * is said by the policy in vite.config.ts, to which only the nonce for styles is added here.
 */

const always: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // For browsers that do not know `frame-ancestors`.
  'x-frame-options': 'DENY',
  'permissions-policy':
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
};

/** Two years, in seconds. */
const strictTransport = 'max-age=63072000';

/** Sets them on an answer. @param isSecure - Whether the browser has asked over https. */
export function setSecurityHeaders(headers: Headers, isSecure: boolean): void {
  for (const [name, value] of Object.entries(always)) headers.set(name, value);
  if (isSecure) headers.set('strict-transport-security', strictTransport);
  const policy = headers.get('content-security-policy');
  if (policy) headers.set('content-security-policy', withStyleNonce(policy));
}

/**
 * The page's nonce for its scripts is that of its style elements as well: SvelteKit gives one to scripts alone
 * where it has no style of its own to allow, but the editor makes style elements (ui/code/code-mirror.ts).
 */
export function withStyleNonce(policy: string): string {
  const nonce = /'nonce-[^']+'/.exec(policy)?.[0];
  return nonce ? policy.replace(/(?<=(?:^|; ?)style-src 'self')(?=;|$)/, ` ${nonce}`) : policy;
}
