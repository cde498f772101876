/** What `lab.yaml` may hold. */
import { z } from 'zod';
import { labBounds, labServers } from '#lib/domain/lab.ts';
import { labKnobs, type LabKnob } from '#lib/domain/lesson-lab.ts';
import { prose, slug } from '../schema-parts.ts';

const within = (name: LabKnob) => {
  const [least, most] = labBounds[name];
  const said = `a whole number from ${least} to ${most}`;
  return z.int(said).min(least, said).max(most, said).optional();
};

const load = z.strictObject({
  requests: within('requests').describe('How many requests there are, all of them open at once.'),
  waitMs: within('waitMs').describe(
    'Milliseconds that the upstream takes to answer; the program finds its address as UPSTREAM.',
  ),
  cpuMs: within('cpuMs').describe('What the program finds as CPU_MS: milliseconds to compute.'),
  workers: within('workers').describe('Worker processes of the server.'),
  threads: within('threads').describe('Threads of each worker; of `wsgi` only.'),
});

export const scenarioSchema = z.strictObject({
  id: slug.describe('Names it in claims and in addresses; unique in the lesson.'),
  title: prose.describe('What it is, in a few words.'),
  says: prose.describe('What is special about it, and nothing of how it goes.'),
  server: z.enum(labServers).describe('`asgi`: uvicorn. `wsgi`: gunicorn, with threads.'),
  program: z
    .string()
    .regex(/\S/, 'Python source, or `programs/<name>.py`')
    .describe('A program of the lesson, `programs/<name>.py`, or a block of Python source.'),
  view: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'the name of a view in the program')
    .describe('The view that answers; it is served at `/`.'),
  load: load.default({}).describe('The numbers of the load that differ from the shared ones.'),
  knobs: z
    .array(z.enum(labKnobs))
    .default([])
    .describe('The numbers that a learner may change: those that have an effect here.'),
  against: slug.describe('The id of the scenario that it is shown beside.'),
});

export const claimSchema = z.strictObject({
  says: prose.describe('What is claimed, in a sentence.'),
  holds: prose.describe(
    'The same as an inequality: `scenario.measure >= 3 * scenario.measure`, or `scenario.measure == 20`.',
  ),
});

export const labSchema = z
  .strictObject({
    title: prose.describe('What is put under load, in a few words.'),
    intro: prose.describe('What the scenarios have in common and what to look for. One paragraph.'),
    load: load.default({}).describe('The load that all scenarios share, number by number.'),
    scenarios: z
      .array(scenarioSchema)
      .min(2, 'at least two scenarios')
      .max(12, 'at most twelve scenarios')
      .describe(
        'Ways to serve a view. The first is the one that the page begins with. A block list.',
      ),
    claims: z
      .array(claimSchema)
      .min(1, 'at least one claim')
      .max(24, 'at most 24 claims')
      .describe('What the runs must show. A block list.'),
  })
  .describe('Views under load on real servers, and what is claimed of them.');

export type LabFile = z.infer<typeof labSchema>;
export type LoadFile = LabFile['load'];
/** As far as it could be read. */
export type ScenarioFields = Partial<z.infer<typeof scenarioSchema>>;
/** As far as it could be read. */
export type ClaimFields = Partial<z.infer<typeof claimSchema>>;
