import { parseArgs } from 'node:util';
import type { Outcome } from '#lib/domain/run.ts';
import { installedRuntime } from '#lib/server/app.ts';
import { runProgram, type ProgramResult } from '#lib/server/use-cases/run-program.ts';
import { CommandProblem } from './command-problem.ts';
import { inWorkshop } from './in-workshop.ts';
import { readProgram } from './read-program.ts';

const usage = `assay run FILE|- [--runtime NAME] [--json]
  Runs one program in the sandbox and shows what happened.
  Exit code 0 only when the program came to its own end without an error.
`;

const sentences: Record<Outcome, string> = {
  finished: '',
  error: 'The program ended with an error.',
  'time-limit': 'Stopped: its time on the clock was up.',
  'cpu-limit': 'Stopped: its processor time was used up.',
  'memory-limit': 'Stopped: it asked for more memory than a run may have.',
  'output-limit': 'Stopped: it printed more than a run may print.',
  killed: 'The process was killed.',
  busy: 'Not run: the sandbox is busy. Try again in a moment.',
  infrastructure: 'Not run: the sandbox could not run it.',
};

function print(result: ProgramResult): void {
  process.stdout.write(result.stdout);
  process.stderr.write(result.stderr);
  if (result.outcome === 'finished') return;
  const isTold = result.stderr.trim() !== '' && result.outcome === 'error';
  const detail = !isTold && result.error ? ` ${result.error.type}: ${result.error.message}` : '';
  process.stderr.write(`assay: ${sentences[result.outcome]}${detail}\n`);
}

/** @returns The exit code. */
export async function runCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      runtime: { type: 'string', default: installedRuntime },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) {
    throw new CommandProblem('Name exactly one program to run.', 'assay run program.py');
  }
  const program = await readProgram(name);
  const result = await inWorkshop((workshop) =>
    runProgram(workshop, { ...program, runtime: values.runtime }),
  );
  if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else print(result);
  return result.outcome === 'finished' ? 0 : 1;
}
