import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { jsonSchemas } from './schema.ts';

const folder = fileURLToPath(new URL('../../../../docs/schema/', import.meta.url));

// `vitest run -u` on this file writes them anew.
test.each(Object.entries(jsonSchemas()))('docs/schema/%s is up to date', async (name, text) => {
  const formatted = await format(text, { parser: 'json', printWidth: 100 });
  await expect(formatted).toMatchFileSnapshot(folder + name);
});

test('every field that an author can write is described', () => {
  const undescribed: string[] = [];
  const visit = (schema: Record<string, unknown>, path: string) => {
    const properties = (schema['properties'] ?? {}) as Record<string, Record<string, unknown>>;
    for (const [name, field] of Object.entries(properties)) {
      const isConstant = 'const' in field;
      if (!field['description'] && !isConstant) undescribed.push(`${path}.${name}`);
      visit(field, `${path}.${name}`);
    }
    if (schema['items']) visit(schema['items'] as Record<string, unknown>, `${path}[]`);
    for (const each of (schema['oneOf'] ?? []) as Record<string, unknown>[]) visit(each, path);
  };
  for (const [name, text] of Object.entries(jsonSchemas())) visit(JSON.parse(text), name);
  expect(undescribed).toEqual([]);
});
