/** The attacks: `tests/abuse/<attack>/program.py` with `expect.yaml`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { driveNames } from './drives.ts';
import { layerNames } from './layers.ts';

/** The outcomes that a hostile program can have; `busy` and `infrastructure` are the host's. */
const ends = [
  ...['finished', 'error', 'time-limit', 'cpu-limit'],
  ...['memory-limit', 'output-limit', 'killed'],
] as const;
const sentence = z.string().trim().min(1);
const whole = z.number().int().positive();

const layer = z.enum(layerNames, {
  error: ({ input }) => `expected a layer of tests/abuse/layers.ts, found ${JSON.stringify(input)}`,
});

const breaks = z.union([
  z.strictObject({ says: sentence }),
  z.strictObject({ outcome: z.enum([...ends, 'infrastructure']) }),
  z.strictObject({ error: sentence }),
  z.strictObject({ canary: z.literal(true) }),
  z.strictObject({ left: z.literal(true) }),
  z.strictObject({ passes: z.literal(true) }),
]);

const expectation = z
  .strictObject({
    attack: sentence,
    stopped_by: sentence,
    outcome: z.array(z.enum(ends)).min(1),
    error: sentence.optional(),
    says: z.array(sentence).optional(),
    limits: z
      .strictObject({
        wallMs: whole,
        cpuMs: whole,
        memoryBytes: whole,
        outputBytes: whole,
        diskBytes: whole,
        files: whole,
      })
      .partial()
      .optional(),
    judged: z.boolean().default(false),
    profile: z.enum(driveNames).optional(),
    sabotage: z.array(layer).min(1),
    breaks,
    needs: z.array(z.enum(['root-outside', 'full-tier', 'x86_64', 'another-run'])).default([]),
  })
  .refine(({ judged, profile }) => judged || profile === undefined, {
    path: ['profile'],
    message: 'only with judged: true',
  })
  .refine(({ sabotage }) => new Set(sabotage).size === sabotage.length, {
    path: ['sabotage'],
    message: 'names a layer twice',
  });

export type Expectation = z.infer<typeof expectation>;

export interface Attack extends Expectation {
  /** The folder's name. */
  name: string;
  program: string;
}

/** What was read: the attacks in the order of their names, and what is wrong with the other folders. */
export interface Attacks {
  attacks: Attack[];
  /** Each names the file, what was expected and what was found. */
  problems: string[];
}

/** Reads every attack of a folder; a malformed one never hides another. */
export function loadAttacks(folder = import.meta.dirname): Attacks {
  const attacks: Attack[] = [];
  const problems: string[] = [];
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^[._]/.test(entry.name))
    .map((entry) => entry.name);
  for (const name of names.sort()) {
    try {
      attacks.push(loadAttack(folder, name));
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { attacks, problems };
}

function loadAttack(folder: string, name: string): Attack {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(`${name}: expected a folder name in kebab-case`);
  }
  const program = readMember(folder, name, 'program.py');
  const text = readMember(folder, name, 'expect.yaml');
  const found = expectation.safeParse(parseYaml(text, `${name}/expect.yaml`));
  if (!found.success) {
    const wrong = found.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`${name}/expect.yaml: ${wrong.join('; ')}; found:\n${text}`);
  }
  return { ...found.data, name, program };
}

function readMember(folder: string, name: string, file: string): string {
  const path = join(folder, name, file);
  if (!existsSync(path)) throw new Error(`${name}/${file}: expected this file, found none`);
  return readFileSync(path, 'utf8');
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text, { uniqueKeys: true });
  } catch (error) {
    throw new Error(`${file}: expected YAML, found: ${String(error)}`, { cause: error });
  }
}
