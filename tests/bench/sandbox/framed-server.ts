/** A contender that stays: a process which is asked over the sandbox's own framing. */
import { Container, ContainerRefusal } from '#lib/server/sandbox/container.ts';
import type { Identity } from '#lib/server/sandbox/identity.ts';
import { defaultLimits } from '#lib/server/sandbox/limits.ts';
import { type Contender, NotHere } from './contender.ts';
import { startedBy, treeMs } from './processor-time.ts';
import { mustBeRight } from './program.ts';

const longestMs = 60_000;

/**
 * @param source - What it is asked to run.
 * @returns A contender whose server answers `{ stdout }`.
 * @throws NotHere with what it said when it does not start.
 */
export async function framedContender(
  name: string,
  start: { command: string; args: string[]; identity: Identity | null },
  source: string,
): Promise<Contender> {
  const { made: server, pids } = await startedBy(() => startServer(start));
  const before = treeMs(pids);
  let runs = 0;
  return {
    name,
    async run() {
      const { stdout } = (await server.ask({ op: 'run' }, { source }, longestMs)) as {
        stdout: string;
      };
      runs += 1;
      mustBeRight(name, stdout);
      return {};
    },
    cpuMsPerRun: async () => (treeMs(pids) - before) / runs,
    close: () => server.kill(),
  };
}

async function startServer({
  command,
  args,
  identity,
}: {
  command: string;
  args: string[];
  identity: Identity | null;
}): Promise<Container> {
  const server = new Container(command, args, identity);
  try {
    await server.start({ spares: 0, limits: defaultLimits }, { apps: {} });
    return server;
  } catch (error) {
    await server.kill();
    throw new NotHere(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Asks the sandbox's own supervisor for something that it does not know: the way there and back, and
 * nothing between.
 * @returns Milliseconds of one echo, and how to end it.
 */
export async function echo(
  command: string,
  args: string[],
  identity: Identity | null,
): Promise<{ once: () => Promise<number>; close: () => Promise<void> }> {
  const server = await startServer({ command, args, identity });
  return {
    async once() {
      const began = performance.now();
      await server.ask({ op: 'echo' }, {}, longestMs).then(
        () => Promise.reject(new Error('the supervisor knows an operation "echo"')),
        (error: unknown) => {
          if (!(error instanceof ContainerRefusal)) throw error;
        },
      );
      return performance.now() - began;
    },
    close: () => server.kill(),
  };
}
