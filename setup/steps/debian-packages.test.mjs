import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { offerStartPackages, requireTestPackages, tryInstall } from './debian-packages.mjs';

const absent = [{ name: 'a-jail', isThere: () => false }];
const present = [{ name: 'a-jail', isThere: () => true }];

let folder;
let said;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-debian-'));
  said = '';
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** An apt-get that writes down what it was asked for. */
function fakeAptGet(exitCode) {
  const path = join(folder, 'apt-get');
  writeFileSync(
    path,
    `#!/bin/sh\necho "$@" >> ${folder}/asked\necho E: no such package\nexit ${exitCode}\n`,
  );
  chmodSync(path, 0o755);
}

const asked = () => readFileSync(join(folder, 'asked'), 'utf8');

const context = (options = {}) => ({
  root: folder,
  env: { PATH: `${folder}:/usr/bin:/bin` },
  isRoot: false,
  out: { write: (text) => (said += text) },
  ...options,
});

describe('the Debian packages of the start', () => {
  it('are left alone when they are there', async () => {
    await offerStartPackages(context(), present);
    expect(said).toContain('unchanged');
  });

  it('are told, and missed without stopping, when an ordinary user starts', async () => {
    fakeAptGet(0);
    await offerStartPackages(context(), absent);
    expect(said).toContain('sudo apt-get update && sudo apt-get install -y a-jail');
    expect(said).toContain('Code cannot be run');
    expect(() => asked()).toThrow('ENOENT');
  });

  it('are missed without stopping when apt-get fails', async () => {
    fakeAptGet(100);
    await offerStartPackages(context({ isRoot: true }), absent);
    expect(said).toContain('without a-jail');
  });

  it('are installed as root', async () => {
    fakeAptGet(0);
    await offerStartPackages(context({ isRoot: true }), absent);
    expect(asked()).toContain('install -y --no-install-recommends a-jail');
    expect(said).toContain('installed a-jail');
  });
});

describe('the Debian packages of the tests', () => {
  it('stop an ordinary user, with the command to run', async () => {
    fakeAptGet(0);
    const stopped = requireTestPackages(context(), absent);
    await expect(stopped).rejects.toMatchObject({
      message: 'Missing on this system: a-jail.',
      fix: 'sudo apt-get update && sudo apt-get install -y a-jail',
    });
  });

  it('stop where apt-get ran and changed nothing', async () => {
    fakeAptGet(0);
    await expect(requireTestPackages(context({ isRoot: true }), absent)).rejects.toThrow(
      'still missing: a-jail',
    );
  });
});

describe('tryInstall', () => {
  it('fetches the lists when the first try fails, and then says what apt-get said', async () => {
    fakeAptGet(100);
    const problem = await tryInstall(context({ isRoot: true }), ['a-jail'], () => undefined);
    expect(asked()).toContain('update');
    expect(problem.message).toBe('apt-get could not install a-jail.');
    expect(problem.fix).toBe('apt-get update && apt-get install -y a-jail');
    expect(problem.detail).toContain('E: no such package');
  });
});
