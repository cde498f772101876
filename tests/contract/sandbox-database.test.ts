import { rmSync } from 'node:fs';
import { deflateSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Judgement } from '#lib/domain/run.ts';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import type { JailTier } from '#lib/server/sandbox/launch.ts';
import type { Expectation, RunRequest, Sandbox } from '#lib/server/sandbox/port.ts';
import { temporaryFolder } from './jail-processes.ts';
import { options, python, runtime } from './sandbox-under-test.ts';

const tiers: JailTier[] = ['full', 'no-namespaces'];

/** As a program sees the file that its database is in. */
const file = python`
  from django.conf import settings
  path = settings.DATABASES["default"]["NAME"]
`;
/** Ends the process so that it looks like a run that went well, and observed that a user is there. */
const forgesAndLeaves = python`
  import gc, os
  reporter = next(item for item in gc.get_objects() if type(item).__name__ == "Reporter")
  reporter.record({"end": "finished", "error": None, "values": {"users": 1}, "events": []})
  os._exit(0)
`;
const drive = 'observe("users", 1)';
const oneUser = 'database.User.objects.count() == 1';
const ada = python`
  from django.contrib.auth.models import User
  User.objects.create(username="ada")
`;

const temporary = temporaryFolder();
const usual = process.env['TMPDIR'];
beforeAll(() => void (process.env['TMPDIR'] = temporary));
afterAll(() => {
  rmSync(temporary, { recursive: true });
  if (usual === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usual;
});

describe.each(tiers)('the database of a dead run, in the tier %s', (tier) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = createSandbox({ ...options, tier });
    expect(await sandbox.state(runtime)).toMatchObject({ ready: true, tier });
  });
  afterAll(() => sandbox.close());

  const runWith = (program: string, more: Partial<RunRequest> = {}) =>
    sandbox.run({ ...{ runtime, program, drive, keepsDatabase: true }, ...more });

  /** Runs, and judges by what the database holds: whatever the run did, it must have finished. */
  async function judged(
    program: string,
    sources: string[],
    more: Partial<RunRequest> = {},
    kind: Expectation['kind'] = 'holds',
  ): Promise<Judgement[]> {
    const result = await runWith(program, more);
    expect(result, JSON.stringify(result)).toMatchObject({ outcome: 'finished' });
    expect(result.observations?.values).toEqual({ users: 1 });
    return judge(result.database, sources, more.apps, kind);
  }

  async function judge(
    database: string | null | undefined,
    sources: string[],
    apps: RunRequest['apps'] = {},
    kind: Expectation['kind'] = 'holds',
  ): Promise<Judgement[]> {
    const { judgements } = await sandbox.judge({
      ...{ runtime, database: database ?? null, apps },
      observations: { version: 1, values: { users: 1 }, events: [] },
      expectations: sources.map((source, index) => ({ id: `e${index}`, kind, source })),
    });
    return judgements;
  }

  it('is what an expectation sees through the ORM', async () => {
    const [count, name, sees] = await judged(ada, [
      oneUser,
      'database.User.objects.get().username == "bob"',
      'users == database.User.objects.count()',
    ]);
    expect([count?.holds, name?.holds, sees?.holds]).toEqual([true, false, true]);
  });

  it('shows what an assertion found in it', async () => {
    const source = 'assert database.User.objects.count() == 2';
    const [found] = await judged(ada, [source], {}, 'expect');
    expect(found).toMatchObject({
      holds: false,
      error: {
        type: 'AssertionError',
        message: '`database.User.objects.count() == 2` does not hold: left is 1, right is 2',
      },
    });
  });

  it('can be read by an expectation that imports the models itself', async () => {
    const source = python`
      from django.contrib.auth.models import User
      from django.db import connection
      assert User is database.User and User.objects.get().username == "ada"
      with connection.cursor() as cursor:
          assert cursor.execute("SELECT count(*) FROM auth_user").fetchone() == (1,)
    `;
    expect(await judged(ada, [source], {}, 'expect')).toMatchObject([{ holds: true }]);
  });

  it('is given to each expectation afresh', async () => {
    const clears = 'database.User.objects.all().delete() is not None';
    const found = await judged(ada, [clears, oneUser]);
    expect(found.map(({ holds }) => holds)).toEqual([true, true]);
  });

  it('begins with the rows, and has the models, of a fixture', async () => {
    const fixture = {
      apps: {
        'library/models.py': python`
          from django.db import models
          class Book(models.Model):
              title = models.CharField(max_length=80)
        `,
      },
      rows: 'from library.models import Book\nBook.objects.create(title="Emma")\n',
    };
    const program = 'from library.models import Book\nBook.objects.create(title="Persuasion")\n';
    const titles = 'sorted(book.title for book in database.Book.objects.all())';
    const found = await judged(program, [`${titles} == ["Emma", "Persuasion"]`], fixture);
    expect(found).toMatchObject([{ holds: true, error: null }]);
  });

  it('holds what was written from views, threads and the event loop', async () => {
    const program = python`
      import threading
      from django.contrib.auth.models import User
      from django.http import HttpResponse
      async def view(request):
          await User.objects.acreate(username="async")
          return HttpResponse("")
      thread = threading.Thread(target=User.objects.create, kwargs={"username": "thread"})
      thread.start()
      thread.join()
    `;
    const more = { serve: { '/': 'view' }, drive: `await request("GET", "/")\n${drive}` };
    const found = await judged(program, ['database.User.objects.count() == 2'], more);
    expect(found).toMatchObject([{ holds: true }]);
  });

  it.each([
    ['of Django', 'transaction.set_autocommit(False)', 'User.objects'],
    ['that reached the file already', 'raw("PRAGMA cache_size = 1")\nraw("BEGIN")', 'User.objects'],
    [
      'with a cursor half read',
      'raw("PRAGMA cache_size = 1")\nraw("BEGIN")\nheld = raw("SELECT id FROM auth_permission")\nheld.fetchone()',
      'User.objects',
    ],
  ])('holds nothing of a transaction %s that was left open', async (_, begins, users) => {
    const program = python`
      from django.contrib.auth.models import User
      from django.db import connection, transaction
      def raw(sql):
          return connection.connection.execute(sql) if connection.connection else None
      User.objects.create(username="ada")
      ${begins.split('\n').join('\n      ')}
      for number in range(3000):
          ${users}.create(username=f"user{number}", email="x" * 200)
    `;
    expect(await judged(program, [oneUser])).toMatchObject([{ holds: true, error: null }]);
  });

  it('holds what stands in a write-ahead log', async () => {
    const program = python`
      from django.db import connection
      connection.cursor().execute("PRAGMA journal_mode = WAL")
      ${ada.split('\n').join('\n      ')}
    `;
    expect(await judged(program, [oneUser])).toMatchObject([{ holds: true, error: null }]);
  });

  it('is not kept unless that is asked for', async () => {
    expect(await runWith(ada, { keepsDatabase: false })).not.toHaveProperty('database');
  });

  it.each([
    ['raised', 'raise ValueError', 'error'],
    ['was stopped by the clock', 'while True: pass', 'time-limit'],
    ['left before its end', 'import os\nos._exit(0)', 'error'],
  ])('is not kept of a run that %s', async (_, end, outcome) => {
    const result = await runWith(`${ada}\n${end}`, { limits: { wallMs: 700 } });
    expect(result).toMatchObject({ outcome, database: null });
  });

  it('judged where a run kept none, holds nothing', async () => {
    const found = await judge(null, [oneUser, 'True']);
    expect(found.map(({ holds, error }) => [holds, error?.type])).toEqual([
      [false, 'NoDatabase'],
      [false, 'NoDatabase'],
    ]);
  });

  it('is named where an expectation looks for one that was not asked for', async () => {
    const source = 'from django.contrib.auth.models import User\nassert User.objects.count() == 0';
    const { judgements } = await sandbox.judge({
      runtime,
      observations: { version: 1, values: {}, events: [] },
      expectations: [{ id: 'e', kind: 'expect', source }],
    });
    expect(judgements).toMatchObject([{ holds: false, error: { type: 'LookupError' } }]);
    expect(judgements[0]?.error?.message).toContain('database.User.objects');
  });

  describe('is not what a program', () => {
    it('says it is', async () => {
      const [found] = await judged(forgesAndLeaves, [oneUser]);
      expect(found).toMatchObject({ holds: false, error: null });
    });

    it('puts in its place', async () => {
      const program = python`
        import os, shutil
        ${file.split('\n').join('\n        ')}
        ${ada.split('\n').join('\n        ')}
        from django.db import connection
        connection.close()
        shutil.copyfile(path, path + ".second")
        os.replace(path + ".second", path)
      `;
      const [found] = await judged(program, [oneUser]);
      expect(found).toMatchObject({ holds: false, error: { type: 'NoDatabase' } });
    });

    it('keeps elsewhere, with a link in its place', async () => {
      const program = python`
        import os, shutil
        ${file.split('\n').join('\n        ')}
        shutil.copyfile(path, path + ".other")
        os.rename(path, path + ".first")
        os.symlink(path + ".other", path)
        ${ada.split('\n').join('\n        ')}
      `;
      const [found] = await judged(program, [oneUser]);
      expect(found).toMatchObject({ holds: false, error: null });
    });
  });

  const other = (body: string) =>
    `${file}\nimport os, random\n${ada}\nfrom django.db import connection\nconnection.close()\n${body}\n`;
  it.each([
    ['deleted', 'os.unlink(path)', 'NoDatabase'],
    [
      'replaced by a pipe, if it may make one',
      'os.unlink(path)\ntry: os.mkfifo(path)\nexcept OSError: pass',
      'NoDatabase',
    ],
    ['replaced by a folder', 'os.unlink(path)\nos.mkdir(path)', 'NoDatabase'],
    ['emptied', 'os.truncate(path, 0)', 'OperationalError'],
    ['cut off', 'os.truncate(path, 5000)', 'BadDatabase'],
    ['other text', 'open(path, "w").write("no database " * 9999)', 'BadDatabase'],
    [
      'damaged in its midst',
      'file = open(path, "r+b")\nfile.seek(4096 * 2)\nfile.write(random.Random(1).randbytes(80_000))\nfile.close()',
      'BadDatabase',
    ],
    ['a hole of 15 MiB', 'os.truncate(path, 0)\nos.truncate(path, 15 << 20)', 'BadDatabase'],
    ['15 MiB of noise', 'open(path, "wb").write(os.urandom(15 << 20))', 'NoDatabase'],
  ])('fails what it is judged by when its file was %s', async (_, body, type) => {
    const found = await judged(other(body), [oneUser, 'database.User is not None and users == 1']);
    expect(found[0]).toMatchObject({ holds: false, error: { type } });
    expect(found.every(({ holds }) => holds !== null)).toBe(true);
    expect(await judged(ada, [oneUser])).toMatchObject([{ holds: true }]);
  });

  it('fails what it is judged by when looking into it never ends', async () => {
    const program = python`
      from django.db import connection
      with connection.cursor() as cursor:
          cursor.execute("ALTER TABLE auth_user RENAME TO other")
          cursor.execute("""CREATE VIEW auth_user AS
            WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
            SELECT id, 'ada' AS username FROM n""")
    `;
    const found = await judged(program, [oneUser, oneUser, oneUser]);
    expect(found.map(({ holds, error }) => [holds, error?.type])).toEqual([
      [false, 'TimeLimit'],
      [false, 'TimeLimit'],
      [false, 'TimeLimit'],
    ]);
  });

  it('fails what it is judged by when it unpacks to more than there is room for', async () => {
    const bomb = deflateSync(Buffer.alloc(400 << 20)).toString('base64');
    expect(await judge(bomb, [oneUser])).toMatchObject([
      { holds: false, error: { type: 'BadDatabase' } },
    ]);
  });

  it('is answered for when the judge of it crashes', async () => {
    const { database } = await runWith(ada);
    const crash = 'import ctypes\nctypes.string_at(0)';
    const found = await judge(database, [crash, oneUser], {}, 'expect');
    expect(found.map(({ holds, error }) => [holds, error?.type])).toEqual([
      [false, 'ProcessExit'],
      [false, 'ProcessExit'],
    ]);
  });

  it('survives being kept for later, and every byte of it that is changed fails or is read', async () => {
    const { database } = await runWith(ada);
    const bytes = inflateSync(Buffer.from(database!, 'base64'));
    // The header, and pages spread over the file: each damaged copy is judged like any other.
    const places = [0, 16, 18, 20, 28, 44, 56, 100, 103, 105, 4096, 4099, 8200, 20_481, 61_443];
    const verdicts = await Promise.all(
      places.map(async (place) => {
        const damaged = Buffer.from(bytes);
        damaged.fill(0xff, place, place + 3);
        const packed = deflateSync(damaged).toString('base64');
        const [found] = await judge(packed, ['database.User.objects.get().username == "ada"']);
        return found?.holds;
      }),
    );
    expect(verdicts).not.toContain(null);
    expect(verdicts.filter((holds) => holds === false).length).toBeGreaterThan(5);
    expect(await judge(database, [oneUser])).toMatchObject([{ holds: true }]);
  });
});
