import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { candidates, closedFor, findInterpreter, isFitVersion } from './python-interpreter.mjs';

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-python-'));
  chmodSync(folder, 0o755);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A program that answers as an interpreter would. */
function fakePython(name, { version = '3.11.2', venv = true, place = folder } = {}) {
  const path = join(place, name);
  const answer = JSON.stringify({ version, venv, executable: path, library: path });
  writeFileSync(path, `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(path, 0o755);
  return path;
}

const context = (options = {}) => ({
  root: folder,
  env: { PATH: process.env.PATH },
  out: { write: () => true },
  isRoot: false,
  ...options,
});

describe('findInterpreter', () => {
  it('takes the first that will do', async () => {
    const old = fakePython('old', { version: '3.10.1' });
    const good = fakePython('good', { version: '3.12.4' });
    const { interpreter } = await findInterpreter(context(), [join(folder, 'none'), old, good]);
    expect(interpreter).toEqual({ path: good, version: '3.12.4' });
  });

  it('says that there is no Python', async () => {
    const { problem } = await findInterpreter(context(), [join(folder, 'none')]);
    expect(problem.message).toBe('Python was not found.');
    expect(problem.fix).toContain('sudo apt-get install -y python3 python3-venv');
  });

  it('says that the venv module is missing, and how to get it', async () => {
    const bare = fakePython('bare', { venv: false });
    const { problem, lacksVenv } = await findInterpreter(context(), [bare]);
    expect(lacksVenv).toBe(true);
    expect(problem.message).toContain(`venv module is missing (${bare}`);
    expect(problem.fix).toContain('apt-get install -y python3-venv');
  });

  it('says of each one why it will not do', async () => {
    const old = fakePython('old', { version: '3.10.1' });
    const next = fakePython('next', { version: '3.14.0' });
    const { problem } = await findInterpreter(context(), [old, next]);
    expect(problem.detail).toContain(`${old}: it is Python 3.10.1`);
    expect(problem.detail).toContain(`${next}: it is Python 3.14.0`);
  });

  it('as root, passes over one that ordinary users may not read', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    const path = fakePython('python3', { place: closed });
    chmodSync(closed, 0o700);
    const open = fakePython('open');
    const found = await findInterpreter(context({ isRoot: true }), [path, open]);
    expect(found.interpreter?.path).toBe(open);
    const { problem } = await findInterpreter(context({ isRoot: true }), [path]);
    expect(problem.detail).toContain(`ordinary users may not read ${closed}`);
  });

  it('says that an interpreter does not start', async () => {
    const path = join(folder, 'broken');
    writeFileSync(path, '#!/bin/sh\nexit 3\n');
    chmodSync(path, 0o755);
    const { problem } = await findInterpreter(context(), [path]);
    expect(problem.detail).toContain('it does not start (exit 3)');
  });

  it('says that this user may not run an interpreter', async () => {
    const path = join(folder, 'locked');
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o600);
    const { problem } = await findInterpreter(context(), [path]);
    expect(problem.detail).toContain('this user may not read it');
  });

  it('holds to ASSAY_PYTHON alone, and names it in its problem', async () => {
    const env = { ASSAY_PYTHON: fakePython('old', { version: '3.9.0' }) };
    const { problem } = await findInterpreter(context({ env }));
    expect(problem.message).toContain(`ASSAY_PYTHON is ${env.ASSAY_PYTHON}`);
    expect(problem.message).toContain('Python 3.9.0');
  });
});

describe('candidates', () => {
  it('are the system, then the PATH, each once', () => {
    const list = candidates({}, (name) =>
      name === 'python3' ? '/usr/bin/python3' : `/opt/${name}`,
    );
    expect(list[0]).toBe('/usr/bin/python3.11');
    expect(list.filter((path) => path === '/usr/bin/python3')).toHaveLength(1);
    expect(list).toContain('/opt/python3.12');
  });
});

describe('isFitVersion', () => {
  it.each(['3.11.0', '3.12.9', '3.13.1'])('accepts %s', (version) => {
    expect(isFitVersion(version)).toBe(true);
  });

  it.each(['2.7.18', '3.10.14', '3.14.0', '4.11.0'])('refuses %s', (version) => {
    expect(isFitVersion(version)).toBe(false);
  });
});

describe('closedFor', () => {
  it('finds the folder that others may not pass', () => {
    const inner = join(folder, 'a', 'b');
    mkdirSync(inner, { recursive: true });
    const file = join(inner, 'python');
    writeFileSync(file, '');
    chmodSync(file, 0o644);
    expect(closedFor(file)).toBeNull();
    chmodSync(join(folder, 'a'), 0o750);
    expect(closedFor(file)).toBe(join(folder, 'a'));
    chmodSync(join(folder, 'a'), 0o755);
    chmodSync(file, 0o640);
    expect(closedFor(file)).toBe(file);
  });
});
