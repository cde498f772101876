import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GroupCommit } from '#lib/server/store/sqlite/group-commit.ts';
import { SqliteConnection } from '#lib/server/store/sqlite/sqlite-connection.ts';
import { SqliteThreadDialect } from '#lib/server/store/sqlite/sqlite-dialect.ts';

interface Notes {
  notes: { id: number };
}

describe('writes committed in groups', () => {
  let folder: string;
  let connection: SqliteConnection;
  let db: Kysely<Notes>;
  let group: GroupCommit<Notes>;
  let committed: number;
  let canCommit: boolean;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-group-'));
    const path = join(folder, 'notes.sqlite');
    connection = await SqliteConnection.open({ path, isReadOnly: false, busyTimeoutMs: 1000 });
    db = new Kysely<Notes>({ dialect: new SqliteThreadDialect(connection) });
    await sql`create table notes (id integer primary key)`.execute(db);
    group = new GroupCommit(db);

    committed = 0;
    canCommit = true;
    const execute = connection.executeQuery.bind(connection);
    vi.spyOn(connection, 'executeQuery').mockImplementation(async (query) => {
      if (query.sql === 'commit' && !canCommit) throw new Error('no flush');
      const result = await execute(query);
      if (query.sql === 'commit') committed += 1;
      return result;
    });
  });
  afterEach(async () => {
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  const note = (id: number) =>
    group.write(async (trx) => {
      await trx.insertInto('notes').values({ id }).execute();
      return id;
    });
  const kept = async () =>
    (await db.selectFrom('notes').select('id').orderBy('id').execute()).map((row) => row.id);

  it('share one commit when they arrive together, and are answered after it', async () => {
    const committedAtAnswer = await Promise.all(
      Array.from({ length: 50 }, async (_, id) => {
        expect(await note(id)).toBe(id);
        return committed;
      }),
    );
    expect(new Set(committedAtAnswer)).toEqual(new Set([1]));
    expect(await kept()).toHaveLength(50);
  });

  it('share the next commit when they arrive during one', async () => {
    const first = note(0);
    const later: Promise<number>[] = [];
    for (let id = 1; id <= 30; id += 1) {
      await new Promise(setImmediate);
      later.push(note(id));
    }
    await Promise.all([first, ...later]);
    expect(committed).toBeLessThan(later.length / 2);
    expect(await kept()).toHaveLength(1 + later.length);
  });

  it('are kept when one among them fails, of which nothing is kept', async () => {
    const results = await Promise.allSettled([
      note(1),
      group.write(async (trx) => {
        await trx.insertInto('notes').values({ id: 2 }).execute();
        throw new Error('changed my mind');
      }),
      note(3),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await kept()).toEqual([1, 3]);
  });

  it('are all refused when one of them ended the transaction, and the next ones are kept', async () => {
    const results = await Promise.allSettled([
      note(1),
      group.write(async (trx) => {
        // What SQLite does by itself after some errors of the disk.
        await sql`rollback`.execute(trx);
        throw new Error('the disk is gone');
      }),
      note(3),
    ]);
    expect(results).toEqual(
      Array(3).fill({ status: 'rejected', reason: new Error('the disk is gone') }),
    );
    expect(await kept()).toEqual([]);
    expect(await note(4)).toBe(4);
    expect(await kept()).toEqual([4]);
  });

  it('are all refused when the commit fails', async () => {
    canCommit = false;
    const results = await Promise.allSettled([note(1), note(2)]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    canCommit = true;
    expect(await kept()).toEqual([]);
    expect(await note(5)).toBe(5);
  });

  it('are refused, not left waiting, when the thread is gone', async () => {
    await note(1);
    await connection.close();
    await expect(note(2)).rejects.toThrow(/SQLite has stopped/);
  });
});
