/** Secrets and listeners of the host that no run may ever find: each of a shape that nothing else has. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The same as in the outer jail (disposable_host.py), so that one program tries both. */
export const tcpPort = 8471;
export const abstractName = '\0outer-host';

export interface Planted {
  /** Each secret by where it was planted. */
  secrets: { environment: string; file: string; listener: string; expectation: string };
  /** How often a listener was reached. */
  connections(): number;
  remove(): Promise<void>;
}

/** Plants all of it; before the sandbox is started, which must not inherit any. */
export async function plant(): Promise<Planted> {
  const secrets = {
    environment: randomUUID(),
    file: randomUUID(),
    listener: randomUUID(),
    expectation: randomUUID(),
  };
  const folder = mkdtempSync(join(tmpdir(), 'assay-planted-'));
  writeFileSync(join(folder, 'secret.txt'), secrets.file, { mode: 0o644 });
  process.env['HOST_SECRET'] = secrets.environment;
  let reached = 0;
  const listen = (address: { path: string } | { host: string; port: number }) =>
    startListener(address, () => {
      reached += 1;
      return secrets.listener;
    });
  const servers = await Promise.all([
    ...hostAddresses().map((host) => listen({ host, port: tcpPort })),
    listen({ path: abstractName }),
    listen({ path: join(folder, 'host.sock') }),
  ]);
  return {
    secrets,
    connections: () => reached,
    async remove() {
      for (const server of servers) await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
      delete process.env['HOST_SECRET'];
    },
  };
}

function hostAddresses(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outward = found.find(({ family, internal }) => family === 'IPv4' && !internal);
  return outward ? ['127.0.0.1', outward.address] : ['127.0.0.1'];
}

async function startListener(
  address: { path: string } | { host: string; port: number },
  greeting: () => string,
): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(greeting());
  });
  try {
    await once(server.listen(address), 'listening');
  } catch (error) {
    // Another run of this suite on the same machine has it, and counts there.
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await once(server.listen(0, '127.0.0.1'), 'listening');
  }
  return server;
}
