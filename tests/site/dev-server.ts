/** Starts `npm run dev` as an author does, on lessons and data of its own. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './built-site.ts';

/** Generous: the first start bundles what the pages need, on a machine that others use. */
const patienceMs = 120_000;

export interface DevServer {
  url: string;
  /** All that the terminal showed so far. */
  said(): string;
  stop(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * Asks again and again.
 * @throws Error with `told()` when it is still not so after a long time.
 */
export async function until(isSo: () => boolean | Promise<boolean>, told: () => string) {
  const end = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain; the terminal showed:\n${told()}`);
    await wait(100);
  }
}

export async function startDevServer(content: string, dataDir: string): Promise<DevServer> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [join(root, 'setup', 'dev.mjs'), '--port', String(port), '--strictPort'],
    {
      cwd: root,
      env: { ...process.env, ASSAY_CONTENT: content, ASSAY_DATA_DIR: dataDir, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    await until(
      () => {
        if (child.exitCode !== null) throw new Error(`npm run dev ended:\n${said}`);
        return said.includes('what you save is proven');
      },
      () => said,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://localhost:${port}`, said: () => said, stop };
}
