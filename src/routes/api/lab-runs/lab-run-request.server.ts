/** The body of a request for a lab run: its schema, what it names, and all that is wrong with one. */
import { z } from 'zod';
import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import {
  findScenario,
  loadProblems,
  type ChangedLoad,
  type FoundScenario,
  type ScenarioName,
} from '#lib/domain/lab-run.ts';
import { labBounds } from '#lib/domain/lab.ts';
import { labKnobs, type LabKnob } from '#lib/domain/lesson-lab.ts';
import type { Refusal, RequestProblem } from '../problem.server.ts';
import { badRequest } from '../read-request.server.ts';
import {
  firstOfEach,
  pointer,
  problemsOf,
  protoProblems,
  shown,
  sourceText,
  valueAt,
  wholeNumber,
} from '../request-problems.server.ts';

const maxIdLength = 200;

const expected = {
  lesson: 'the id of a lesson whose scenarios are served here',
  scenario: 'the id of a scenario of the lesson',
} satisfies Record<keyof ScenarioName, string>;

const named = (part: keyof ScenarioName, description: string) => {
  const error = expected[part];
  return z.string({ error }).max(maxIdLength, { error }).describe(description);
};

const knob = (name: LabKnob, description: string) => {
  const [least, most] = labBounds[name];
  return wholeNumber(least, most).optional().describe(description);
};

const loadSchema = z
  .strictObject(
    {
      requests: knob('requests', 'How many requests; all are open at a time.'),
      waitMs: knob('waitMs', 'How long the upstream takes to answer, in milliseconds.'),
      cpuMs: knob('cpuMs', 'What the program finds as `CPU_MS`, in milliseconds.'),
      workers: knob('workers', 'Processes that serve.'),
      threads: knob('threads', 'Threads of each of them; of a WSGI server only.'),
    } satisfies Record<LabKnob, z.ZodType>,
    { error: 'an object of numbers' },
  )
  .describe(
    "Numbers in place of the scenario's. Only those that the scenario lets one change; what is left out is as its author wrote it.",
  );

/** What is asked for with `POST /api/lab-runs`. */
export const labRunRequestSchema = z.strictObject(
  {
    lesson: named('lesson', "The lesson's id, which is the end of its address after /learn/."),
    scenario: named('scenario', 'Which of its scenarios.'),
    load: loadSchema.optional(),
    program: sourceText.optional().describe("Python source in place of the scenario's program."),
  },
  { error: 'a JSON object' },
);

export type LabRunBody = z.infer<typeof labRunRequestSchema>;

/** The names of fields, at each place that has fields of ours. */
const knownNames = {
  '': Object.keys(labRunRequestSchema.shape),
  '/load': Object.keys(loadSchema.shape),
};

export interface ReadLabRun extends FoundScenario {
  load: ChangedLoad;
  program: string | null;
}

/** @returns What is asked for, or everything that is wrong with it: 400, 404 or 422. */
export function readLabRun(
  catalogue: ServedCatalogue,
  value: unknown,
): { ok: true; asked: ReadLabRun } | { ok: false; refusal: Refusal } {
  const parsed = labRunRequestSchema.safeParse(value);
  const malformed = [
    ...(parsed.success ? [] : problemsOf(parsed.error, value, knownNames)),
    ...protoProblems(value, [[], ['load']]),
  ];
  const found = findNamed(catalogue, value);
  const unfit = found && !('problem' in found) ? unfitLoad(found, value) : [];
  const unknown = found && 'problem' in found ? [found.problem] : [];
  const problems = firstOfEach([...malformed, ...unknown, ...unfit]);
  if (!parsed.success || malformed.length > 0 || !found) {
    return { ok: false, refusal: badRequest(problems) };
  }
  if ('problem' in found) {
    const detail = 'Nothing was run: this site serves no such scenario.';
    return { ok: false, refusal: { type: 'no-scenario', detail, problems } };
  }
  if (unfit.length > 0) {
    const detail = 'Nothing was run: this load cannot be put on the scenario.';
    return { ok: false, refusal: { type: 'unfit-load', detail, problems } };
  }
  const { load = {}, program = null } = parsed.data;
  return { ok: true, asked: { ...found, load, program } };
}

/** @returns Null for a body that names none in any form. */
function findNamed(
  catalogue: ServedCatalogue,
  value: unknown,
): FoundScenario | { problem: RequestProblem } | null {
  const [lesson, scenario] = [valueAt(value, ['lesson']), valueAt(value, ['scenario'])];
  if (typeof lesson !== 'string' || typeof scenario !== 'string') return null;
  const name = { lesson, scenario };
  const found = findScenario(catalogue, name);
  if (!('unknown' in found)) return found;
  const { unknown } = found;
  const path = pointer([unknown]);
  return { problem: { path, expected: expected[unknown], found: shown(name[unknown]) } };
}

/** What is wrong with the numbers of a load, looked at even where other parts of the body are no use. */
function unfitLoad({ scenario }: FoundScenario, value: unknown): RequestProblem[] {
  const changed: ChangedLoad = {};
  for (const name of labKnobs) {
    const number = valueAt(value, ['load', name]);
    if (typeof number === 'number') changed[name] = number;
  }
  return loadProblems(scenario, changed).map(({ knob: name, ...problem }) => ({
    path: pointer(name === null ? ['load'] : ['load', name]),
    ...problem,
  }));
}
