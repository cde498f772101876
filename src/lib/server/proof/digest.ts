import { createHash } from 'node:crypto';
import type { JsonValue } from '#lib/domain/run.ts';

/** JSON with the keys of every object in order, so that equal values give equal text. */
export function orderedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** SHA-256 over a value's ordered JSON: 64 hexadecimal digits. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(orderedJson(value)).digest('hex');
}

/** Text without memory addresses, which differ from run to run and say nothing. */
export function withoutAddresses(text: string): string {
  return text.replace(/\b0x[0-9a-f]{6,16}\b/gi, '0x...');
}

/** The same for every text within a value. */
export function valueWithoutAddresses(value: JsonValue): JsonValue {
  if (typeof value === 'string') return withoutAddresses(value);
  if (Array.isArray(value)) return value.map(valueWithoutAddresses);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, valueWithoutAddresses(inner)]),
  );
}
