import { parseArgs } from 'node:util';
import { maskSecrets } from '#config';
import { backUp } from '#lib/server/app.ts';
import { CommandProblem } from './command-problem.ts';
import { contentsText, onlyFile } from './backup-text.ts';
import { readConfig } from './read-config.ts';

const usage = `assay backup FILE [--force]
  Copies all that is kept of learners to FILE, while the site runs: what was acknowledged before is in
  it. The copy is checked before it gets its name. It holds what learners answered: only you can read it.
  --force    replace FILE if it is there
  Lessons are files of your own, and proofs are made again: neither is in the backup.
`;

/** @returns The exit code. */
export async function backupCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const named = onlyFile(positionals, 'assay backup FILE');
  const config = readConfig();
  if (config.databaseUrl !== null) {
    throw new CommandProblem(
      `Data is kept in PostgreSQL (${maskSecrets(config.databaseUrl)}), which makes its own backups.`,
      'pg_dump --format=custom --file=FILE "$ASSAY_DATABASE_URL"',
    );
  }
  const { file, bytes, contents } = backUp(config, named, values.force);
  process.stdout.write(
    `Backed up, and checked: ${file} (${Math.ceil(bytes / 1024)} KiB)\n  ${contentsText(contents)}\n`,
  );
  return 0;
}
