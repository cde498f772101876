import { parseArgs } from 'node:util';
import { proofText, totalsText } from '#lib/domain/proof-text.ts';
import { prepareCatalogue } from '#lib/server/use-cases/prepare-catalogue.ts';
import { inWorkshop } from './in-workshop.ts';

const usage = `assay prepare
  Proves what this host has not proven yet, so that \`assay serve\` can show it. Exercises that are refuted
  are told, and are not shown to learners.
`;

/** @returns The exit code: 1 when something is refuted; a site can be served all the same. */
export async function prepareCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean', default: false } } });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  let isUnchanged = true;
  const prepared = await inWorkshop((workshop, config, onProgress) =>
    prepareCatalogue(workshop, config.contentRoots, (progress) => {
      isUnchanged = false;
      onProgress(progress);
    }),
  );
  if (prepared.kind === 'no-sandbox') {
    process.stdout.write(
      `  lessons            not run on this host: ${prepared.problem}\n` +
        '                     They are served with the evidence they came with; programs that are\n' +
        '                     watched step by step, or put under load, only where that was done here before.\n',
    );
    return 0;
  }
  const { proof } = prepared;
  const isClean = proof.lessons.every(
    ({ findings, exercises, documents, visualize, lab }) =>
      findings.length === 0 &&
      [...exercises, ...documents, visualize, lab].every(
        (each) => !each || each.status === 'proven',
      ),
  );
  if (!isClean) process.stdout.write(proofText(proof));
  else if (isUnchanged) process.stdout.write('  lessons            unchanged\n');
  else process.stdout.write(`  lessons            proven: ${totalsText(proof)}\n`);
  return proof.totals.refuted > 0 ? 1 : 0;
}
