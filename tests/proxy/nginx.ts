import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAMS = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx'];

export interface Nginx {
  /** Where it listens, on loopback: `http://127.0.0.1:41234`. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts nginx, as an ordinary program with a folder of its own, in front of a site.
 * @param upstreamPort - Port of the site, on loopback.
 * @param directives - For the location, such as `proxy_set_header Host $host;`.
 */
export async function startNginx(upstreamPort: number, directives: string): Promise<Nginx> {
  const program = PROGRAMS.find((path) => existsSync(path));
  if (!program) throw new Error('nginx is missing: apt-get install nginx-light');
  const folder = await mkdtemp(join(tmpdir(), 'assay-nginx-'));
  const port = await freePort();
  await mkdir(join(folder, 'logs'));
  await writeFile(
    join(folder, 'nginx.conf'),
    configuration(folder, port, upstreamPort, directives),
  );
  // Its own error log is named before it reads the configuration: the built-in place may be closed to us.
  const args = [
    '-p',
    folder,
    '-c',
    join(folder, 'nginx.conf'),
    '-e',
    join(folder, 'logs/error.log'),
  ];
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  if (await answers(url, () => child.exitCode === null)) return { url, stop };
  const log = await readFile(join(folder, 'logs/error.log'), 'utf8').catch(() => '');
  await stop();
  throw new Error(`nginx does not answer\n${log}`);
}

function configuration(
  folder: string,
  port: number,
  upstreamPort: number,
  directives: string,
): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n  ');
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  ${temporary}
  server {
    listen 127.0.0.1:${port};
    location / {
      ${directives}
      proxy_pass http://127.0.0.1:${upstreamPort};
    }
  }
}
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

async function answers(url: string, isAlive: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 200 && isAlive(); tries += 1) {
    try {
      await fetch(url);
      return true;
    } catch {
      await sleep(50);
    }
  }
  return false;
}
