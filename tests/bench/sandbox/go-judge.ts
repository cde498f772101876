/** go-judge (criyle/go-judge), through the Go module proxy: its pool of containers, asked over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findInterpreter } from '#lib/server/sandbox/interpreter.ts';
import { type Contender, lastLine, NotHere } from './contender.ts';
import { install, peerFolder } from './installing.ts';
import { startedBy, treeMs } from './processor-time.ts';
import { coldProgram, mustBeRight } from './program.ts';

const name = 'go-judge';
const module = 'github.com/criyle/go-judge/cmd/go-judge@latest';
const startMs = 20_000;
const second = 1_000_000_000;

interface Answer {
  status: string;
  error?: string;
  files?: { stdout?: string; stderr?: string };
}

/** @throws NotHere with why it cannot be installed or started. */
export async function goJudgeContender(root: string): Promise<Contender> {
  const folder = peerFolder(root, name);
  const program = await installed(folder);
  const { executable, packages, library } = await findInterpreter(join(root, '.venv'));
  const mounts = join(folder, 'mount.yaml');
  writeFileSync(mounts, mountsOf([packages, library]));
  const port = await freePort();
  const { made: server, pids } = await startedBy(() => startServer(program, mounts, port));
  const before = treeMs(pids);
  let runs = 0;
  return {
    name,
    async run() {
      const [answer] = await ask(port, [executable, '-c', coldProgram(packages)]);
      runs += 1;
      const { stdout, stderr } = answer?.files ?? {};
      mustBeRight(name, stdout || `${answer?.status}: ${answer?.error ?? ''} ${stderr ?? ''}`);
      return {};
    },
    cpuMsPerRun: async () => (treeMs(pids) - before) / runs,
    close: () => stopServer(server),
  };
}

async function installed(folder: string): Promise<string> {
  const program = join(folder, 'bin/go-judge');
  if (existsSync(program)) return program;
  console.log(`installing ${name} into ${folder}`);
  const env = {
    GOBIN: join(folder, 'bin'),
    GOPATH: join(folder, 'go'),
    GOCACHE: join(folder, 'cache'),
    // Otherwise its folders could not be removed.
    GOFLAGS: '-modcacherw',
  };
  await install('go', ['install', module], { cwd: folder, env });
  return program;
}

/** What its containers see: the system's libraries, the interpreter's and our packages. */
function mountsOf(folders: string[]): string {
  const system = ['/bin', '/lib', '/lib64', '/usr'].filter((path) => existsSync(path));
  const others = folders.filter((path) => !path.startsWith('/usr/'));
  const bind = (path: string) =>
    `  - {type: bind, source: ${path}, target: ${path}, readonly: true}`;
  const device = (path: string) => `  - {type: bind, source: ${path}, target: ${path}}`;
  return [
    'mount:',
    ...[...system, ...others].map(bind),
    ...['/dev/null', '/dev/urandom', '/dev/random', '/dev/zero'].map(device),
    '  - {type: tmpfs, target: /w, data: "size=64m,nr_inodes=4k"}',
    '  - {type: tmpfs, target: /tmp, data: "size=64m,nr_inodes=4k"}',
    'proc: true',
    'workDir: /w',
    'hostName: go-judge',
    'domainName: go-judge',
    'uid: 1536',
    'gid: 1536',
    '',
  ].join('\n');
}

async function startServer(program: string, mounts: string, port: number): Promise<ChildProcess> {
  const args = ['-http-addr', `127.0.0.1:${port}`, '-mount-conf', mounts, '-silent'];
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const listen = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-8192));
  server.stdout.on('data', listen);
  server.stderr.on('data', listen);
  let end: string | null = null;
  server.on('error', (error) => (end = error.message));
  server.on('exit', (code) => (end ??= `it ended with ${code}: ${lastLine(said)}`));
  const until = performance.now() + startMs;
  while (performance.now() < until && end === null) {
    const isUp = await fetch(`http://127.0.0.1:${port}/version`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return server;
    await delay(50);
  }
  await stopServer(server);
  throw new NotHere(end ?? `it did not answer within ${startMs / 1000} s: ${lastLine(said)}`);
}

async function ask(port: number, args: string[]): Promise<Answer[]> {
  const command = {
    args,
    env: ['PATH=/usr/bin:/bin', 'LANG=C.UTF-8'],
    files: [{ content: '' }, { name: 'stdout', max: 65536 }, { name: 'stderr', max: 65536 }],
    cpuLimit: 20 * second,
    clockLimit: 40 * second,
    memoryLimit: 512 * 1024 * 1024,
    procLimit: 64,
  };
  const response = await fetch(`http://127.0.0.1:${port}/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ cmd: [command] }),
  });
  if (!response.ok) throw new Error(`${name} answered ${response.status}`);
  return (await response.json()) as Answer[];
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  // It takes its containers down itself.
  server.kill('SIGTERM');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
