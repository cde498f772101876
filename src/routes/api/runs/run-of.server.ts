/** What a run is of: how a request says it, and what the site adds of what belongs to it. */
import { z } from 'zod';
import { runPartsOf, type RunOf, type RunParts } from '#lib/domain/run-of.ts';
import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { RequestProblem } from '../problem.server.ts';

const maxIdLength = 200;
const expectedOf =
  'an object with the id of a `lesson`, and that of its `exercise` or of its `program`, or `mode`: `visualize`';

const named = (description: string) =>
  z.string({ error: expectedOf }).max(maxIdLength, { error: expectedOf }).describe(description);

const lesson = named("The lesson's id, which is the end of its address after /learn/.");

export const runOfSchema = z
  .union(
    [
      z.strictObject({ lesson, exercise: named('The uid of an exercise that code answers.') }),
      z.strictObject({ lesson, program: named("The id of a program in the lesson's prose.") }),
      z.strictObject({
        lesson,
        mode: z
          .literal('visualize', { error: expectedOf })
          .describe('The mode that shows a recorded program.'),
      }),
    ],
    { error: expectedOf },
  )
  .describe(
    'What the run is of. Then `program` and `files` are the text of what a learner may edit of it, and the site adds what belongs to it: the file name, further files, what is served, the code that drives it, rows and apps.',
  ) satisfies z.ZodType<RunOf>;

const expected = {
  lesson: 'the id of a lesson that is served here',
  exercise: 'the uid of an exercise of the lesson that is served here and answered with code',
  program: 'the id of a program in the prose of the lesson that is served here',
  mode: 'a mode of the lesson that is served here and shows a recorded program',
};

export type FoundParts = { parts: RunParts | null } | { problems: RequestProblem[] };

interface Asked {
  of?: RunOf | undefined;
  files?: Record<string, string> | undefined;
  limits?: { files?: number | undefined } | undefined;
}

/**
 * Looks up what belongs to a run; `parts` is null for a run of nothing but the request's own program.
 * @param isAsked - Whether a test asks the caller the exercise that it names.
 */
export function findRunParts(
  catalogue: ServedCatalogue,
  { of, files = {}, limits }: Asked,
  isAsked = false,
): FoundParts {
  if (!of) return { parts: null };
  const parts = runPartsOf(catalogue, of, isAsked);
  if ('unknown' in parts) {
    const { unknown } = parts;
    const found = JSON.stringify((of as Record<string, string>)[unknown]);
    return { problems: [{ path: `/of/${unknown}`, expected: expected[unknown], found }] };
  }
  const own = Object.keys(parts.files);
  const others = Object.keys(files).filter((name) => !own.includes(name));
  if (others.length > 0) return { problems: others.map((name) => otherFile(name, own)) };
  const needed = own.length + Object.keys(parts.given).length;
  if (limits?.files !== undefined && limits.files < needed) {
    const expected = `at least ${needed}: what \`of\` names has so many files besides its program`;
    return { problems: [{ path: '/limits/files', expected, found: String(limits.files) }] };
  }
  return { parts };
}

function otherFile(name: string, own: string[]): RequestProblem {
  const pointer = name.replaceAll('~', '~0').replaceAll('/', '~1');
  const expected =
    own.length > 0
      ? `one of the files that are edited: ${own.join(', ')}`
      : 'no further file: only the program is edited';
  return { path: `/files/${pointer}`, expected, found: JSON.stringify(name) };
}
