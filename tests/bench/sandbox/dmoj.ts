/** DMOJ's judge, from the Python package index: its Python executor under seccomp and ptrace. */
import { existsSync, readdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { containerIdentity } from '#lib/server/sandbox/identity.ts';
import { containerCommand } from './container-parts.ts';
import type { Contender } from './contender.ts';
import { NotHere } from './contender.ts';
import { framedContender } from './framed-server.ts';
import { install, peerFolder } from './installing.ts';
import { coldProgram } from './program.ts';

const version = '4.1.0';
const name = `DMOJ ${version}`;
const server = join(import.meta.dirname, 'dmoj_server.py');

/** @throws NotHere with why it cannot be installed or started. */
export async function dmojContender(root: string): Promise<Contender> {
  const { interpreter } = await containerCommand(root, []);
  const { executable, packages } = interpreter;
  const venv = await installed(root, executable);
  const args = ['-I', '-B', server, join(root, 'sandbox'), executable, packages];
  const identity = await containerIdentity([venv, server, executable, packages]);
  if (process.getuid?.() === 0 && !identity) {
    throw new NotHere('it must not be run as root, and nobody cannot read this checkout');
  }
  const start = { command: join(venv, 'bin/python'), args, identity };
  return framedContender(name, start, coldProgram(packages));
}

async function installed(root: string, python: string): Promise<string> {
  const folder = peerFolder(root, 'dmoj');
  const venv = join(folder, `venv-${version}`);
  const done = join(venv, 'bin/dmoj');
  if (existsSync(done)) return venv;
  console.log(`installing ${name} into ${folder}`);
  await install(python, ['-m', 'venv', '--clear', venv], { cwd: folder });
  await install(
    join(venv, 'bin/python'),
    ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', `dmoj==${version}`],
    { cwd: folder, env: await headers(folder) },
  );
  return venv;
}

/** Its build needs the headers of libseccomp: where Debian's are not installed, they are unpacked here. */
async function headers(folder: string): Promise<Record<string, string>> {
  if (existsSync('/usr/include/seccomp.h')) return {};
  const unpacked = join(folder, 'libseccomp');
  if (!existsSync(join(unpacked, 'usr/include/seccomp.h'))) {
    await install('apt-get', ['download', 'libseccomp-dev'], { cwd: folder });
    const file = readdirSync(folder).find((each) => each.startsWith('libseccomp-dev'));
    if (!file) throw new NotHere('the headers of libseccomp could not be downloaded');
    await install('dpkg', ['-x', file, unpacked], { cwd: folder });
  }
  const [triplet] = readdirSync(join(unpacked, 'usr/lib'));
  const library = join(unpacked, 'usr/lib', triplet!);
  // The package's own link leads to a file of the library's package, which lies elsewhere.
  unlinkSync(join(library, 'libseccomp.so'));
  symlinkSync(`/usr/lib/${triplet}/libseccomp.so.2`, join(library, 'libseccomp.so'));
  return { CPATH: join(unpacked, 'usr/include'), LIBRARY_PATH: library };
}
