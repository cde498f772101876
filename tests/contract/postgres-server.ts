/**
 * A throw-away PostgreSQL for tests, from Debian's packages: its own folder, a free port, gone at
 * the end. PostgreSQL refuses to run as root, so root lends it an unprivileged user.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const debianFolder = '/usr/lib/postgresql';
const startTimeoutMs = 60_000;

export interface PostgresServer {
  /** The address of a new, empty database on this server. */
  createDatabase(): Promise<string>;
  /** Runs SQL as the superuser, by default in the database `postgres`. */
  administer(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

interface Identity {
  uid: number;
  gid: number;
}

/** @throws {Error} With what to do, when PostgreSQL is missing or does not start. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = await findBin();
  const identity = await selectIdentity();
  const folder = await mkdtemp(join(tmpdir(), 'assay-pg-'));
  if (identity !== null) await chown(folder, identity.uid, identity.gid);
  try {
    const password = 'a throw-away: password/';
    await initialise(bin, folder, password, identity);
    const { server, port } = await serve(bin, folder, identity);
    return handle(server, folder, (database) => addressOf(port, password, database));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function addressOf(port: number, password: string, database: string): string {
  return `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

async function findBin(): Promise<string> {
  const versions = await readdir(debianFolder).catch(() => []);
  const newest = versions
    .map(Number)
    .filter(Number.isFinite)
    .sort((a, b) => b - a)[0];
  if (newest === undefined) {
    throw new Error(
      `PostgreSQL is not in ${debianFolder}, and the store's tests run on it too. Install it with: apt-get install postgresql (its service need not run).`,
    );
  }
  return join(debianFolder, String(newest), 'bin');
}

/** Null for an ordinary user, who can run it. */
async function selectIdentity(): Promise<Identity | null> {
  if (process.getuid?.() !== 0) return null;
  for (const user of ['postgres', 'nobody']) {
    const uid = await idOf('-u', user);
    const gid = await idOf('-g', user);
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as. Make one with: useradd --system postgres',
  );
}

async function idOf(flag: string, user: string): Promise<number | null> {
  return run('id', [flag, user]).then(
    ({ stdout }) => Number(stdout),
    () => null,
  );
}

async function initialise(
  bin: string,
  folder: string,
  password: string,
  identity: Identity | null,
): Promise<void> {
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity !== null) await chown(passwordFile, identity.uid, identity.gid);
  await run(
    join(bin, 'initdb'),
    [
      ...['--pgdata', join(folder, 'data'), '--username', 'postgres', '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'],
    ],
    { cwd: folder, ...identity },
  );
}

/** Another process may take a free port between finding and using it, so it is tried anew. */
async function serve(bin: string, folder: string, identity: Identity | null) {
  let lastWords = '';
  for (let tries = 0; tries < 3; tries += 1) {
    const port = await findFreePort();
    // The server dies with the tests even when these are killed: setpriv asks the kernel for that.
    const server = spawn(
      'setpriv',
      [
        ...(identity === null
          ? []
          : [`--reuid=${identity.uid}`, `--regid=${identity.gid}`, '--clear-groups']),
        ...['--pdeathsig', 'QUIT', join(bin, 'postgres'), '-D', join(folder, 'data')],
        ...['-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'],
        // The tests kill no power: what a commit waits for is shown on SQLite.
        ...['-c', 'fsync=off', '-c', 'max_connections=60'],
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    lastWords = '';
    const isReady = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), startTimeoutMs);
      const settle = (value: boolean) => {
        clearTimeout(timer);
        resolve(value);
      };
      server.on('error', () => settle(false));
      server.on('exit', () => settle(false));
      server.stderr.on('data', (chunk: Buffer) => {
        lastWords = (lastWords + chunk.toString()).slice(-2_000);
        if (lastWords.includes('ready to accept connections')) settle(true);
      });
    });
    if (isReady) return { server, port };
    server.kill('SIGKILL');
  }
  throw new Error(`PostgreSQL from ${bin} did not start. Its last words:\n${lastWords}`);
}

async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function handle(
  server: ChildProcess,
  folder: string,
  addressFor: (database: string) => string,
): PostgresServer {
  let databases = 0;
  const administer = async (sql: string, database = 'postgres') => {
    const client = new pg.Client({ connectionString: addressFor(database) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    async createDatabase() {
      databases += 1;
      await administer(`create database assay_${databases}`);
      return addressFor(`assay_${databases}`);
    },
    administer,
    async stop() {
      if (server.exitCode === null && server.signalCode === null) {
        const exited = new Promise((resolve) => server.once('exit', resolve));
        // Immediate: nothing of it is kept.
        server.kill('SIGQUIT');
        await exited;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}
