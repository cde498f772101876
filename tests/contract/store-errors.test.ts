import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '#lib/server/store/open-store.ts';
import { openPostgresEngine } from '#lib/server/store/postgres/postgres-engine.ts';
import { StoreError, type StoreProblem } from '#lib/server/store/store-error.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
import { newAttempt } from './store-engines.ts';

const run = promisify(execFile);
const writer = fileURLToPath(new URL('store-writer.ts', import.meta.url));

const endConnections =
  "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'assay'";

/** Expects one sentence for people, and no password. */
async function expectProblem(doing: Promise<unknown>, problem: StoreProblem, says: RegExp) {
  const error = await doing.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreError);
  const { message } = error as StoreError;
  expect({ problem: (error as StoreError).problem, message }).toEqual({
    problem,
    message: expect.stringMatching(says),
  });
  expect(message).toMatch(/^[A-Z].*\.$/);
  expect(message).not.toMatch(/\n|secret/);
}

describe('the SQLite store', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-errors-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('refuses a file that is not a database, and leaves it as it is', async () => {
    await writeFile(join(folder, 'assay.sqlite3'), 'Dear diary, '.repeat(1000));
    const opening = openStore({ dataDir: folder });
    await expectProblem(
      opening,
      'not-a-database',
      /assay\.sqlite3 is not a database.*move it away/,
    );
  });

  it('refuses a data folder that is a file', async () => {
    await writeFile(join(folder, 'data'), '');
    const opening = openStore({ dataDir: join(folder, 'data') });
    await expectProblem(opening, 'not-writable', /cannot write.*ASSAY_DATA_DIR/);
  });

  it('makes its data folder when it is not there', async () => {
    const store = await openStore({ dataDir: join(folder, 'a', 'b') });
    await store.recordAttempt(newAttempt());
    expect((await store.describe()).attempts).toBe(1);
    await store.close();
  });

  it('refuses a database that it may only read', async () => {
    const dataDir = join(folder, 'data');
    await (await openStore({ dataDir })).close();
    const { stdout } = await inJail(
      ['--ro-bind', dataDir, dataDir],
      `import { openStore } from '#lib/server/store/open-store.ts';
       await openStore({ dataDir: ${JSON.stringify(dataDir)} }).catch((error) => console.log(error.problem, error.message));`,
    );
    expect(stdout).toMatch(/^not-writable Assay cannot write its database .*\.\n$/);
  });

  it('refuses an attempt when the disk is full, keeps all before it, and goes on once there is room', async () => {
    const mount = join(folder, 'small');
    const kept = join(folder, 'kept');
    await mkdir(mount);
    await mkdir(kept);
    const { stdout } = await run('bwrap', [
      ...['--dev-bind', '/', '/', '--size', String(2 * 1024 * 1024), '--tmpfs', mount],
      ...['sh', '-c', '"$0" "$1" fill "$2/data" full && cp "$2"/data/* "$3"'],
      ...[process.execPath, writer, mount, kept],
    ]);

    expect(stdout).toMatch(
      /^refused disk-full The disk that holds .* is full.*free some space.*\.$/m,
    );
    expect(stdout).not.toMatch(/^bug/m);
    expect(stdout).toMatch(/^recorded full-after$/m);
    const acknowledged = stdout.match(/^recorded /gm)!.length;
    expect(acknowledged).toBeGreaterThan(50);
    expect(stdout).toMatch(new RegExp(`^attempts ${acknowledged}$`, 'm'));

    await copyFile(join(kept, 'assay.sqlite3'), join(folder, 'assay.sqlite3'));
    const store = await openStore({ dataDir: folder });
    expect((await store.describe()).attempts).toBe(acknowledged);
    await store.close();
  });

  /** Runs a module of ours where the file system is changed by bubblewrap's arguments. */
  function inJail(jail: string[], source: string) {
    return run('bwrap', [
      ...['--dev-bind', '/', '/', ...jail],
      ...[process.execPath, '--input-type=module', '--eval', source],
    ]);
  }
});

describe('the PostgreSQL store', () => {
  let server: PostgresServer;
  let url: string;
  beforeAll(async () => {
    server = await startPostgres();
    url = await server.createDatabase();
    await server.administer("create role guest login password 'secret'");
  });
  afterAll(() => server.stop());

  const open = (change: (url: URL) => void) => {
    const changed = new URL(url);
    change(changed);
    return openStore({ databaseUrl: changed.href, dataDir: '/nowhere' });
  };

  it('says that the server cannot be reached', async () => {
    const opening = open((to) => {
      to.port = '1';
      to.password = 'secret';
    });
    await expectProblem(
      opening,
      'unreachable',
      /cannot be reached for database "assay_1" at 127\.0\.0\.1:1 /,
    );
  });

  it('says that the host is not known', async () => {
    const opening = open((to) => (to.hostname = 'no-such-host.invalid'));
    await expectProblem(opening, 'unreachable', /no-such-host\.invalid/);
  });

  it.each([
    ['a wrong password', 'secret'],
    ['no password', ''],
  ])('says that the login was refused with %s', async (_, password) => {
    const opening = open((to) => (to.password = password));
    await expectProblem(opening, 'refused', /refused the login.*check user and password/);
  });

  it('says that the database does not exist', async () => {
    const opening = open((to) => (to.pathname = '/nothing'));
    await expectProblem(opening, 'refused', /has no database "nothing" at .*create it/);
  });

  it('says that the address is none', async () => {
    const opening = openStore({
      databaseUrl: 'postgresql://user:secret@host:port/x',
      dataDir: '/nowhere',
    });
    await expectProblem(opening, 'refused', /ASSAY_DATABASE_URL is not an address.*postgresql:/);
  });

  it('says that the user may not make tables', async () => {
    const opening = open((to) => {
      to.username = 'guest';
      to.password = 'secret';
    });
    await expectProblem(opening, 'not-writable', /does not let this user change.*grant it CREATE/);
  });

  it('flushes before it acknowledges even where the role says otherwise', async () => {
    await server.administer('alter role postgres set synchronous_commit = off');
    const store = await open(() => {});
    await server.administer('alter role postgres reset synchronous_commit');
    expect((await store.describe()).durability).toBe('on');
    await store.close();
  });

  it('outlives connections that the server ends, and keeps what it acknowledged', async () => {
    const store = await open(() => {});
    const results: PromiseSettledResult<unknown>[] = [];
    const hasLost = () => results.some((result) => result.status === 'rejected');
    for (let i = 0; i < 50 && !(hasLost() && i >= 5); i += 1) {
      const writes = Array.from({ length: 20 }, (_, lane) =>
        store.recordAttempt(newAttempt({ learnerId: `learner-${i}-${lane}` })),
      );
      const killing = server.administer(endConnections);
      results.push(...(await Promise.allSettled(writes)));
      await killing;
    }
    expect(hasLost()).toBe(true);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ name: 'StoreError', problem: 'unreachable' });
      }
    }
    const acknowledged = results.filter((result) => result.status === 'fulfilled').length;

    // The pool has found out by now which of its connections are gone.
    await expect.poll(() => store.recordAttempt(newAttempt()).catch(() => null)).not.toBeNull();
    expect((await store.describe()).attempts).toBeGreaterThan(acknowledged);
    await store.close();
  });

  it('outlives a connection that ends while it is idle, or between two queries', async () => {
    const engine = await openPostgresEngine(url);
    const endAll = async () => {
      await server.administer(endConnections);
      // Time for the news to arrive; were it to end the process, it would do so here.
      await new Promise((resolve) => setTimeout(resolve, 200));
    };
    await endAll();
    const writing = engine.write('ada', async (trx) => {
      await sql`select 1`.execute(trx);
      await endAll();
      await sql`select 1`.execute(trx);
    });
    const error = await writing.catch((reason: unknown) => engine.explain(reason));
    expect(error).toMatchObject({ problem: 'unreachable' });
    expect(await engine.write('ada', async () => 'done')).toBe('done');
    await engine.close();
  });
});
