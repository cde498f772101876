/** The parts that the schemas of several files are made of, and the fields that every exercise has. */
import { z } from 'zod';
import { difficulties, pools } from '#lib/domain/exercise.ts';

export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens');

/** Plain text with `code` spans; line breaks are only the author's way of folding it. */
export const prose = z
  .string()
  .overwrite((text) => text.replace(/\s+/g, ' ').trim())
  .min(1, 'some text');

export const python = z
  .string()
  .regex(/\S/, 'Python source')
  .overwrite((source) => source.replace(/\s+$/, '') + '\n');

export const pythonExpression = z.string().regex(/\S/, 'a Python expression');

export const uid = z
  .string()
  .regex(/^ex_[a-z0-9]{6,12}$/, '`ex_` and 6 to 12 small letters or digits')
  .describe('Names the exercise for ever, whatever its file is called. ex_ and 6 to 12 of a-z, 0-9.');

export const serve = z.record(
  z.string().regex(/^\/\S*$/, 'an address that begins with /'),
  z.string().regex(/^[A-Za-z_]\w*$/, 'the name of a view in the program'),
);

export const drive = python.describe(
  'Python that makes the program act and reports: await request(...), await requests(...), async with watch(...), observe(name, value).',
);

export const expectation = python.describe(
  'Python that judges what was observed, by assert. It never sees the program.',
);

/** What every exercise says of itself, whatever its kind and wherever it stands. */
export const described = {
  difficulty: z.enum(difficulties).describe('A real judgement, not the number of blanks.'),
  objective: slug.describe('The id of the objective in lesson.yaml that the exercise serves.'),
  title: prose.describe('A few words that do not give the answer away.'),
  hints: z
    .array(prose)
    .min(1, 'at least one hint')
    .describe('Shown one at a time; each stronger than the one before. A block list.'),
  solution: z
    .array(prose)
    .min(1, 'at least one step')
    .describe('Why the right answer is right, in steps; shown when the round is over. A block list.'),
};

/** The fields of every file in `exercises`. */
export const shared = {
  uid,
  difficulty: described.difficulty,
  objective: described.objective,
  pool: z
    .enum(pools)
    // Steps of a project have a folder of their own.
    .exclude(['project'])
    .describe('Where it is shown. An exercise of the test pool is shown nowhere else.'),
  title: described.title,
  prompt: prose.describe('What to do, or the question. Plain text with `code` spans.'),
  serve: serve
    .default({})
    .describe('URL path to the name of the view that answers it. Left out: nothing is served.'),
  drive,
  hints: described.hints,
  solution: described.solution,
};
