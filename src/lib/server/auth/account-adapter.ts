/** better-auth's queries, on the rows of our store. */
import { createAdapterFactory, type CleanedWhere } from 'better-auth/adapters';
import type { AccountRow, AccountRows, AccountTable, RowCondition } from '../store/port.ts';

/**
 * The factory turns times into ISO text and what is true or false into 1 or 0, whichever engine keeps them; its own
 * adapter for Kysely would leave both to the kind of database, and writes past our group commit.
 * There are no transactions across its calls: each of them is on disk by itself. A sign-up that is cut off by a crash
 * leaves an account without a password, to which "forgot password" leads.
 */
export function accountAdapter(rows: AccountRows) {
  return createAdapterFactory({
    config: {
      adapterId: 'assay-store',
      supportsDates: false,
      supportsBooleans: false,
      supportsNumericIds: false,
      supportsJSON: false,
      transaction: false,
    },
    adapter: ({ getFieldName }) => ({
      create: async ({ model, data }) => given(await rows.insert(tableOf(model), data)),
      findOne: async ({ model, where }) => {
        const [row] = await rows.select(tableOf(model), { where: conditions(where), limit: 1 });
        return row ? given(row) : null;
      },
      findMany: async ({ model, where, limit, offset, sortBy }) => {
        const found = await rows.select(tableOf(model), {
          where: conditions(where),
          limit,
          ...(offset === undefined ? {} : { offset }),
          ...(sortBy
            ? { orderBy: orderOf(getFieldName({ model, field: sortBy.field }), sortBy.direction) }
            : {}),
        });
        return found.map((row) => given(row));
      },
      count: ({ model, where }) => rows.count(tableOf(model), conditions(where)),
      update: async ({ model, where, update }) => {
        const change = update as AccountRow;
        const [row] = await rows.update(tableOf(model), conditions(where), change);
        return row ? given(row) : null;
      },
      updateMany: async ({ model, where, update }) =>
        (await rows.update(tableOf(model), conditions(where), update)).length,
      delete: async ({ model, where }) => {
        await rows.delete(tableOf(model), conditions(where));
      },
      deleteMany: ({ model, where }) => rows.delete(tableOf(model), conditions(where)),
      consumeOne: async ({ model, where }) => {
        const row = await rows.take(tableOf(model), conditions(where));
        return row ? given(row) : null;
      },
    }),
  });
}

/** The factory asks for whatever the caller expects a row to be, and checks nothing. */
const given = <T>(row: AccountRow) => row as T;

const orderOf = (column: string, direction: 'asc' | 'desc') => ({ column, direction });

/** Names of tables come from our own options (create-auth.ts). */
const tableOf = (model: string) => model as AccountTable;

function conditions(where: CleanedWhere[] | undefined): RowCondition[] {
  return (where ?? []).map(({ field, operator = 'eq', value, connector = 'AND', mode }) => {
    if (operator === 'contains' || operator === 'starts_with' || operator === 'ends_with') {
      throw new Error(`No query for accounts looks for parts of a text: ${field} ${operator}`);
    }
    if (mode === 'insensitive') throw new Error(`Case counts in every query: ${field}`);
    return { column: field, operator, value: value as RowCondition['value'], connector };
  });
}
