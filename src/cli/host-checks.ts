/** What `assay doctor` looks at: one small check for each thing that a site needs. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from '#config';
import { installedRuntime, titledVersions } from '#lib/domain/installed-runtime.ts';
import { describeStore, openLab, openWorkshop } from '#lib/server/app.ts';
import { tryDataDir } from './check-settings.ts';
import { mendable } from './command-problem.ts';
import { tryAddress } from './serve.ts';

export interface HostCheck {
  name: string;
  /** `warning`: Assay serves, with less; `problem`: it cannot. */
  state: 'ok' | 'warning' | 'problem';
  found: string;
  /** What to do; empty when nothing need be done. */
  fix: string;
}

const run = promisify(execFile);

async function firstLine(command: string, args: string[]): Promise<string | null> {
  try {
    const { stdout } = await run(command, args);
    return stdout.split('\n')[0] ?? '';
  } catch {
    return null;
  }
}

const ok = (name: string, found: string): HostCheck => ({ name, state: 'ok', found, fix: '' });

/** A check that is a problem when it throws what a person can mend. */
async function attempt(name: string, work: () => Promise<string>): Promise<HostCheck> {
  try {
    return ok(name, await work());
  } catch (error) {
    const problem = mendable(error);
    if (!problem) throw error;
    return { name, state: 'problem', found: problem.message, fix: problem.fix };
  }
}

function checkNode(): HostCheck {
  return ok('Node', `${process.version} on ${process.platform} ${process.arch}`);
}

function checkPython(config: Config): HostCheck {
  const file = join(config.root, '.venv/pyvenv.cfg');
  if (!existsSync(file)) {
    const fix = 'npm start installs it; it needs Python 3.11 with venv (Debian: python3-venv).';
    return { name: 'Python', state: 'warning', found: 'no .venv', fix };
  }
  const lines = readFileSync(file, 'utf8').split('\n');
  const valueOf = (key: string) =>
    lines.find((line) => line.startsWith(`${key} = `))?.slice(key.length + 3) ?? '?';
  return ok('Python', `${valueOf('version')} from ${valueOf('home')}`);
}

async function checkBubblewrap(config: Config): Promise<HostCheck> {
  const found = await firstLine('bwrap', ['--version']);
  if (found) return ok('bubblewrap', found);
  if (config.sandboxTier === 'no-namespaces') return ok('bubblewrap', 'not installed, nor needed');
  const fix = 'apt-get install bubblewrap';
  return { name: 'bubblewrap', state: 'warning', found: 'not installed', fix };
}

async function checkSandbox(config: Config): Promise<HostCheck[]> {
  const workshop = openWorkshop(config);
  try {
    const state = await workshop.state();
    const tried = state.canaries.length;
    const held = state.canaries.filter((canary) => canary.held).length;
    const canaries = tried === 0 ? 'no canary was tried' : `${held} of ${tried} canaries held`;
    const tier = `tier ${state.tier}; ${canaries}`;
    if (!state.ready) {
      const found = `${tier}; nothing is run on this host; lessons are served with the evidence they have`;
      return [{ name: 'sandbox', state: 'warning', found, fix: state.problem }];
    }
    const parts = await workshop.keyParts();
    const versions = titledVersions(parts?.runtime.versions ?? {});
    return [ok('sandbox', tier), ok('runtime', `${parts?.runtime.name}: ${versions.join(', ')}`)];
  } finally {
    await workshop.close();
  }
}

/** Tries the lab's doors: a container of its own, which plain runs do without. */
async function checkLab(config: Config): Promise<HostCheck> {
  const lab = openLab(config);
  try {
    const { ready, problem, canaries } = await lab.state(installedRuntime);
    const held = canaries.filter((canary) => canary.held).length;
    if (ready) return ok('lab', `${held} of ${canaries.length} canaries held`);
    const found = 'nothing is put under load on this host; what was measured before is shown';
    return { name: 'lab', state: 'warning', found, fix: problem };
  } finally {
    await lab.close();
  }
}

function checkBuild(config: Config): HostCheck {
  const isBuilt = existsSync(join(config.root, 'build/handler.js'));
  if (isBuilt) return ok('site', 'built');
  return { name: 'site', state: 'warning', found: 'not built', fix: 'npm start builds it.' };
}

const enoughBytes = 500 * 1024 * 1024;

async function checkDisk(config: Config): Promise<HostCheck> {
  await mkdir(config.dataDir, { recursive: true });
  const { bavail, bsize } = await statfs(config.dataDir);
  const free = bavail * bsize;
  const found = `${Math.round(free / 1024 / 1024)} MiB free for ${config.dataDir}`;
  if (free >= enoughBytes) return ok('disk', found);
  return { name: 'disk', state: 'warning', found, fix: 'Make room, or set ASSAY_DATA_DIR.' };
}

/** Makes all checks; none stops another. */
export async function checkHost(config: Config): Promise<HostCheck[]> {
  return [
    checkNode(),
    checkPython(config),
    await checkBubblewrap(config),
    ...(await checkSandbox(config)),
    await checkLab(config),
    checkBuild(config),
    await attempt('data', () => {
      tryDataDir(config);
      return Promise.resolve(`${config.dataDir} can be written to`);
    }),
    await checkDisk(config),
    await attempt('store', async () => {
      const { engine, durability, attempts } = await describeStore(config);
      return `${engine}, durability ${durability}, ${attempts} attempts kept`;
    }),
    await attempt('address', async () => {
      await tryAddress(config);
      return `${config.host}, port ${config.port}: free`;
    }),
  ];
}
