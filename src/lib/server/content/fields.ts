/** Holds a file's values against its schema, field by field, and says what is wrong with each. */
import { z } from 'zod';
import { nearest, shown, type Wording } from './finding.ts';
import { reportAt, type SourceFile } from './source.ts';

/**
 * The fields of a file that are as the schema wants them. What is wrong becomes findings, for all
 * fields at once, so that later rules can still look at the fields that are right.
 */
export function readFields<Shape extends z.ZodRawShape>(
  source: SourceFile,
  schema: z.ZodObject<Shape>,
): Partial<z.infer<z.ZodObject<Shape>>> {
  const { value } = source;
  if (!isRecord(value)) {
    reportAt(source, '', {
      expected: `fields such as ${quotedList(Object.keys(schema.shape).slice(0, 4))}`,
      found: value === null || value === undefined ? 'an empty file' : typeName(value),
      fix: 'Begin with `name: value` lines; docs/authoring.md has a file to start from.',
    });
    return {};
  }
  reportUnknown(source, value, Object.keys(schema.shape), '', Object.keys(value));
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const result = z.safeParse(field, value[name]);
    if (result.success) {
      if (result.data !== undefined) read[name] = result.data;
    } else {
      for (const issue of result.error.issues) reportIssue(source, schema, [name, ...issue.path], issue);
    }
  }
  return read as Partial<z.infer<z.ZodObject<Shape>>>;
}

function reportIssue(
  source: SourceFile,
  schema: z.ZodType,
  path: PropertyKey[],
  issue: z.core.$ZodIssue,
): void {
  const at = path.map(String).join('.');
  const value = valueAt(source.value, path);
  if (value === undefined && issue.code !== 'unrecognized_keys') {
    reportMissing(source, at, issue);
  } else if (issue.code === 'unrecognized_keys') {
    reportUnknown(source, value as Record<string, unknown>, fieldsAt(schema, path), at, issue.keys);
  } else if (issue.code === 'invalid_key') {
    const found = shown(String(path.at(-1)));
    reportAt(source, at, { expected: expectedOf(issue), found, fix: 'Write it as expected.' });
  } else {
    reportAt(source, at, wrongValue(at, value, issue, source.places[`${at}:text`] !== undefined));
  }
}

/** The names of the fields that a schema allows at a path; none where it allows no fields. */
function fieldsAt(schema: z.ZodType, path: PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const part of path) {
    at = unwrapped(at);
    if (at instanceof z.ZodArray) at = at.element;
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else if (at instanceof z.ZodObject) at = (at.shape as Record<PropertyKey, unknown>)[part];
  }
  at = unwrapped(at);
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

/** A schema without what says that its value may be left out. */
function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap())
    : schema;
}

function reportMissing(source: SourceFile, path: string, issue: z.core.$ZodIssue): void {
  const name = path.slice(path.lastIndexOf('.') + 1);
  reportAt(source, path, {
    expected: `the field ${shown(name)} (${expectedOf(issue)})`,
    found: 'no such field',
    fix: `Add ${shown(`${name}: ...`)}.`,
  });
}

function reportUnknown(
  source: SourceFile,
  value: Record<string, unknown>,
  known: string[],
  path: string,
  names: string[],
): void {
  for (const name of names.filter((each) => !known.includes(each))) {
    const absent = known.filter((each) => !(each in value));
    const meant = nearest(name, absent) ?? nearest(name, known);
    // A name without a value, with a space in it, is the rest of a sentence cut at its comma.
    const cut = value[name] === null && /\s/.test(name);
    reportAt(source, path === '' ? name : `${path}.${name}`, {
      expected: known.length > 0 ? `only the fields ${quotedList(known)}` : 'only known fields',
      found: `the field ${shown(name)}`,
      fix: cut
        ? 'Put quotes round the text: a comma in braces ends it.'
        : meant
          ? `Did you mean ${shown(meant)}? Otherwise take it out.`
          : 'Take it out.',
    });
  }
}

function wrongValue(at: string, value: unknown, issue: z.core.$ZodIssue, block: boolean): Wording {
  const isText = issue.code === 'invalid_type' && issue.expected === 'string';
  const couldBeText = typeof value === 'number' || typeof value === 'boolean';
  const found =
    issue.code === 'invalid_type' || typeof value !== 'string'
      ? typeName(value)
      : shown(value === '' ? '(nothing)' : value);
  return {
    expected: expectedOf(issue),
    found,
    fix:
      isText && couldBeText
        ? `Put it in quotes: ${shown(`"${value}"`)}.`
        : isText && isRecord(value)
          ? 'Put quotes round the text: a colon and a space in it begin a map.'
          : issue.code === 'invalid_value' && typeof value === 'string'
            ? suggestion(value, issue.values.map(String))
            : block && value === ''
              ? 'Indent the text below the key.'
              : at === 'uid'
                ? 'Make up letters and digits once, and never change them again.'
                : 'Write it as expected.',
  };
}

function suggestion(value: string, allowed: string[]): string {
  const meant = nearest(value, allowed);
  return meant ? `Did you mean ${shown(meant)}?` : 'Write one of those.';
}

function expectedOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1
        ? shown(String(issue.values[0]))
        : `one of ${quotedList(issue.values.map(String))}`;
    case 'invalid_key':
      return issue.issues[0] ? expectedOf(issue.issues[0]) : 'another name';
    default:
      return issue.message;
  }
}

const typeWords: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  array: 'a list',
  object: 'fields with values',
  record: 'names with values',
};

/** What a value is, in an author's words. */
function typeName(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'fields with values';
  if (typeof value === 'string') return `the text ${shown(value)}`;
  return `the ${typeof value === 'boolean' ? 'truth value' : 'number'} ${shown(value)}`;
}

function quotedList(names: readonly string[]): string {
  return names.map((name) => shown(name)).join(', ');
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  let at = value;
  for (const part of path) {
    if (at === null || typeof at !== 'object') return undefined;
    at = (at as Record<PropertyKey, unknown>)[part];
  }
  return at;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
