/** The floor: a bare fork of the same zygote, with nothing that shuts a run in. */
import { join } from 'node:path';
import { containerCommand, runtime } from './container-parts.ts';
import type { Contender } from './contender.ts';
import { framedContender } from './framed-server.ts';
import { program } from './program.ts';

const server = join(import.meta.dirname, 'floor_server.py');
const inside = '/floor_server.py';

/**
 * @returns The contender. It lies in the same container only to have the same interpreter, files and
 *   framing; its runs have no namespace, limit or filter of their own.
 */
export async function floorContender(root: string): Promise<Contender> {
  const { bubblewrap, identity, running } = await containerCommand(root, [server]);
  const start = {
    command: bubblewrap,
    args: running([inside, runtime], [[server, inside]]),
    identity,
  };
  return framedContender('a bare fork of the zygote', start, program);
}
