/**
 * Serves the built site. SvelteKit's adapter would take every request for https; our own server in front
 * of its handler says what the operator's settings say. It refuses hosts that cannot be, and ends in order.
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Config } from '#config';
import { CommandProblem } from './command-problem.ts';
import { HOST_HEADER, PROTOCOL_HEADER, setTrustedHeaders } from './public-origin.ts';
import { readConfig } from './read-config.ts';

/** The request handler of a built site. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface RunningSite {
  /** Address for this machine's browser. */
  url: string;
  port: number;
  /** Lets open requests end, for at most `graceMs`, then closes all. */
  close(graceMs?: number): Promise<void>;
}

/**
 * What browsers are told of every answer. Pages are told more, and the same (routes/security-headers.ts), since these
 * lines do not run where lessons are written.
 */
const everyHeader = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

/** Methods that no request of the web platform can have: the handler would call them malformed. */
const untakenMethods = new Set(['TRACE', 'TRACK', 'CONNECT']);

const GRACE_MS = 10_000;
const ADAPTER_PREFIX = 'ASSAY_KIT_';

const usage = `assay serve
  Serves the built site until it is stopped (SIGTERM, Ctrl-C). \`npm start\` does all that comes before, too.
`;

/**
 * Serves until SIGTERM or SIGINT.
 * @returns The exit code.
 * @throws {CommandProblem} When it cannot start.
 */
export async function serveCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean', default: false } } });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const config = readConfig();
  const stopped = stopSignal();
  // Loading the site opens its store and its sandbox: not for an address that is taken anyway.
  await tryAddress(config);
  const handler = await loadHandler(config);
  try {
    const site = await startSite(config, handler);
    if (config.origin) process.stdout.write(`Browsers are expected at ${config.origin}\n`);
    process.stdout.write(`Assay is ready at ${site.url}\n`);
    await stopped;
    await site.close();
    return 0;
  } finally {
    announceShutdown();
  }
}

/**
 * Loads the built site. It reads its environment while it loads, so call it once in a process.
 * @throws {CommandProblem} When nothing was built.
 */
export async function loadHandler(config: Config): Promise<Handler> {
  const file = join(config.root, 'build', 'handler.js');
  if (!existsSync(file)) {
    throw new CommandProblem(
      'The site has not been built.',
      'Start it with `npm start`, which builds it.',
    );
  }
  setAdapterVariables(config, process.env);
  const built = (await import(pathToFileURL(file).href)) as {
    handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  };
  return (request, response) => {
    built.handler(request, response, () => {
      response.statusCode = 404;
      response.end();
    });
  };
}

/** Says to the adapter which headers to believe: only those that {@link startSite} sets itself. */
export function setAdapterVariables(config: Config, env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (name.startsWith(ADAPTER_PREFIX)) Reflect.deleteProperty(env, name);
  }
  env[`${ADAPTER_PREFIX}PROTOCOL_HEADER`] = PROTOCOL_HEADER;
  env[`${ADAPTER_PREFIX}HOST_HEADER`] = HOST_HEADER;
  if (config.addressHeader) {
    env[`${ADAPTER_PREFIX}ADDRESS_HEADER`] = config.addressHeader;
    env[`${ADAPTER_PREFIX}XFF_DEPTH`] = String(config.forwardedDepth);
  }
}

/**
 * Listens and hands each request on with trusted headers.
 * @throws {CommandProblem} When the address cannot be listened on.
 */
export async function startSite(config: Config, handler: Handler): Promise<RunningSite> {
  const server = createServer((request, response) => {
    // At the end, a connection that was busy is closed when its answer is out, not when the visitor lets go.
    response.once('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    // Built files, and what is refused before, do not come through the site's hooks.
    for (const [name, value] of Object.entries(everyHeader)) response.setHeader(name, value);
    if (untakenMethods.has(request.method ?? '')) {
      response.writeHead(405, { allow: 'GET, HEAD, POST', connection: 'close' });
      response.end();
    } else if (setTrustedHeaders(config, request.headers)) {
      handler(request, response);
    } else {
      response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
      response.end('Bad request: the host is missing or malformed.\n');
    }
  });
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  return { url: localUrl(config.host, port), port, close: (graceMs) => close(server, graceMs) };
}

/** Throws the problem of listening, if there is one, and leaves the address free again. */
export async function tryAddress(config: Pick<Config, 'host' | 'port'>): Promise<void> {
  const server = createServer();
  await listen(server, config);
  await close(server, 0);
}

function listen(server: Server, config: Pick<Config, 'host' | 'port'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(listenProblem(error, config));
    });
    server.listen({ port: config.port, host: config.host }, resolve);
  });
}

function listenProblem(
  error: NodeJS.ErrnoException,
  { host, port }: Pick<Config, 'host' | 'port'>,
): CommandProblem {
  switch (error.code) {
    case 'EADDRINUSE':
      return new CommandProblem(
        `Port ${port} is taken: another program (perhaps Assay itself) listens on it.`,
        `Stop that program, or choose another port: PORT=${port < 65_535 ? port + 1 : 3000} npm start`,
      );
    case 'EACCES':
      return new CommandProblem(
        `This user may not listen on port ${port}.`,
        'Choose a port from 1024 on (PORT=3000), and let a reverse proxy listen on the lower one.',
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new CommandProblem(
        `This machine has no address ${host} (HOST).`,
        'Set HOST=127.0.0.1 to be reached from this machine only, or HOST=0.0.0.0 to be reached from everywhere.',
      );
    default:
      return new CommandProblem(
        `Listening on ${host}, port ${port}, failed: ${error.message}.`,
        'Try other values of HOST and PORT.',
      );
  }
}

/** `localhost` wherever that reaches us, because it is what people type. */
function localUrl(host: string, port: number): string {
  const isReachedAsLocalhost = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(host);
  const shown = host.includes(':') ? `[${host}]` : host;
  return `http://${isReachedAsLocalhost ? 'localhost' : shown}:${port}`;
}

function close(server: Server, graceMs = GRACE_MS): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => {
      server.closeAllConnections();
    }, graceMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
}

// The listeners stay: Ctrl-C reaches us from the terminal and once more from our parent, and the second
// one must not end us in the middle of the orderly end.
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        resolve();
      });
    }
    // `npm start` holds a channel to us: it closes when that is killed. It must not keep us alive.
    process.once('disconnect', () => {
      resolve();
    });
    process.channel?.unref();
  });
}

/** What SvelteKit's own server does at its end: the application closes its store and its sandbox then. */
function announceShutdown(): void {
  (process as NodeJS.EventEmitter).emit('sveltekit:shutdown', 'SIGTERM');
  setTimeout(() => process.exit(), GRACE_MS).unref();
}
