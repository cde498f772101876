/** What was asked of `assay run`, checked: everything that is wrong with it is told at once. */
import { parseArgs } from 'node:util';
import { installedRuntime } from '#lib/domain/installed-runtime.ts';
import type { Limits } from '#lib/domain/run.ts';

/** One thing that is wrong, in a sentence, and what to do about it. */
export interface ArgumentProblem {
  message: string;
  fix: string;
}

export interface RunArguments {
  help: boolean;
  json: boolean;
  /** A path, or `-` for standard input; empty when none was named. */
  program: string;
  /** `PATH` or `NAME=PATH`, as given. */
  files: string[];
  /** A folder `fixture`; null: none. */
  fixture: string | null;
  /** Where the recording goes; null: it is not recorded. */
  record: string | null;
  runtime: string;
  seed: number | null;
  limits: Partial<Limits>;
}

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

interface NumberOption {
  least: number;
  most: number;
  /** Given a value that is right; what it becomes part of. */
  limit?: (value: number) => Partial<Limits>;
}

/**
 * Numbers, with the values that a run can be given. Memory: Python and the framework take nearly the
 * least of it before a program begins. Output: all of it has to fit into one answer.
 */
const numbers: Record<string, NumberOption> = {
  seed: { least: 0, most: 2 ** 32 - 1 },
  'wall-ms': { least: 1, most: 600_000, limit: (wallMs) => ({ wallMs }) },
  'cpu-ms': { least: 1, most: 600_000, limit: (cpuMs) => ({ cpuMs }) },
  'memory-mb': { least: 256, most: 65_536, limit: (mb) => ({ memoryBytes: mb * mebibyte }) },
  'output-kb': { least: 1, most: 2048, limit: (kb) => ({ outputBytes: kb * kibibyte }) },
  'disk-mb': { least: 1, most: 65_536, limit: (mb) => ({ diskBytes: mb * mebibyte }) },
  files: { least: 1, most: 1_000_000, limit: (files) => ({ files }) },
};

const options = {
  json: { type: 'boolean' },
  help: { type: 'boolean' },
  runtime: { type: 'string' },
  fixture: { type: 'string' },
  record: { type: 'string' },
  file: { type: 'string', multiple: true },
  ...Object.fromEntries(Object.keys(numbers).map((name) => [name, { type: 'string' as const }])),
} as const;

const flags = new Set(['json', 'help']);

/** Reads the command line; whatever is wrong is added to `problems`, and left out of what is returned. */
export function readRunArguments(args: string[], problems: ArgumentProblem[]): RunArguments {
  const { tokens, positionals } = parseArgs({
    ...{ args, options },
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  const read: RunArguments = {
    ...{ help: false, json: false, program: positionals[0] ?? '', files: [], fixture: null },
    ...{ record: null, runtime: installedRuntime, seed: null, limits: {} },
  };
  for (const token of tokens) if (token.kind === 'option') takeOption(read, token, problems);
  if (positionals.length !== 1) problems.push(notOneProgram(positionals));
  return read;
}

function takeOption(
  read: RunArguments,
  given: {
    name: string;
    rawName: string;
    value?: string | undefined;
    inlineValue?: boolean | undefined;
  },
  problems: ArgumentProblem[],
): void {
  const { name, rawName, value } = given;
  if (!Object.hasOwn(options, name) || !rawName.startsWith('--')) {
    const fix = 'assay run --help lists the options.';
    problems.push({ message: `There is no option ${rawName}.`, fix });
  } else if (flags.has(name)) {
    if (name === 'json') read.json = true;
    else read.help = true;
    if (value !== undefined) {
      problems.push({
        message: `${rawName}=${value} is not possible: expected ${rawName} alone.`,
        fix: `Leave \`=${value}\` out.`,
      });
    }
  } else if (isMissing(given)) {
    const found = value === undefined ? 'nothing' : `the option ${value}`;
    problems.push({
      message: `${rawName} is not possible so: expected a value after it, found ${found}.`,
      fix: `Give one, or leave ${rawName} out. assay run --help has an example.`,
    });
  } else takeValue(read, name, value!, problems);
}

/** Whether what follows an option is no value: nothing, or the next option. */
function isMissing({
  name,
  value,
  inlineValue,
}: {
  name: string;
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}): boolean {
  if (value === undefined || value === '') return true;
  return (
    inlineValue !== true &&
    value.startsWith('-') &&
    !(Object.hasOwn(numbers, name) && /^-\d/.test(value))
  );
}

function takeValue(
  read: RunArguments,
  name: string,
  value: string,
  problems: ArgumentProblem[],
): void {
  if (name === 'file') read.files.push(value);
  else if (name === 'fixture') read.fixture = value;
  else if (name === 'record') read.record = value;
  else if (name === 'runtime') {
    if (value !== installedRuntime) {
      problems.push({
        message: `--runtime ${value} is not possible: expected a runtime that is installed, ${installedRuntime}.`,
        fix: `Name it, or leave --runtime out.`,
      });
    }
    read.runtime = value;
  } else takeNumber(read, name, value, problems);
}

function takeNumber(
  read: RunArguments,
  name: string,
  value: string,
  problems: ArgumentProblem[],
): void {
  const { least, most, limit } = numbers[name]!;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most)) {
    problems.push({
      message: `--${name} ${value} is not possible: expected a whole number from ${least} to ${most}.`,
      fix: `Give such a number, or leave --${name} out.`,
    });
  } else if (limit) Object.assign(read.limits, limit(number));
  else read.seed = number;
}

function notOneProgram(positionals: string[]): ArgumentProblem {
  const found = positionals.length === 0 ? 'none' : positionals.join(', ');
  return {
    message: `Name exactly one program to run; found ${found}.`,
    fix:
      positionals.length === 0
        ? 'assay run program.py'
        : `assay run ${positionals[0]} ${positionals
            .slice(1)
            .map((path) => `--file ${path}`)
            .join(' ')}    if the others are files of its own`,
  };
}
