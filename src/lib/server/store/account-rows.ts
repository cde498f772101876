/**
 * Rows of the tables of accounts, by any condition: what signs people in brings its own queries, and this is
 * all that they may be. It is written through the same connection as all else, so that what is acknowledged is on disk.
 */
import {
  sql,
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SqlBool,
  type Transaction,
} from 'kysely';
import type { AccountTables } from './account-tables.ts';
import type { Engine } from './engine.ts';
import { insertLearner } from './learners.ts';
import type { AccountRow, AccountRows, AccountTable, RowCondition } from './port.ts';
import type { Database } from './schema.ts';

/** The names of tables and columns come from outside of the types: each is looked up here first. */
type AnyTables = Record<string, Record<string, unknown>>;
type Db = Kysely<AnyTables>;
type Builder = ExpressionBuilder<AnyTables, string>;

const comparisons = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  in: 'in',
  not_in: 'not in',
} as const;

/**
 * @param call - Through which every work of the store passes.
 * @param engine - Which reads and writes.
 */
export function accountRowsOn(
  call: <T>(work: () => Promise<T>) => Promise<T>,
  engine: Engine,
): AccountRows {
  const reads = engine.reads as unknown as Db;
  /** Nobody else writes meanwhile where the same is looked for. */
  const write = <T>(key: unknown, work: (db: Db, trx: Transaction<Database>) => Promise<T>) =>
    call(() =>
      engine.write(`account-row ${String(key)}`, (trx) => work(trx as unknown as Db, trx)),
    );
  return {
    insert: (table, row) =>
      write(row['id'], async (db, trx) => {
        if (table === 'accounts') {
          const { learner_id, created_at } = row as unknown as AccountTables['accounts'];
          await insertLearner(trx, { learnerId: learner_id, at: created_at });
        }
        return db.insertInto(table).values(row).returningAll().executeTakeFirstOrThrow();
      }),
    select: (table, { where, limit, offset, orderBy }) =>
      call(async () => {
        let query = reads.selectFrom(table).selectAll().where(allOf(where)).limit(limit);
        if (offset !== undefined) query = query.offset(offset);
        if (orderBy !== undefined) query = query.orderBy(orderBy.column, orderBy.direction);
        return query.execute();
      }),
    count: (table, where) =>
      call(async () => {
        const { count } = await reads
          .selectFrom(table)
          .select((eb) => eb.fn.countAll().as('count'))
          .where(allOf(where))
          .executeTakeFirstOrThrow();
        return Number(count);
      }),
    update: (table, where, change) =>
      write(keyOf(where), (db) =>
        db.updateTable(table).set(change).where(allOf(where)).returningAll().execute(),
      ),
    delete: (table, where) =>
      write(keyOf(where), async (db) => {
        const result = await db.deleteFrom(table).where(allOf(where)).executeTakeFirst();
        return Number(result.numDeletedRows);
      }),
    take: (table, where) => write(keyOf(where), (db) => takeOne(db, table, where)),
    insertWithPasskey: (account, passkey) =>
      write(account.email, (_, trx) => insertWithPasskey(trx, account, passkey)),
    deletePasskey: (accountId, id, providers) =>
      write(accountId, (_, trx) => deletePasskey(trx, { accountId, id, providers })),
  };
}

/** One row, which nobody else gets: of two who ask for it at once, the second finds none. */
async function takeOne(
  db: Db,
  table: AccountTable,
  where: RowCondition[],
): Promise<AccountRow | null> {
  const taken = await db
    .deleteFrom(table)
    .where('id', 'in', db.selectFrom(table).select('id').where(allOf(where)).limit(1))
    .returningAll()
    .executeTakeFirst();
  return taken ?? null;
}

/** A passkey that is known is told first: by it, nobody learns whose address is taken. */
async function insertWithPasskey(
  trx: Transaction<Database>,
  account: AccountTables['accounts'],
  passkey: AccountTables['passkeys'],
) {
  const known = await trx
    .selectFrom('passkeys')
    .select('id')
    .where('credential_id', '=', passkey.credential_id)
    .executeTakeFirst();
  if (known) return 'known-passkey';
  const taken = await trx
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', account.email)
    .executeTakeFirst();
  if (taken) return 'taken';
  await insertLearner(trx, { learnerId: account.learner_id, at: account.created_at });
  await trx.insertInto('accounts').values(account).execute();
  await trx.insertInto('passkeys').values(passkey).execute();
  return 'made';
}

async function deletePasskey(
  trx: Transaction<Database>,
  { accountId, id, providers }: { accountId: string; id: string; providers: string[] },
): Promise<boolean> {
  const passkeys = await trx
    .selectFrom('passkeys')
    .select('id')
    .where('account_id', '=', accountId)
    .execute();
  const credentials = await trx
    .selectFrom('account_credentials')
    .select(['provider', 'password_hash'])
    .where('account_id', '=', accountId)
    .execute();
  const isLast =
    passkeys.every((passkey) => passkey.id === id) &&
    !credentials.some(
      ({ provider, password_hash }) => password_hash !== null || providers.includes(provider),
    );
  if (isLast && passkeys.length > 0) return false;
  await trx
    .deleteFrom('passkeys')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .execute();
  return true;
}

const keyOf = (where: RowCondition[]) => where[0]?.value;

/** All conditions joined by `and` hold, and one of those joined by `or`, if there are any. */
function allOf(where: RowCondition[]): (eb: Builder) => Expression<SqlBool> {
  return (eb) => {
    const of = (connector: RowCondition['connector']) =>
      where
        .filter((condition) => condition.connector === connector)
        .map((condition) => holds(eb, condition));
    const [all, some] = [of('AND'), of('OR')];
    if (some.length > 0) all.push(eb.or(some));
    return all.length > 0 ? eb.and(all) : sql<SqlBool>`1 = 1`;
  };
}

function holds(eb: Builder, { column, operator, value }: RowCondition): Expression<SqlBool> {
  if (value === null) return eb(column, operator === 'ne' ? 'is not' : 'is', null);
  // An empty list is in no database's grammar.
  if (Array.isArray(value) && value.length === 0) {
    return operator === 'not_in' ? sql<SqlBool>`1 = 1` : sql<SqlBool>`1 = 0`;
  }
  return eb(column, comparisons[operator], value);
}
