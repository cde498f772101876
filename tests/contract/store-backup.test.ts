import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackupProblem } from '#lib/server/store/backup-problem.ts';
import { openStore } from '#lib/server/store/open-store.ts';
import { holdDataDir } from '#lib/server/store/sqlite/data-dir-hold.ts';
import { backUpSqlite } from '#lib/server/store/sqlite/sqlite-backup.ts';
import { restoreSqlite } from '#lib/server/store/sqlite/sqlite-restore.ts';
import {
  newAttempt,
  newDrawn,
  newModeRef,
  newReport,
  newSittingAnswer,
  querySqlite,
  statementsBackTo,
} from './store-engines.ts';

const run = promisify(execFile);
const writer = fileURLToPath(new URL('store-writer.ts', import.meta.url));
const now = new Date('2026-01-02T03:04:05.678Z');
const keptName = 'assay.sqlite3.before-restore-2026-01-02T03-04-05.678Z';

let folder: string;
let dataDir: string;
let database: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-backup-'));
  dataDir = join(folder, 'data');
  database = join(dataDir, 'assay.sqlite3');
  file = join(folder, 'backup.sqlite3');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const keysIn = (path: string) =>
  querySqlite(path, 'select key from attempts order by key').map((row) => String(row['key']));

/** Keeps an attempt of each key, as a site does that runs for a moment. */
async function keep(...keys: string[]): Promise<void> {
  const store = await openStore({ dataDir });
  for (const key of keys) await store.recordAttempt(newAttempt({ learnerId: key, key }));
  await store.close();
}

/** Expects a problem with a fix, and nothing changed in the data folder by it. */
async function expectRefused(act: () => unknown, says: RegExp): Promise<void> {
  const lookAround = async () =>
    Promise.all(
      (await readdir(folder, { recursive: true })).sort().map(async (name) => {
        const { size, mtimeMs } = await stat(join(folder, name));
        // SQLite's index of the WAL, and the lock, hold nothing.
        const isData = !/-shm$|assay\.lock$/.test(name);
        return isData && (await stat(join(folder, name))).isFile() ? [name, size, mtimeMs] : null;
      }),
    ).then((found) => found.filter((each) => each !== null && each[1] !== 0));
  const before = await lookAround();
  let error: unknown;
  try {
    act();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(BackupProblem);
  expect((error as BackupProblem).message).toMatch(says);
  expect((error as BackupProblem).message).toMatch(/\.$/);
  expect((error as BackupProblem).fix).not.toBe('');
  expect(await lookAround()).toEqual(before);
}

/** A process that writes attempts until it is killed. It prints to a file: a pipe that nobody reads fills. */
function startFlood() {
  const output = join(folder, 'flood.out');
  const opened = openSync(output, 'w');
  const child = spawn(process.execPath, [writer, 'flood', dataDir, 'flood'], {
    stdio: ['ignore', opened, 'inherit'],
  });
  closeSync(opened);
  const acknowledged = () =>
    [...readFileSync(output, 'utf8').matchAll(/^recorded (.+)\n/gm)].map((match) => match[1]!);
  const atLeast = (count: number) =>
    expect.poll(() => acknowledged().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
  return { child, acknowledged, atLeast };
}

async function kill(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await closed;
}

describe('a backup of the SQLite store', () => {
  it('holds all that was acknowledged before it was begun, while a process writes on', async () => {
    const { child, acknowledged, atLeast } = startFlood();
    try {
      await atLeast(50);
      for (let i = 0; i < 5; i += 1) {
        const before = acknowledged();
        const { contents } = backUpSqlite(dataDir, file, true);
        const kept = keysIn(file);
        expect(before.filter((key) => !kept.includes(key))).toEqual([]);
        expect(contents.attempts).toBe(kept.length);
        expect(querySqlite(file, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
        expect(querySqlite(file, 'pragma foreign_key_check')).toEqual([]);
        // The writer was not held up for good.
        await atLeast(before.length + 20);
      }
    } finally {
      await kill(child);
    }
  });

  it('is one file that only its owner can read, and nothing is left beside it', async () => {
    await keep('one');
    const { bytes, contents } = backUpSqlite(dataDir, file, false);
    expect(await readdir(folder)).toEqual(['backup.sqlite3', 'data']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(bytes).toBe((await stat(file)).size);
    expect(contents).toEqual({ learners: 1, attempts: 1, reports: 0 });
  });

  it('replaces no file unless it is told to', async () => {
    await keep('one');
    await writeFile(file, 'precious');
    await expectRefused(() => backUpSqlite(dataDir, file, false), /is there already/);
    expect(await readFile(file, 'utf8')).toBe('precious');
    backUpSqlite(dataDir, file, true);
    expect(keysIn(file)).toEqual(['one']);
  });

  it('never takes a name of the database itself, also through a link', async () => {
    await keep('one');
    const link = join(folder, 'link');
    await symlink(dataDir, link);
    for (const name of ['assay.sqlite3', 'assay.sqlite3-wal', 'assay.lock']) {
      await expectRefused(() => backUpSqlite(dataDir, join(dataDir, name), true), /itself uses/);
      await expectRefused(() => backUpSqlite(dataDir, join(link, name), true), /itself uses/);
    }
  });

  it('is made of the database of a newer version, too', async () => {
    await keep('one');
    querySqlite(
      database,
      "insert into assay_migrations (name, timestamp) values ('999-later', '2030') returning name",
    );
    backUpSqlite(dataDir, file, false);
    expect(keysIn(file)).toEqual(['one']);
  });

  it('is refused where there is nothing to back up, and makes no database', async () => {
    await mkdir(dataDir);
    await expectRefused(() => backUpSqlite(dataDir, file, false), /no database .* yet/);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('is refused in a folder that is not there, and for a folder', async () => {
    await keep('one');
    await expectRefused(() => backUpSqlite(dataDir, join(folder, 'no', 'x'), false), /no folder/);
    await expectRefused(() => backUpSqlite(dataDir, folder, true), /is a folder/);
  });

  it('is refused for a database that is damaged', async () => {
    await keep(...Array.from({ length: 200 }, (_, i) => `key-${i}`));
    await truncate(database, 12_000);
    await expectRefused(() => backUpSqlite(dataDir, file, false), /damaged/);
  });
});

describe('a restore of the SQLite store', () => {
  it('gives exactly what was kept before the backup, and keeps the rest beside it', async () => {
    await keep('one', 'two');
    const store = await openStore({ dataDir });
    await store.recordReport(newReport({ learnerId: 'one' }), 20);
    await store.finishMode(newModeRef({ learnerId: 'one' }));
    const exported = await store.exportLearner('one');
    backUpSqlite(dataDir, file, false);
    await store.recordAttempt(newAttempt({ learnerId: 'three', key: 'three' }));
    await store.deleteLearner('two');
    await store.close();

    expect(restoreSqlite(dataDir, file, now)).toEqual({
      contents: { learners: 2, attempts: 2, reports: 1 },
      kept: join(dataDir, keptName),
    });
    expect(keysIn(join(dataDir, keptName))).toEqual(['one', 'three']);
    const again = await openStore({ dataDir });
    expect(await again.exportLearner('one')).toEqual(exported);
    expect((await again.describe()).attempts).toBe(2);
    await again.close();
    expect(keysIn(database)).toEqual(['one', 'two']);
    expect((await stat(file)).size).toBeGreaterThan(0);
  });

  it('works after a site was killed, loses nothing of the old database, and can be taken back', async () => {
    const { child, acknowledged, atLeast } = startFlood();
    await atLeast(30);
    backUpSqlite(dataDir, file, false);
    const inBackup = keysIn(file);
    await atLeast(inBackup.length + 50);
    await kill(child);
    expect(await readdir(dataDir)).toContain('assay.sqlite3-wal');

    const { kept } = restoreSqlite(dataDir, file, now);
    expect(keysIn(database)).toEqual(inBackup);
    const old = keysIn(kept!);
    expect(acknowledged().filter((key) => !old.includes(key))).toEqual([]);

    restoreSqlite(dataDir, kept!, new Date(now.getTime() + 1));
    expect(keysIn(database)).toEqual(old);
  });

  it('is refused while a process has the database open, and no longer', async () => {
    await keep('one');
    backUpSqlite(dataDir, file, false);
    const { child, atLeast } = startFlood();
    await atLeast(1);
    expect(() => restoreSqlite(dataDir, file, now)).toThrow(/in use/);
    await kill(child);
    restoreSqlite(dataDir, file, now);
    expect(keysIn(database)).toEqual(['one']);
  });

  it('is refused while a program that is not Assay has the database open', async () => {
    await keep('one');
    backUpSqlite(dataDir, file, false);
    const shell = new DatabaseSync(database);
    shell.prepare('select count(*) from attempts').get();
    await expectRefused(() => restoreSqlite(dataDir, file, now), /in use/);
    shell.close();
  });

  it('has the data folder alone: an open store keeps it out, and it keeps others out', async () => {
    const store = await openStore({ dataDir });
    const other = await openStore({ dataDir });
    expect(holdDataDir(dataDir, 'alone', 0)).toBeNull();
    await store.close();
    expect(holdDataDir(dataDir, 'alone', 0)).toBeNull();
    await other.close();

    const alone = holdDataDir(dataDir, 'alone', 0);
    expect(alone).not.toBeNull();
    expect(holdDataDir(dataDir, 'shared', 0)).toBeNull();
    expect(holdDataDir(dataDir, 'alone', 0)).toBeNull();
    alone?.release();
    await (await openStore({ dataDir })).close();
  });

  it('works where there is no database yet', async () => {
    await keep('one');
    backUpSqlite(dataDir, file, false);
    const fresh = join(folder, 'fresh');
    expect(restoreSqlite(fresh, file, now)).toMatchObject({ kept: null });
    expect(keysIn(join(fresh, 'assay.sqlite3'))).toEqual(['one']);
  });

  it('takes the place of a database that is damaged, and keeps that with all its parts', async () => {
    await keep('one');
    backUpSqlite(dataDir, file, false);
    await writeFile(database, 'Dear diary, '.repeat(1000));
    await writeFile(`${database}-wal`, 'and so on');
    restoreSqlite(dataDir, file, now);

    expect(keysIn(database)).toEqual(['one']);
    expect(await readFile(join(dataDir, keptName), 'utf8')).toMatch(/^Dear diary/);
    expect(await readFile(join(dataDir, `${keptName}-wal`), 'utf8')).toBe('and so on');
  });

  it('brings back sittings, and what is open of them can be gone on with', async () => {
    const lesson = { learnerId: 'ada', lessonId: 'a/b/c', at: now.toISOString() };
    const store = await openStore({ dataDir });
    const begun = await store.startSitting(lesson);
    if (begun.kind === 'refused') throw new Error('the first one was refused');
    const sitting = begun.sitting.id;
    await store.drawSittingItem({ ...lesson, sitting }, newDrawn());
    await store.close();
    backUpSqlite(dataDir, file, false);
    await rm(dataDir, { recursive: true });
    restoreSqlite(dataDir, file, now);

    const restored = await openStore({ dataDir });
    expect(await restored.answerSittingItem(newSittingAnswer({ sitting }))).toBe('recorded');
    expect(await restored.selectSittings('ada', null)).toMatchObject([
      { id: sitting, items: [{ exerciseUid: 'ex_1', answered: { verdict: 'right' } }] },
    ]);
    await restored.close();
  });

  it('takes a backup of an older version, which the next start brings up to date', async () => {
    await keep('one');
    backUpSqlite(dataDir, file, false);
    const older = new DatabaseSync(file);
    for (const statement of statementsBackTo('002-reports')) older.exec(statement);
    older.close();

    expect(restoreSqlite(dataDir, file, now).contents.reports).toBe(0);
    await keep('two');
    expect(keysIn(database)).toEqual(['one', 'two']);
    expect(querySqlite(database, 'select count(*) as n from reports')).toEqual([{ n: 0 }]);
  });

  it('says which disk is full, and leaves no part of the backup there', async () => {
    await keep('one');
    backUpSqlite(dataDir, file, false);
    const full = join(folder, 'full');
    await mkdir(full);
    const { stdout } = await run('bwrap', [
      ...['--dev-bind', '/', '/', '--size', '16384', '--tmpfs', full],
      ...[process.execPath, '--input-type=module', '--eval'],
      `import { readdirSync } from 'node:fs';
       import { restoreSqlite } from '#lib/server/store/sqlite/sqlite-restore.ts';
       try {
         restoreSqlite(${JSON.stringify(full)}, ${JSON.stringify(file)}, new Date());
       } catch (error) {
         console.log(error.message, readdirSync(${JSON.stringify(full)}));
       }`,
    ]);
    expect(stdout).toBe(`The disk that holds ${full} is full. [ 'assay.lock' ]\n`);
  });

  it('lets the new database be read by those who could read the old one', async () => {
    await keep('one');
    backUpSqlite(dataDir, file, false);
    await chmod(database, 0o640);
    restoreSqlite(dataDir, file, now);
    expect((await stat(database)).mode & 0o777).toBe(0o640);
  });

  describe('is refused, and all is as before, for', () => {
    beforeEach(async () => {
      await keep(...Array.from({ length: 200 }, (_, i) => `key-${i}`));
      backUpSqlite(dataDir, file, false);
    });

    it('a file that is not there', async () => {
      await expectRefused(
        () => restoreSqlite(dataDir, join(folder, 'nothing'), now),
        /There is no .*nothing/,
      );
    });

    it.each([
      ['an empty file', ''],
      ['a short file', 'x'],
      ['a text', 'Dear diary, '.repeat(1000)],
    ])('%s', async (_, text) => {
      await writeFile(file, text);
      await expectRefused(() => restoreSqlite(dataDir, file, now), /not a database/);
    });

    it('a backup of which the end is missing', async () => {
      await truncate(file, (await stat(file)).size - 4096);
      await expectRefused(() => restoreSqlite(dataDir, file, now), /damaged/);
    });

    it('a backup with other bytes in the middle', async () => {
      const bytes = await readFile(file);
      bytes.fill(0x55, bytes.length >> 1, (bytes.length >> 1) + 8192);
      await writeFile(file, bytes);
      await expectRefused(() => restoreSqlite(dataDir, file, now), /damaged/);
    });

    it("a database that is not Assay's", async () => {
      await rm(file);
      querySqlite(file, 'pragma user_version');
      const other = new DatabaseSync(file);
      other.exec('create table learners (id text)');
      other.close();
      await expectRefused(() => restoreSqlite(dataDir, file, now), /not one of Assay's/);
    });

    it('a backup of a newer Assay', async () => {
      querySqlite(
        file,
        "insert into assay_migrations (name, timestamp) values ('999-later', '2030') returning name",
      );
      await expectRefused(() => restoreSqlite(dataDir, file, now), /newer Assay.*999-later/);
    });

    it('the database itself', async () => {
      await expectRefused(() => restoreSqlite(dataDir, database, now), /the database itself/);
    });

    it('a database as it was in use, of which a part is in another file', async () => {
      await writeFile(`${file}-wal`, 'frames');
      await expectRefused(() => restoreSqlite(dataDir, file, now), /-wal.*not a backup/);
    });

    it('a folder', async () => {
      await expectRefused(() => restoreSqlite(dataDir, folder, now), /not a file/);
    });
  });
});
