/** The container's argument list, as the sandbox itself makes it, for contenders that need a changed one. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bubblewrapArguments, findBubblewrap } from '#lib/server/sandbox/bubblewrap.ts';
import { containerIdentity, type Identity } from '#lib/server/sandbox/identity.ts';
import { findInterpreter, type Interpreter } from '#lib/server/sandbox/interpreter.ts';

export const runtime = 'django-5.2';

export interface ContainerCommand {
  bubblewrap: string;
  interpreter: Interpreter;
  identity: Identity | null;
  /** All up to the interpreter's flags, then a program in place of the sandbox's own. */
  running(program: string[], binds?: [string, string][]): string[];
}

/**
 * @param extra - Files that are to be readable inside as well.
 * @throws SandboxProblem when this host cannot start a container.
 */
export async function containerCommand(root: string, extra: string[]): Promise<ContainerCommand> {
  const [bubblewrap, interpreter] = await Promise.all([
    findBubblewrap(),
    findInterpreter(join(root, '.venv')),
  ]);
  const folders = await readdir(interpreter.library);
  const hidden = ['site-packages', 'dist-packages'].filter((name) => folders.includes(name));
  const sandbox = join(root, 'sandbox');
  const all = bubblewrapArguments({ interpreter, sandbox, runtime, hidden });
  const { executable, library, packages, sharedLibraries } = interpreter;
  const needed = [executable, library, packages, sandbox, ...sharedLibraries.values(), ...extra];
  return {
    bubblewrap,
    interpreter,
    identity: await containerIdentity([bubblewrap, ...needed]),
    running(program, binds = []) {
      const main = all.findIndex((argument) => argument.endsWith('/jail/main.py'));
      if (main < 0) throw new Error('the argument list does not start jail/main.py any more');
      const bound = binds.flatMap(([from, to]) => ['--ro-bind', from, to]);
      return [...bound, ...all.slice(0, main), ...program];
    },
  };
}
