import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openWorkshop } from '#lib/server/app.ts';
import { lockCatalogue } from '#lib/server/use-cases/lock-catalogue.ts';
import { CommandProblem } from './command-problem.ts';
import { progressOn, proofText } from './print-proof.ts';
import { readConfig } from './read-config.ts';

const usage = `assay lock [DIR ...]
  Proves every exercise from nothing and writes what was proven into each lesson's proof.lock.json.
  Look at the difference before you commit it. DIR as for \`assay verify\`.
`;

/** @returns The exit code. */
export async function lockCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const config = readConfig();
  const roots =
    positionals.length > 0 ? positionals.map((path) => resolve(path)) : config.contentRoots;
  const workshop = openWorkshop(config);
  const progress = progressOn(process.stderr);
  try {
    const locked = await lockCatalogue(workshop, roots, progress.show);
    progress.clear();
    if (locked.kind === 'no-sandbox') {
      throw new CommandProblem(
        'Nothing can be run on this host, so nothing can be proven.',
        locked.problem,
      );
    }
    process.stdout.write(proofText(locked.proof));
    const { changed } = locked;
    const written = changed.map((folder) => relative(process.cwd(), folder) || '.');
    process.stdout.write(
      changed.length > 0 ? `Written in: ${written.join(', ')}\n` : 'No lock changed.\n',
    );
    return locked.proof.totals.refuted > 0 ? 1 : 0;
  } finally {
    await workshop.close();
  }
}
