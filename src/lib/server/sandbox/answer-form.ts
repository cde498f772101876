/** Taking an answer apart: what has another form than it must is no answer. */

/** The container broke its contract. */
export class AnswerError extends Error {}

type Fields = Record<string, unknown>;

export function fields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AnswerError(`${what} is not an object`);
  }
  return value as Fields;
}

export function must<T>(value: unknown, is: (value: unknown) => boolean, what: string): T {
  if (!is(value)) throw new AnswerError(`${what} has another form`);
  return value as T;
}

export const isString = (value: unknown) => typeof value === 'string';
export const isBoolean = (value: unknown) => typeof value === 'boolean';
export const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
export const isWhole = (value: unknown) => Number.isSafeInteger(value);
export const orNull = (is: (value: unknown) => boolean) => (value: unknown) =>
  value === null || is(value);
