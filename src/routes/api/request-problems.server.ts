/** What is wrong with a body: all of it, each with its place, what was expected there, and what was found. */
import { z } from 'zod';
import type { RequestProblem } from './problem.server.ts';

/** No problem list grows without bound, whatever is sent. */
const maxProblems = 100;

/** A whole number between two bounds, with one sentence for all that it may not be. */
export function wholeNumber(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

const expectedSource = 'text that can be written as UTF-8';

/** Text of a file. Half of a surrogate pair has no form in UTF-8, and Python could not read it. */
export const sourceText = z
  .string({ error: expectedSource })
  .refine((text) => text.isWellFormed(), { error: expectedSource });

/** Of each place the first problem, and no more than anybody reads. */
export function firstOfEach(problems: RequestProblem[]): RequestProblem[] {
  const first = new Map<string, RequestProblem>();
  for (const problem of problems) {
    if (first.size === maxProblems) break;
    if (!first.has(problem.path)) first.set(problem.path, problem);
  }
  return [...first.values()];
}

/**
 * @param value - The body that was checked.
 * @param known - The names of fields by the pointer of the object that may have them.
 */
export function problemsOf(
  { issues }: z.core.$ZodError,
  value: unknown,
  known: Record<string, string[]>,
): RequestProblem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, value, known));
}

function problemsOfIssue(
  issue: z.core.$ZodIssue,
  value: unknown,
  known: Record<string, string[]>,
): RequestProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const names = known[pointer(issue.path)] ?? [];
    return issue.keys.slice(0, maxProblems).map((key) => ({
      path: pointer([...issue.path, key]),
      expected: `one of ${names.join(', ')}`,
      found: 'a name that is none of them',
    }));
  }
  // Of a bad key zod says that the key is invalid; what was expected of it is told within.
  const expected =
    issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  const found =
    issue.code === 'invalid_key' ? shown(issue.path.at(-1)) : shown(valueAt(value, issue.path));
  return [{ path: pointer(issue.path), expected, found }];
}

/** The one name that zod passes over in silence. @param places - Paths of objects that might have it. */
export function protoProblems(
  value: unknown,
  places: readonly (readonly string[])[],
): RequestProblem[] {
  return places.flatMap((place) => {
    const object = valueAt(value, place);
    if (!isObject(object) || !Object.hasOwn(object, '__proto__')) return [];
    const path = pointer([...place, '__proto__']);
    return [{ path, expected: 'another name', found: '__proto__' }];
  });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path, looked for among own fields only. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[String(key)] : undefined),
    value,
  );
}

/** A path as a JSON Pointer (RFC 6901). */
export function pointer(path: readonly PropertyKey[]): string {
  const escaped = path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'));
  return escaped.map((key) => `/${key.slice(0, 200)}`).join('');
}

/** A value in a few words, whatever it is. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isObject(value)) return `an object of ${Object.keys(value).length} fields`;
  if (typeof value !== 'string') return String(value);
  if (!value.isWellFormed()) return 'text with half of a surrogate pair';
  return value.length <= 60 ? JSON.stringify(value) : `text of ${value.length} characters`;
}
