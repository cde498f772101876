import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { proofText } from '#lib/domain/proof-text.ts';
import { lockCatalogue } from '#lib/server/use-cases/lock-catalogue.ts';
import { nothingProven } from './command-problem.ts';
import { inWorkshop, rootsFrom } from './in-workshop.ts';

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
  const locked = await inWorkshop((workshop, config, onProgress) =>
    lockCatalogue(workshop, rootsFrom(positionals, config), onProgress),
  );
  if (locked.kind === 'no-sandbox') throw nothingProven(locked.problem);
  process.stdout.write(proofText(locked.proof));
  const written = locked.changed.map((folder) => relative(process.cwd(), folder) || '.');
  const said = written.length > 0 ? `Written in: ${written.join(', ')}` : 'No lock changed.';
  process.stdout.write(`${said}\n`);
  return locked.proof.totals.refuted > 0 ? 1 : 0;
}
