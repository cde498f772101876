import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '#lib/server/store/open-store.ts';
import { startPostgres, type PostgresServer } from '../contract/postgres-server.ts';
import { newAttempt, newReport } from '../contract/store-engines.ts';
import { assay } from './assay-command.ts';

const run = promisify(execFile);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-backup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Called in `folder`, as an operator names a file in the folder they are in. */
const call = (args: string[], env: Record<string, string> = {}) =>
  assay(args, { cwd: folder, env: { ASSAY_DATA_DIR: join(folder, 'data'), ...env } });

describe('with SQLite', () => {
  const open = () => openStore({ dataDir: join(folder, 'data') });

  test('a backup taken beside an open store is restored once that is closed, and can be taken back', async () => {
    const store = await open();
    await store.recordAttempt(newAttempt({ verdict: 'right' }));
    await store.recordReport(newReport(), 20);
    const exported = await store.exportLearner('ada');
    const backup = await call(['backup', 'my.backup']);
    expect(backup.stderr).toBe('');
    expect(backup).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^Backed up, and checked: \/\S+\/my\.backup \(\d+ KiB\)\n {2}1 learner, 1 attempt, 1 report\n$/,
      ),
    });
    await store.deleteLearner('ada');

    const refused = await call(['restore', 'my.backup']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/is in use.*\n.*Stop Assay/);
    expect(await store.exportLearner('ada')).toBeNull();
    await store.close();

    const restored = await call(['restore', 'my.backup']);
    expect(restored.code, restored.stderr).toBe(0);
    expect(restored.stdout).toMatch(/1 learner, 1 attempt, 1 report\n/);
    const again = await open();
    expect(await again.exportLearner('ada')).toEqual(exported);
    await again.close();

    const kept = /is in (\S+before-restore\S+)\n/.exec(restored.stdout)?.[1] ?? '';
    expect((await call(['restore', kept])).stdout).toMatch(/0 learners/);
  });

  test('a name that is taken is refused without --force, and a damaged file is not restored', async () => {
    await (await open()).close();
    await call(['backup', 'x']);
    const again = await call(['backup', 'x']);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/is there already.*\n.*--force/);
    expect((await call(['backup', 'x', '--force'])).code).toBe(0);

    await truncate(join(folder, 'x'), 5000);
    const damaged = await call(['restore', 'x']);
    expect(damaged.code).toBe(2);
    expect(damaged.stderr).toMatch(/What is wrong: .*damaged.*\n.*What to do: .*earlier backup/);
    expect(damaged.stderr).not.toMatch(/ {4}at /);
    const files = await readdir(join(folder, 'data'));
    expect(files.filter((name) => name.includes('restor'))).toEqual([]);
  });

  test.each([[['backup']], [['restore']], [['backup', 'a', 'b']]])(
    '%j is told that it takes one file',
    async (args) => {
      expect(await call(args)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/takes one file.*\n.*assay (backup|restore) FILE/),
      });
    },
  );
});

describe('with PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  test('the commands that are told instead do what they say, and no password is shown', async () => {
    const databaseUrl = await server.createDatabase();
    const store = await openStore({ databaseUrl, dataDir: '/nowhere' });
    await store.recordAttempt(newAttempt());
    await store.recordReport(newReport(), 20);
    const exported = await store.exportLearner('ada');
    await store.close();

    const secret = new URL(databaseUrl);
    secret.password = 'hush-hush';
    const told: string[] = [];
    for (const args of [
      ['backup', 'FILE'],
      ['restore', 'FILE'],
    ]) {
      const { code, stderr } = await call(args, { ASSAY_DATABASE_URL: secret.href });
      expect(code).toBe(2);
      expect(stderr).toContain(':***@');
      expect(stderr).not.toContain('hush');
      told.push(...[...stderr.matchAll(/^.*?((?:pg_dump|pg_restore) .*)$/gm)].map((m) => m[1]!));
    }

    const [dump = '', load = ''] = told;
    const fresh = await server.createDatabase();
    const shell = (command: string) =>
      run('sh', ['-ec', command], {
        cwd: folder,
        env: { ...process.env, ASSAY_DATABASE_URL: databaseUrl },
      });
    await shell(dump);
    await shell(load.replace('NEW_DATABASE', `'${fresh}'`));
    const restored = await openStore({ databaseUrl: fresh, dataDir: '/nowhere' });
    expect(await restored.exportLearner('ada')).toEqual(exported);
    await restored.close();
  });
});
