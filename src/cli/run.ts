import { emptyFixture, type Fixture } from '#lib/domain/fixture.ts';
import { harmlessText } from '#lib/domain/harmless-text.ts';
import { mostSteps } from '#lib/domain/recording.ts';
import type { Outcome } from '#lib/domain/run.ts';
import { installedRuntime } from '#lib/domain/installed-runtime.ts';
import {
  runProgram,
  type ProgramResult,
  type ProgramToRun,
} from '#lib/server/use-cases/run-program.ts';
import { CommandProblem } from './command-problem.ts';
import { inWorkshop } from './in-workshop.ts';
import { readFixture } from './read-fixture.ts';
import { checkRecordFile, type WrittenRecording, writeRecording } from './record-file.ts';
import { nameFiles, readProgram, readSource } from './read-program.ts';
import { readRunArguments, type ArgumentProblem, type RunArguments } from './run-arguments.ts';
import { harmlessJson, showOn } from './terminal-text.ts';

const usage = `assay run FILE|- [--file FILE ...] [--fixture DIR] [--runtime NAME] [--seed N] [limits]
           [--record FILE] [--json]
  Runs one program in the sandbox and shows what it prints, as it prints it.
  Exit code 0 only when the program came to its own end without an error; 1 when it did not, 2 when
  it could not be asked to run, 130 after Ctrl-C.

  -                  the program is read from standard input
  --file FILE        another file of the program, which it can import or open; may be given again. It
                     has the place beside the program that it has on disk; --file NAME=FILE gives it another
  --fixture DIR      a lesson's folder \`fixture\`: rows.py fills the database, apps bring models
  --runtime NAME     what it runs on; ${installedRuntime} is installed
  --seed N           makes Python's \`random\` repeat itself
  --record FILE      writes what the program did, step by step, to FILE as JSON; docs/recording.md
                     describes it
  --json             prints one object for machines, at the end; docs/authoring.md describes it

  Limits, each in place of the default one:
  --wall-ms N        time on the clock        --memory-mb N    memory (MiB, 256 or more)
  --cpu-ms N         processor time           --output-kb N    output, for each stream (KiB)
  --disk-mb N        room in /tmp (MiB)       --files N        number of files in /tmp

  assay run shop.py --file prices.py --seed 7 --wall-ms 2000
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

/** As shells say it: 128 and the number of the signal. */
const interruptedCode = 130;

/** What is promised to machines, field by field. */
function resultJson(result: ProgramResult, written: WrittenRecording | null | undefined) {
  const { outcome, exit, stdout, stderr, truncated, error, usage, limits, runtime } = result;
  return {
    ...{ outcome, exit, stdout, stderr },
    truncated: { stdout: truncated.stdout, stderr: truncated.stderr },
    error: error && {
      type: error.type,
      message: error.message,
      line: error.line,
      place: error.place,
      frames: error.frames,
    },
    usage,
    limits,
    runtime,
    ...(written !== undefined && { recording: written }),
  };
}

/** What a person is told beside the program's own output; empty when that says it all. */
function remark({ outcome, stderr, error, retryAfterSeconds }: ProgramResult): string {
  if (outcome === 'finished') return '';
  if (outcome === 'busy' && retryAfterSeconds !== null) {
    return `assay: Not run: the sandbox is busy. Try again in ${retryAfterSeconds} s.\n`;
  }
  const isTold = stderr.trim() !== '' && outcome === 'error';
  const detail = !isTold && error ? ` ${error.type}: ${error.message}` : '';
  return `assay: ${sentences[outcome]}${detail}\n`;
}

/** One error for all that is wrong, told as `main.ts` tells a single one. */
function problemOf(problems: ArgumentProblem[]): CommandProblem {
  const last = problems.at(-1)!;
  const before = problems
    .slice(0, -1)
    .map(({ message, fix }) => `${message}\n  What to do:    ${fix}\n\n  What is wrong: `);
  return new CommandProblem(before.join('') + last.message, last.fix);
}

/** An import finds the fixture's app, which is there first, and not the program's file of that name. */
function shadowedBy({ apps }: Fixture, name: string): ArgumentProblem[] {
  const module = name.split('/')[0]!.replace(/\.py$/, '');
  if (!Object.keys(apps).some((path) => path.startsWith(`${module}/`))) return [];
  return [
    {
      message: `--file ${name} is not possible: the fixture has an app ${module}, which is imported instead.`,
      fix: 'Give the file another name: --file NAME=FILE',
    },
  ];
}

/** Reads all that is to be run; whatever is wrong with it is added to `problems`. */
async function readAll(
  asked: RunArguments,
  problems: ArgumentProblem[],
): Promise<Pick<ProgramToRun, 'source' | 'fileName' | 'files' | 'fixture'>> {
  const note = (problem: CommandProblem) => void problems.push(problem);
  const unlessWrong = async <T>(read: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof CommandProblem)) throw error;
      note(error);
      return otherwise;
    }
  };
  const { fixture: folder, record } = asked;
  const files: [string, string][] = [];
  const named = nameFiles(asked.program, asked.files, note);
  for (const { name, path } of named) {
    files.push([name, await unlessWrong(() => readSource(path), '')]);
  }
  if (record !== null) {
    const sources = [asked.program, ...named.map(({ path }) => path)];
    await unlessWrong(() => checkRecordFile(record, sources), undefined);
  }
  const fixture = folder === null ? emptyFixture : await readFixture(folder, note);
  for (const [name] of files) problems.push(...shadowedBy(fixture, name));
  const none = { source: '', fileName: '' };
  // Nobody is kept waiting at a terminal for a program that will not be run.
  const isToBeRead = asked.program !== '' && (asked.program !== '-' || problems.length === 0);
  const program = isToBeRead ? await unlessWrong(() => readProgram(asked.program), none) : none;
  return { ...program, files: Object.fromEntries(files), fixture };
}

/** Runs it, shows it, and tells how it ended. @returns The exit code. */
async function runAndShow(
  program: ProgramToRun,
  { json: asJson, record }: Pick<RunArguments, 'json' | 'record'>,
): Promise<number> {
  const stdout = showOn(process.stdout);
  const stderr = showOn(process.stderr);
  const interruption = new AbortController();
  const interrupted = new Promise<null>((resolve) => {
    interruption.signal.addEventListener('abort', () => resolve(null));
  });
  // Kept until the end: the starter hands on the signal that a terminal has sent to us as well.
  const interrupt = () => interruption.abort();
  process.on('SIGINT', interrupt);
  const streaming = asJson
    ? {}
    : {
        onOutput: (stream: 'stdout' | 'stderr', text: string) => {
          if (!interruption.signal.aborted) (stream === 'stdout' ? stdout : stderr).write(text);
        },
      };
  const say = (text: string) => {
    // A terminal's last line would be overwritten by what comes next; a pipe's is the program's alone.
    if (process.stdout.isTTY) stdout.endLine();
    if (process.stderr.isTTY || text !== '') stderr.endLine();
    process.stderr.write(process.stderr.isTTY ? harmlessText(text) : text);
  };
  try {
    return await inWorkshop(async (workshop) => {
      const running = runProgram(workshop, program, { signal: interruption.signal, ...streaming });
      // Closing the workshop ends the run; there is nothing to be learnt from waiting for it here.
      const result = await Promise.race([running, interrupted]);
      if (result === null || interruption.signal.aborted) {
        say('assay: Stopped by you.\n');
        return interruptedCode;
      }
      const written = record === null ? undefined : await writeRecording(record, result.recording);
      if (asJson) process.stdout.write(`${harmlessJson(resultJson(result, written))}\n`);
      else {
        stdout.finish(result.stdout);
        stderr.finish(result.stderr);
        say(remark(result));
        if (written === null) say('assay: There is no recording: the run did not live to tell.\n');
      }
      return result.outcome === 'finished' ? 0 : 1;
    });
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** @returns The exit code. @throws CommandProblem with all that is wrong with what was asked. */
export async function runCommand(args: string[]): Promise<number> {
  const problems: ArgumentProblem[] = [];
  const asked = readRunArguments(args, problems);
  if (asked.help) {
    process.stdout.write(usage);
    return 0;
  }
  const read = await readAll(asked, problems);
  if (problems.length > 0) throw problemOf(problems);
  const { runtime, seed, limits, record } = asked;
  const recorded = record === null ? {} : { record: mostSteps };
  return runAndShow({ ...read, runtime, seed, limits, ...recorded }, asked);
}
