import { parseArgs } from 'node:util';
import { prepareCatalogue } from '#lib/server/use-cases/prepare-catalogue.ts';
import { inWorkshop } from './in-workshop.ts';
import { proofText, totalsText } from './print-proof.ts';

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
  const prepared = await inWorkshop((workshop, config, onProgress) =>
    prepareCatalogue(workshop, config.contentRoots, onProgress),
  );
  if (prepared.kind === 'no-sandbox') {
    process.stdout.write(
      `Nothing can be run on this host: ${prepared.problem}\n` +
        'Lessons are served with the evidence they came with.\n',
    );
    return 0;
  }
  const { proof } = prepared;
  const isClean = proof.lessons.every(
    ({ findings, exercises }) =>
      findings.length === 0 && exercises.every(({ status }) => status === 'proven'),
  );
  process.stdout.write(isClean ? `${totalsText(proof)}\n` : proofText(proof));
  return proof.totals.refuted > 0 ? 1 : 0;
}
