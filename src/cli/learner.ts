import { parseArgs } from 'node:util';
import { deleteLearner } from '#lib/server/use-cases/delete-learner.ts';
import { CommandProblem } from './command-problem.ts';
import { inDesk } from './in-desk.ts';
import { harmlessJson } from './terminal-text.ts';

const usage = `assay learner export ID
assay learner delete ID --yes
assay learner merge FROM INTO --yes
  Prints all that is kept of a learner as JSON; deletes it for good, reports included; or makes two learners
  one: INTO has all that both did, and what still comes from FROM's browser is kept with it.
  An id is what the learner's browser holds in its cookie assay_learner, or the id that
  \`assay reports --json\` tells. Backups made before keep what they have.
`;

type Desk = Parameters<Parameters<typeof inDesk>[0]>[0];
type Kept = NonNullable<Awaited<ReturnType<Desk['store']['exportLearner']>>>;

interface Act {
  /** How many learners are named. */
  learners: 1 | 2;
  /** Why it must be said twice; null: nothing is changed. */
  warning: { says: string; fix: string } | null;
  run(desk: Desk, ids: string[], kept: Kept): Promise<string>;
}

const acts: Record<string, Act> = {
  export: {
    learners: 1,
    warning: null,
    run: async (_desk, _ids, kept) => harmlessJson(kept),
  },
  delete: {
    learners: 1,
    warning: {
      says: 'What is deleted cannot be brought back.',
      fix: 'Add --yes to delete all that is kept of this learner.',
    },
    run: async ({ store }, [id = '']) => {
      await deleteLearner({ store }, id);
      return `Deleted: all that was kept of ${id}`;
    },
  },
  merge: {
    learners: 2,
    warning: {
      says: 'What is merged cannot be taken apart again.',
      fix: 'Make a backup (`assay backup FILE`), then add --yes.',
    },
    run: async ({ store, now }, [from = '', into = '']) => {
      const done = await store.mergeLearner({ from, into, at: now().toISOString() });
      if (done === 'account') {
        throw new CommandProblem(
          `${from} has an account, which would be left empty.`,
          'Merge the other one into it, or delete that account first.',
        );
      }
      return done === 'merged'
        ? `Merged: all that was kept of ${from} is now kept with ${into}`
        : `Nothing to do: ${from} and ${into} are one learner already`;
    },
  },
};

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
  const [wanted = '', ...named] = positionals;
  const act = Object.hasOwn(acts, wanted) ? acts[wanted] : undefined;
  if (act?.learners !== named.length) {
    throw new CommandProblem('Say what to do, and with whom.', 'assay learner --help');
  }
  if (act.warning !== null && !values.yes) {
    throw new CommandProblem(act.warning.says, act.warning.fix);
  }
  return inDesk(async (desk) => {
    const ids = named.map((name) => {
      const given = name.replace(/^\.\//, '');
      return desk.idOfToken(given) ?? given;
    });
    const [kept] = await Promise.all(ids.map((id) => keptOf(desk, id)));
    process.stdout.write(`${await act.run(desk, ids, kept!)}\n`);
    return 0;
  });
}

async function keptOf({ store }: Desk, id: string): Promise<Kept> {
  const kept = await store.exportLearner(id);
  if (kept !== null) return kept;
  throw new CommandProblem(
    `Nothing is kept of that learner: ${id}`,
    'Check the id: `assay learner --help` says where it stands. Who was merged into another is kept there.',
  );
}
