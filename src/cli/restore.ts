import { parseArgs } from 'node:util';
import { maskSecrets } from '#config';
import { restore } from '#lib/server/app.ts';
import { contentsText, onlyFile } from './backup-text.ts';
import { CommandProblem } from './command-problem.ts';
import { readConfig } from './read-config.ts';

const usage = `assay restore FILE
  Puts a backup in the place of what is kept now, which stays beside it under another name. Stop the
  site first: while anybody has the database open, nothing is changed. FILE is checked before, and
  stays as it is.
`;

/** @returns The exit code. */
export async function restoreCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const file = onlyFile(positionals, 'assay restore FILE');
  const config = readConfig();
  if (config.databaseUrl !== null) {
    throw new CommandProblem(
      `Data is kept in PostgreSQL (${maskSecrets(config.databaseUrl)}), which restores its own backups.`,
      'Restore into a new, empty database, then let ASSAY_DATABASE_URL name that one:\n' +
        '    createdb NEW_DATABASE\n' +
        '    pg_restore --no-owner --exit-on-error --single-transaction --dbname=NEW_DATABASE FILE',
    );
  }
  const { contents, kept } = restore(config, file);
  const old =
    kept === null ? '' : `What was kept before is in ${kept}\n  Remove it once all is well.\n`;
  process.stdout.write(`Restored: ${file}\n  ${contentsText(contents)}\n${old}`);
  return 0;
}
