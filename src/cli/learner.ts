import { parseArgs } from 'node:util';
import { deleteLearner } from '#lib/server/use-cases/delete-learner.ts';
import { CommandProblem } from './command-problem.ts';
import { inDesk } from './in-desk.ts';

const usage = `assay learner export ID
assay learner delete ID --yes
  Prints all that is kept of a learner as JSON, or deletes it for good, reports included.
  ID is what the learner's browser holds in its cookie assay_learner, or the id that
  \`assay reports --json\` tells. Backups made before keep what they have.
`;

/** @returns The exit code. */
export async function learnerCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    // An id may begin with a dash, and is no option for that.
    args: args.map((arg) => (/^-[\w-]{31,42}$/.test(arg) ? `./${arg}` : arg)),
    allowPositionals: true,
    options: {
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [wanted, named, ...others] = positionals;
  const isKnown = wanted === 'export' || wanted === 'delete';
  if (!isKnown || named === undefined || others.length > 0) {
    throw new CommandProblem('Say what to do, and with whom.', 'assay learner --help');
  }
  if (wanted === 'delete' && !values.yes) {
    throw new CommandProblem(
      'What is deleted cannot be brought back.',
      'Add --yes to delete all that is kept of this learner.',
    );
  }
  return inDesk(async ({ store, idOfToken }) => {
    const given = named.replace(/^\.\//, '');
    const id = idOfToken(given) ?? given;
    const kept = await store.exportLearner(id);
    if (kept === null) {
      throw new CommandProblem(
        'Nothing is kept of that learner.',
        'Check the id: `assay learner --help` says where it stands.',
      );
    }
    if (wanted === 'export') process.stdout.write(`${JSON.stringify(kept, null, 2)}\n`);
    else {
      await deleteLearner({ store }, id);
      process.stdout.write(`Deleted: all that was kept of ${id}\n`);
    }
    return 0;
  });
}
