/** A lesson's `lab.yaml`, read and checked. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import type { LabInequality, LabScenario, LessonLab } from '#lib/domain/lesson-lab.ts';
import { canonicalJson } from '../content-version.ts';
import { readFields } from '../fields.ts';
import { namedProgram } from '../prose/named-program.ts';
import type { Prose } from '../prose/prose.ts';
import { parseSource, type SourceFile } from '../source.ts';
import { checkLab, checkLabText, checkView } from './lab-rules.ts';
import {
  claimSchema,
  labSchema,
  scenarioSchema,
  type LabFile,
  type LoadFile,
  type ScenarioFields,
} from './lab-schema.ts';
import { parseInequality } from './parse-inequality.ts';

export interface LabRead {
  /** Null when it cannot be run or judged. */
  lab: LessonLab | null;
  findings: Finding[];
}

/** What neither the scenario nor the shared load says. */
const defaults = { requests: 20, waitMs: 500, cpuMs: 0, workers: 1, threads: 4 };

/** @param file - Path relative to the content root. */
export function readLab(prose: Prose, file: string, text: string): LabRead {
  const source = parseSource(file, text);
  const fields = source.value === undefined ? {} : readFields(source, labSchema);
  const written = (source.value ?? {}) as Record<string, unknown>;
  const { title, intro } = fields;
  const readable = {
    ...{ title, intro },
    scenarios: fieldsOfEach(scenarioSchema.shape, written['scenarios']),
    claims: fieldsOfEach(claimSchema.shape, written['claims']),
  };
  checkLab(source, readable);
  const programs = readPrograms(prose, source, readable.scenarios);
  const isRunnable = source.findings.length === 0;
  checkLabText(source, readable);
  return {
    lab: isRunnable ? compile(prose.lesson, source, fields as LabFile, programs) : null,
    findings: source.findings,
  };
}

/** Of each entry of a list the fields that are right; what is wrong with the others has been reported. */
function fieldsOfEach<Shape extends z.ZodRawShape>(
  shape: Shape,
  list: unknown,
): Partial<z.infer<z.ZodObject<Shape>>>[] {
  return (Array.isArray(list) ? list : []).map((entry: unknown) => {
    const values = (typeof entry === 'object' && entry) || {};
    const read = Object.entries(shape).flatMap(([name, field]) => {
      const { success, data } = z.safeParse(field, (values as Record<string, unknown>)[name]);
      return success && data !== undefined ? [[name, data]] : [];
    });
    return Object.fromEntries(read) as Partial<z.infer<z.ZodObject<Shape>>>;
  });
}

/** The source of each scenario's program; empty, with a finding, where there is none. */
function readPrograms(
  prose: Prose,
  source: SourceFile,
  scenarios: readonly ScenarioFields[],
): string[] {
  return scenarios.map(({ program, view }, index) => {
    if (program === undefined) return '';
    const path = `scenarios.${index}`;
    const read = namedProgram(prose, source, `${path}.program`, program);
    if (read !== null && view !== undefined) checkView(source, `${path}.view`, view, read);
    return read ?? '';
  });
}

function compile(
  lesson: Pick<Lesson, 'id' | 'runtime' | 'rows' | 'apps'>,
  { file, places }: SourceFile,
  { title, intro, load: shared, ...fields }: LabFile,
  programs: readonly string[],
): LessonLab {
  const scenarios = fields.scenarios.map(({ server, load, ...scenario }, index): LabScenario => {
    const program = programs[index]!;
    return { ...scenario, program, load: { server, ...loadOf(shared, load) } };
  });
  const claims = fields.claims.map(({ says, holds }) => {
    // The rules have found that it can be read, and that its names are known.
    const inequality = parseInequality(holds) as LabInequality;
    return { id: digest({ lesson: lesson.id, inequality }), says, holds, inequality };
  });
  const { runtime, rows, apps } = lesson;
  const run = scenarios.map(({ id, program, view, load }) => ({ id, program, view, load }));
  const claimed = claims.map(({ inequality }) => inequality);
  return {
    ...{ title, intro, scenarios, claims, file, places },
    contentVersion: digest({ run, claimed, runtime, rows, apps }),
  };
}

/** The shared load and the scenario's own, number by number. */
function loadOf(shared: LoadFile, own: LoadFile) {
  const pick = (name: keyof typeof defaults) => own[name] ?? shared[name] ?? defaults[name];
  const requests = pick('requests');
  return {
    ...{ workers: pick('workers'), threads: pick('threads'), requests, atOnce: requests },
    ...{ waitMs: pick('waitMs'), cpuMs: pick('cpuMs') },
  };
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16);
}
