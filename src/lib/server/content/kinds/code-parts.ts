/** The fields that exercises answered with code have, be they a file or a step of a project. */
import { z } from 'zod';
import { prose, python, pythonExpression } from '../schema-parts.ts';

/** No folders: the editor shows them side by side. */
export const fileName = z.string().regex(/^[a-z][a-z0-9_]*\.py$/, 'a file name such as `sources.py`');

const mistake = z.strictObject({
  replace: z
    .array(
      z.strictObject({
        find: z.string().min(1, 'a piece of the answer').describe('Stands in the answer once.'),
        with: z.string().describe('What stands there in the mistake.'),
        file: fileName.optional().describe('The file to look in, where there are several.'),
      }),
    )
    .min(1, 'at least one piece to replace')
    .optional()
    .describe('What is changed in the answer, one after another.'),
  program: python.optional().describe('Or: the whole wrong program.'),
  error: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'the name of an exception, such as `TypeError`')
    .optional()
    .describe('It ends in this exception.'),
  holds: pythonExpression.optional().describe('Or: this is true of what was observed.'),
  says: prose.describe('What really happens with it, and what was probably believed.'),
});

/** The parts of a check that only exercises answered with code have, and what else is known of them. */
export const codeFields = {
  inputs: python
    .optional()
    .describe(
      'Python that observes a list under the name `inputs`, made by chance. It gets a fresh seed for each answer; the drive says `for given in inputs`, and the expectation compares with `reference`.',
    ),
  demo: python.describe('What Run drives the program with: it prints what a person would look at.'),
  mistakes: z
    .array(mistake)
    .min(1, 'at least one mistake')
    .describe(
      'Known wrong answers, each with its message. A wrong answer gets that of the first one it is like. A block list.',
    ),
};

export type MistakeFile = z.infer<typeof mistake>;
