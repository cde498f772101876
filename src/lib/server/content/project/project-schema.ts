/** What the files of a project may hold. */
import { z } from 'zod';
import { codeFields, fileName } from '../kinds/code-parts.ts';
import { described, drive, expectation, prose, serve, uid } from '../schema-parts.ts';

export const projectSchema = z
  .strictObject({
    title: prose.describe('What is built, in a few words.'),
    summary: prose.describe('What it does when it is done, in a sentence or two.'),
    main: fileName.describe('The file that is the program; it may import the others.'),
  })
  .describe('Something small that is built in steps.');

export const stepSchema = z
  .strictObject({
    uid,
    ...described,
    serve: serve
      .default({})
      .describe('URL path to the name of the view that answers it. Left out: nothing is served.'),
    drive,
    expect: expectation,
    ...codeFields,
    lasting: z
      .boolean()
      .default(true)
      .describe('Whether its check must hold in all later steps, too.'),
  })
  .describe('A step of a project, answered with code.');

export type ProjectFile = z.infer<typeof projectSchema>;
export type StepFile = z.infer<typeof stepSchema>;
