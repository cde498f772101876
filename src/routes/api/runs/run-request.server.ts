/** The body of a request for a run: its schema, and all that is wrong with one. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { installedRuntime } from '#lib/domain/installed-runtime.ts';
import { mostSteps } from '#lib/domain/recording.ts';
import type { RunParts } from '#lib/domain/run-of.ts';
import { filesProblem, limitsProblem, runLimits } from '#lib/server/app.ts';
import type { RequestProblem } from '../problem.server.ts';
import {
  firstOfEach,
  isObject,
  pointer,
  problemsOf,
  protoProblems,
  shown,
  sourceText,
  valueAt,
  wholeNumber,
} from '../request-problems.server.ts';
import { runOfSchema } from './run-of.server.ts';

const maxFiles = 20;
const maxNameLength = 100;
const defaultFileName = 'program.py';

const segment = '[A-Za-z0-9_][A-Za-z0-9_.-]*';
const fileNamePattern = new RegExp(`^${segment}$`);
const pathPattern = new RegExp(`^${segment}(/${segment}){0,4}$`);

const expectedId = 'a UUID, such as 3f2b8c1e-6f0a-4c57-9d2e-1b7a5c9e4d10';
const expectedFileName = `a file name of at most ${maxNameLength} letters, digits, dots, dashes and underscores, beginning with none of the dots and dashes`;
const expectedPath = `a relative path of at most ${maxNameLength} characters and five parts, each of letters, digits, dots, dashes and underscores and beginning with none of the dots and dashes`;
const expectedFiles = `an object of at most ${maxFiles} files: path to text`;
const maxSeed = 2 ** 32 - 1;

const path = z
  .string({ error: expectedPath })
  .max(maxNameLength, { error: expectedPath })
  .regex(pathPattern, { error: expectedPath });

/** A limit that a learner may lower, and not raise. */
const limit = (name: keyof typeof runLimits, description: string) =>
  wholeNumber(1, runLimits[name])
    .optional()
    .describe(`${description} ${runLimits[name]} when left out, which is also the most.`);

const expectedLimits = 'an object of limits';
const limits = z
  .strictObject(
    {
      wallMs: limit('wallMs', 'Time on the clock, in milliseconds.'),
      cpuMs: limit('cpuMs', 'Processor time, in milliseconds, rounded up to whole seconds.'),
      memoryBytes: limit('memoryBytes', 'Address space, in bytes; Python itself takes much of it.'),
      outputBytes: limit('outputBytes', 'For each of stdout and stderr, in bytes.'),
      diskBytes: limit('diskBytes', "Room in the run's temporary folder, in bytes."),
      files: limit('files', 'Number of files in that folder.'),
    },
    { error: expectedLimits },
  )
  .describe('What the run may use. Each may be lower than what this site gives, and not higher.');

/** What is asked for with `POST /api/runs`. */
export const runRequestSchema = z.strictObject(
  {
    id: z
      .uuid({ error: expectedId })
      .optional()
      .describe(
        'Names the run; choose a new one for each. Asking again with it attaches to the run, or gives its result once more. Made by the site when left out.',
      ),
    of: runOfSchema.optional(),
    program: sourceText.describe('Python source of the program, which is run as the main module.'),
    fileName: z
      .string({ error: expectedFileName })
      .max(maxNameLength, { error: expectedFileName })
      .regex(fileNamePattern, { error: expectedFileName })
      .optional()
      .describe(
        `The name the program has in tracebacks; ${defaultFileName} when left out. Not with \`of\`, which names it.`,
      ),
    files: z
      .record(path, sourceText, { error: expectedFiles })
      .refine((files) => Object.keys(files).length <= maxFiles, { error: expectedFiles })
      .meta({ maxProperties: maxFiles })
      .optional()
      .describe('Further files, by relative path; the program can import and open them.'),
    runtime: z
      .literal(installedRuntime, { error: `the name of a runtime: ${installedRuntime}` })
      .optional()
      .describe('What the program runs on.'),
    seed: wholeNumber(0, maxSeed)
      .optional()
      .describe("Seed of Python's random numbers; none when left out."),
    record: z
      .boolean({ error: 'true or false' })
      .optional()
      .describe(
        `Whether to record what the program does, step by step, in at most ${mostSteps} steps. It then takes longer. The result names the recording.`,
      ),
    limits: limits.optional(),
  },
  { error: 'a JSON object' },
);

export type RunBody = z.infer<typeof runRequestSchema>;

export type ParsedRun = { ok: true; body: RunBody } | { ok: false; problems: RequestProblem[] };

/** The names of fields, at each place that has fields of ours. */
const knownNames = {
  '': Object.keys(runRequestSchema.shape),
  '/limits': Object.keys(limits.shape),
};

/** Checks a body. @returns It, or everything that is wrong with it. */
export function parseRunBody(value: unknown): ParsedRun {
  const parsed = runRequestSchema.safeParse(value);
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error, value, knownNames)),
    ...nameProblems(value),
    ...tooLittle('memoryBytes', value),
    ...tooLittle('diskBytes', value),
  ];
  if (!parsed.success || problems.length > 0) {
    return { ok: false, problems: firstOfEach(problems) };
  }
  return { ok: true, body: parsed.data };
}

/**
 * The request for the sandbox: what was left out is left to it.
 * @param parts - What belongs to it besides, as its `of` says; null where there is none.
 */
export function toRunRequest(body: RunBody, parts: RunParts | null = null) {
  const { runtime, seed, fileName, files, program, record, limits } = body;
  const lowered = Object.entries(limits ?? {}).filter(([, value]) => value !== undefined);
  return {
    program,
    runtime: runtime ?? installedRuntime,
    fileName: parts?.fileName ?? fileName ?? defaultFileName,
    files: { ...parts?.files, ...files, ...parts?.given },
    ...(seed === undefined ? {} : { seed }),
    ...(record ? { record: mostSteps } : {}),
    limits: { ...runLimits, ...Object.fromEntries(lowered) },
    ...(parts ? belongingTo(parts) : {}),
  };
}

function belongingTo({ serve, drive, rows, apps }: RunParts) {
  return { serve, drive, rows, apps };
}

/**
 * @param parts - As for {@link toRunRequest}: where a lesson is changed, what is asked for is another run.
 * @returns The same for two bodies exactly when they ask for the same run, in whatever order.
 */
export function digestOf(body: RunBody, parts: RunParts | null = null): string {
  const { program, runtime, fileName, files, seed, record, limits } = toRunRequest(body, parts);
  const own = [
    program,
    runtime,
    fileName,
    sorted(files),
    seed ?? null,
    record ?? null,
    sorted(limits),
  ];
  const added = parts && [sorted(parts.serve), parts.drive, parts.rows, sorted(parts.apps)];
  const all = [own, sorted(body.of ?? {}), added];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

function sorted(record: Record<string, unknown>): [string, unknown][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What is wrong with names beyond their form. */
function nameProblems(value: unknown): RequestProblem[] {
  if (!isObject(value)) return [];
  const files = isObject(value['files']) ? Object.keys(value['files']) : [];
  const problems = protoProblems(value, [[], ['files'], ['limits']]);
  if (files.length > maxFiles) return problems;
  if (Object.hasOwn(value, 'of')) return [...problems, ...namedTwice(value)];
  const program = value['fileName'] ?? defaultFileName;
  const itself = typeof program === 'string' ? takenName(program, '') : null;
  if (itself !== null) {
    problems.push({ path: '/fileName', expected: 'another name', found: itself });
  }
  for (const name of files) {
    const path = pointer(['files', name]);
    const clash = [program, ...files].find((other) => name.startsWith(`${String(other)}/`));
    const taken = takenName(name, String(program));
    if (name === program) {
      problems.push({ path, expected: "a name other than the program's", found: shown(name) });
    } else if (clash !== undefined) {
      const expected = 'a path that does not lead through another file';
      problems.push({ path, expected, found: `${shown(clash)} is a file` });
    } else if (taken !== null) {
      problems.push({ path, expected: 'another name', found: taken });
    }
  }
  const most = valueAt(value, ['limits', 'files']);
  if (typeof most === 'number' && files.length > most) {
    const expected = `at most ${most} files, as the limit says that the request sets`;
    problems.push({ path: '/files', expected, found: shown(value['files']) });
  }
  return problems;
}

/** With `of`, the program has its name from there, and other files are the known ones. */
function namedTwice(value: Record<string, unknown>): RequestProblem[] {
  if (!Object.hasOwn(value, 'fileName')) return [];
  const expected = 'no name: what `of` names has one';
  return [{ path: '/fileName', expected, found: shown(value['fileName']) }];
}

/** Names that a run's folder has already, in the sandbox's words; null when the name is free. */
function takenName(name: string, program: string): string | null {
  return filesProblem({ files: { [name]: '' }, fileName: program }, runLimits);
}

/** How little a run can do with is the sandbox's word, not ours. */
function tooLittle(name: keyof typeof runLimits, value: unknown): RequestProblem[] {
  const wanted = valueAt(value, ['limits', name]);
  if (typeof wanted !== 'number' || wanted > runLimits[name]) return [];
  const problem = limitsProblem({ ...runLimits, [name]: wanted });
  if (problem === null) return [];
  return [{ path: `/limits/${name}`, expected: problem, found: shown(wanted) }];
}
