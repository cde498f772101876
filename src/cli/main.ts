/** The `assay` command: finds the command that was asked for, and tells problems without a stack trace. */
import { CommandProblem, mendable } from './command-problem.ts';
import { SettingsProblem } from './read-config.ts';

interface Command {
  summary: string;
  load: () => Promise<(args: string[]) => Promise<number>>;
}

const commands: Record<string, Command> = {
  verify: {
    summary: 'prove a catalogue: ours, or the folder you name',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  lock: {
    summary: 'prove a catalogue and write its proof locks',
    load: async () => (await import('./lock.ts')).lockCommand,
  },
  new: {
    summary: 'make a lesson or an exercise that works, to change into your own',
    load: async () => (await import('./new.ts')).newCommand,
  },
  run: {
    summary: 'run one program in the sandbox',
    load: async () => (await import('./run.ts')).runCommand,
  },
  lab: {
    summary: 'put one program under load on a real server',
    load: async () => (await import('./lab.ts')).labCommand,
  },
  doctor: {
    summary: 'what this machine can and cannot do, and the fix',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  prepare: {
    summary: 'prove what has changed since the last time, for serving',
    load: async () => (await import('./prepare.ts')).prepareCommand,
  },
  reports: {
    summary: 'what learners reported of exercises',
    load: async () => (await import('./reports.ts')).reportsCommand,
  },
  items: {
    summary: 'what first answers say of exercises, for their authors',
    load: async () => (await import('./items.ts')).itemsCommand,
  },
  backup: {
    summary: 'copy what is kept to a file, while the site runs',
    load: async () => (await import('./backup.ts')).backupCommand,
  },
  restore: {
    summary: 'put a backup in the place of what is kept',
    load: async () => (await import('./restore.ts')).restoreCommand,
  },
  learner: {
    summary: 'export or delete what is kept of one learner, or make two learners one',
    load: async () => (await import('./learner.ts')).learnerCommand,
  },
  admin: {
    summary: 'make an account an author, list authors, or replace a lost password',
    load: async () => (await import('./admin.ts')).adminCommand,
  },
  serve: {
    summary: 'serve the built site (npm start does all that comes before, too)',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
};

const usage = `Usage: assay COMMAND [ARGUMENTS]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`)
  .join('\n')}

  assay COMMAND --help says more of a command.
`;

function isArgumentError(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
}

/** Prints what went wrong for a person. @returns The exit code. */
function tell(error: unknown): number {
  if (error instanceof SettingsProblem) {
    process.stderr.write(`Assay cannot start: some settings are wrong.\n\n${error.message}\n`);
    return 2;
  }
  const problem = isArgumentError(error)
    ? { message: error.message, fix: 'assay --help' }
    : mendable(error);
  if (!problem) throw error;
  process.stderr.write(`  What is wrong: ${problem.message}\n  What to do:    ${problem.fix}\n`);
  return 2;
}

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(usage);
    return name === undefined ? 2 : 0;
  }
  const command = commands[name];
  if (!command) throw new CommandProblem(`There is no command ${name}.`, 'assay --help');
  const execute = await command.load();
  return execute(args);
}

// A reader that goes away (`assay verify | head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = tell(error);
}
