import { expect, test } from 'vitest';
import { zoneToKeep } from './keep-zone.ts';

const kept = 'assay_zone=Europe%2FVienna';

test('a zone that is not kept, or is another, is kept for a year', () => {
  const whole = `${kept}; path=/; max-age=31536000; samesite=lax`;
  expect(zoneToKeep('', 'Europe/Vienna', false)).toBe(whole);
  expect(zoneToKeep('a=b; assay_zone=UTC', 'Europe/Vienna', false)).toBe(whole);
  expect(zoneToKeep(`not_${kept}`, 'Europe/Vienna', true)).toBe(`${whole}; secure`);
});

test('a zone that is kept is not written again', () => {
  expect(zoneToKeep(kept, 'Europe/Vienna', false)).toBeNull();
  expect(zoneToKeep(`a=b; ${kept}; c=d`, 'Europe/Vienna', true)).toBeNull();
});
