import { expect, test } from 'vitest';
import { Recent } from './recent.ts';

/** Counts how often something is made. */
function counting(most: number) {
  const recent = new Recent<number>(most);
  let made = 0;
  return (key: string, ...dependsOn: unknown[]) =>
    recent.get(key, dependsOn, () => Promise.resolve((made += 1)));
}

test('a value is made once, and again when anything it depends on has changed', async () => {
  const get = counting(2);
  const catalogue = {};
  expect(await get('ada', 'mark', catalogue)).toBe(1);
  expect(await get('ada', 'mark', catalogue)).toBe(1);
  expect(await get('ada', 'another', catalogue)).toBe(2);
  expect(await get('ada', 'another', {})).toBe(3);
});

test('those asked for last stay, and no more of them than are wanted', async () => {
  const get = counting(2);
  for (const key of ['ada', 'bob', 'ada', 'eve']) await get(key, 0);
  expect(await get('ada', 0)).toBe(1);
  expect(await get('bob', 0)).toBe(4);
});
