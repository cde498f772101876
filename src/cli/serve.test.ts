import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { findRoot, loadConfig, type Config } from '#config';
import { CommandProblem } from './command-problem.ts';
import {
  setAdapterVariables,
  startSite,
  tryAddress,
  type Handler,
  type RunningSite,
} from './serve.ts';

const loaded = loadConfig({ PORT: '0' }, findRoot());
if (!loaded.ok) throw new Error('the defaults are refused');
const defaults: Config = loaded.config;

const echo: Handler = (request, response) => {
  const { 'x-assay-protocol': protocol, 'x-assay-host': host } = request.headers;
  response.end(`${protocol}://${host}`);
};

let site: RunningSite | undefined;
afterEach(async () => {
  await site?.close(0);
  site = undefined;
});

function ask(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body });
      });
    });
    sent.on('error', reject).end();
  });
}

async function problemOf(work: Promise<unknown>): Promise<CommandProblem> {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof CommandProblem) return thrown;
  throw new Error('no problem was told', { cause: thrown });
}

describe('startSite', () => {
  it('listens on loopback and tells the handler where the browser is', async () => {
    site = await startSite(defaults, echo);
    expect(site.url).toBe(`http://localhost:${site.port}`);
    const answer = await ask(`http://127.0.0.1:${site.port}/`, { 'x-assay-host': 'evil.example' });
    expect(answer).toEqual({ status: 200, body: `http://127.0.0.1:${site.port}` });
  });

  it('answers 400 to a host that cannot be', async () => {
    site = await startSite(defaults, echo);
    const answer = await ask(`http://127.0.0.1:${site.port}/`, { host: 'a/b' });
    expect(answer.status).toBe(400);
  });

  it('says that a port is taken, and names another', async () => {
    site = await startSite(defaults, echo);
    const { port } = site;
    const problem = await problemOf(startSite({ ...defaults, port }, echo));
    expect(problem.message).toContain(`Port ${port} is taken`);
    expect(problem.fix).toContain(`PORT=${port + 1}`);
  });

  it('says that this machine has no such address', async () => {
    const problem = await problemOf(startSite({ ...defaults, host: '192.0.2.1' }, echo));
    expect(problem.message).toContain('no address 192.0.2.1');
  });

  it('lets a request that is open end before it closes', async () => {
    let answer: (() => void) | undefined;
    const asked = Promise.withResolvers<undefined>();
    site = await startSite(defaults, (_, response) => {
      answer = () => response.end('late');
      asked.resolve(undefined);
    });
    const reply = ask(site.url.replace('localhost', '127.0.0.1'), {});
    await asked.promise;
    const closed = site.close();
    answer?.();
    await closed;
    expect((await reply).body).toBe('late');
    site = undefined;
  });
});

describe('tryAddress', () => {
  it('leaves the address free', async () => {
    site = await startSite(defaults, echo);
    const { port } = site;
    await site.close(0);
    await tryAddress({ host: '127.0.0.1', port });
    site = await startSite({ ...defaults, port }, echo);
    expect(site.port).toBe(port);
  });
});

describe('setAdapterVariables', () => {
  it('replaces what was set from outside', () => {
    const env = { ASSAY_KIT_HOST_HEADER: 'x-evil', ASSAY_KIT_ORIGIN: 'x', PATH: '/bin' };
    setAdapterVariables({ ...defaults, addressHeader: 'x-real-ip', forwardedDepth: 2 }, env);
    expect(env).toEqual({
      PATH: '/bin',
      ASSAY_KIT_PROTOCOL_HEADER: 'x-assay-protocol',
      ASSAY_KIT_HOST_HEADER: 'x-assay-host',
      ASSAY_KIT_ADDRESS_HEADER: 'x-real-ip',
      ASSAY_KIT_XFF_DEPTH: '2',
    });
  });
});
