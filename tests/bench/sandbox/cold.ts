/** CPython and the framework started from nothing for each program: without a jail, and in the container. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { containerCommand } from './container-parts.ts';
import type { Contender } from './contender.ts';
import { commandMs } from './processor-time.ts';
import { coldProgram, mustBeRight } from './program.ts';

/** How often a command is run only to see what it costs. */
const metered = 5;

interface Command {
  command: string;
  args: string[];
  env: Record<string, string>;
  identity: { uid?: number; gid?: number };
}

/** @returns The contender without a jail. Bytecode is compiled: its warm-up sees to that. */
export async function coldContender(root: string): Promise<Contender> {
  const { interpreter } = await containerCommand(root, []);
  const command = {
    command: join(root, '.venv/bin/python'),
    args: ['-c', coldProgram(interpreter.packages)],
    env: {},
    identity: {},
  };
  return contender('cold CPython + Django', interpreter.executable, command);
}

/** @returns The contender in the sandbox's own container, with no zygote and none of a run's doors. */
export async function coldInContainer(root: string): Promise<Contender> {
  const { bubblewrap, interpreter, identity, running } = await containerCommand(root, []);
  const command = {
    command: bubblewrap,
    args: running(['-c', coldProgram('/python/site-packages')]),
    env: {},
    identity: { ...identity },
  };
  return contender('the same in bubblewrap', interpreter.executable, command);
}

function contender(name: string, python: string, cold: Command): Contender {
  return {
    name,
    async run() {
      mustBeRight(name, await outputOf(cold));
      return {};
    },
    async cpuMsPerRun() {
      let ms = 0;
      for (let n = 0; n < metered; n += 1) {
        const { command, args, env, identity } = cold;
        ms += await commandMs(python, [command, ...args], { env, ...identity });
      }
      return ms / metered;
    },
    close: async () => undefined,
  };
}

function outputOf({ command, args, env, identity }: Command): Promise<string> {
  return new Promise((resolve, reject) => {
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { env, cwd: '/', stdio, ...identity });
    let out = '';
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', () => resolve(out || said));
  });
}
