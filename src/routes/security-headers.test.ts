import { expect, test } from 'vitest';
import { setSecurityHeaders, withStyleNonce } from './security-headers.ts';

test('style elements are allowed by the nonce that scripts have', () => {
  const policy = "default-src 'self'; style-src 'self'; script-src 'self' 'nonce-abc='";
  expect(withStyleNonce(policy)).toBe(
    "default-src 'self'; style-src 'self' 'nonce-abc='; script-src 'self' 'nonce-abc='",
  );
});

test.each([
  ['that has no nonce', "style-src 'self'; script-src 'self'"],
  // A nonce would switch off what the development server needs.
  ['of development', "style-src 'self' 'unsafe-inline'; script-src 'self' 'nonce-a'"],
  ['that says nothing of style elements', "style-src-attr 'self'; script-src 'nonce-a'"],
])('a policy %s stays as it is', (_, policy) => {
  expect(withStyleNonce(policy)).toBe(policy);
});

test('only an answer over https says that https is to be used from now on', () => {
  const [plain, secure] = [new Headers(), new Headers()];
  setSecurityHeaders(plain, false);
  setSecurityHeaders(secure, true);
  expect(plain.has('strict-transport-security')).toBe(false);
  expect(secure.get('strict-transport-security')).toMatch(/^max-age=\d{8}$/);
  expect(plain.get('x-frame-options')).toBe('DENY');
});
