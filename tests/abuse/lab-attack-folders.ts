/** The attacks on the lab: `tests/abuse/_lab/<attack>/program.py` with `expect.yaml`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type LayerName, layerNames } from './layers.ts';

const sentence = z.string().trim().min(1);
const whole = z.number().int().min(0);
const ends = ['finished', 'error', 'time-limit', 'cpu-limit', 'memory-limit', 'killed'] as const;

const expectation = z.strictObject({
  attack: sentence,
  stopped_by: sentence,
  outcome: z.array(z.enum(ends)).min(1).default(['finished']),
  says: z.array(sentence).default([]),
  load: z
    .strictObject({
      ...{ workers: whole, threads: whole, requests: whole, atOnce: whole },
      limits: z.strictObject({ wallMs: whole, cpuMs: whole, memoryBytes: whole }).partial(),
    })
    .partial()
    .default({}),
  /** What client and upstream must have seen, whatever the program says. */
  client: z
    .strictObject({
      ...{ answered: whole, sum_of_latencies_at_least_ms: whole, upstream_calls: whole },
    })
    .optional(),
  /** How often it is run, one time after the other. */
  times: whole.default(1),
  /** Without these it must get through, and print BREACH; without all but one of them it must not. */
  sabotage: z.array(z.enum(layerNames)).default([]),
});

export interface LabAttack extends Omit<z.infer<typeof expectation>, 'sabotage'> {
  name: string;
  program: string;
  sabotage: LayerName[];
}

/** @throws Error that names the file that is wrong. */
export function loadLabAttacks(folder = join(import.meta.dirname, '_lab')): LabAttack[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name, 'expect.yaml'), 'utf8');
      const found = expectation.safeParse(parse(text));
      if (!found.success) {
        throw new Error(`_lab/${name}/expect.yaml: ${z.prettifyError(found.error)}`);
      }
      const program = readFileSync(join(folder, name, 'program.py'), 'utf8');
      return { ...found.data, name, program };
    });
}
