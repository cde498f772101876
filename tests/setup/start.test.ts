import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSmallTree, type Finished, type SmallTree } from './small-tree.ts';

const INSTALLED = ['npm', 'venv', 'pip', 'pip', 'compileall', 'vite', 'prepare', 'serve'];
const STACK = /^\s+at .+:\d+:\d+\)?$/m;

let tree: SmallTree;

beforeEach(() => {
  tree = makeSmallTree();
});

afterEach(() => {
  tree.remove();
});

const start = (env: Record<string, string> = {}) => tree.run('setup/start.mjs', [], { env });

function expectProblem({ code, stdout, stderr }: Finished, what: string, fix: string): void {
  expect(stderr).toContain('What is wrong:');
  expect(stderr).toContain(what);
  expect(stderr).toContain(fix);
  expect(stdout + stderr).not.toMatch(STACK);
  expect(code).toBe(1);
}

describe('npm start', () => {
  it('installs, builds, proves and serves, and tells each step', async () => {
    const { code, stdout, stderr } = await start();
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(tree.calls()).toEqual(INSTALLED);
    expect(stdout).toMatch(/npm packages +done \([\d.]+ s\)/);
    expect(stdout).toContain('Assay is ready at http://localhost:3000\n');
  });

  it('does nothing again that has not changed', async () => {
    await start();
    const { stdout } = await start();
    expect(tree.calls()).toEqual([...INSTALLED, 'prepare', 'serve']);
    expect(stdout.match(/unchanged/g)).toHaveLength(4);
  });

  it.each([
    ['package-lock.json', '{ "changed": true }\n', ['npm', 'vite']],
    ['sandbox/requirements/django-5.2.txt', '# changed\n', ['venv', 'pip', 'pip', 'compileall']],
    ['src/Page.svelte', 'changed', ['vite']],
    ['src/page-title.test.ts', 'a test', []],
  ])('does again only what depends on %s', async (path, text, steps) => {
    await start();
    tree.write(path, text);
    await start();
    expect(tree.calls().slice(INSTALLED.length)).toEqual([...steps, 'prepare', 'serve']);
  });

  it('does an interrupted installation again', async () => {
    const whole = readFileSync(join(tree.folder, 'fakes/npm'), 'utf8');
    tree.fake('npm', `echo half >> ${tree.folder}/calls; kill -TERM $PPID; exec sleep 20`);
    const interrupted = await start();
    expect(interrupted.code).toBe(143);
    expect(interrupted.stderr).toContain('redone at the next start');
    tree.fake('npm', whole);
    expect((await start()).code).toBe(0);
    expect(tree.calls()).toEqual(['half', ...INSTALLED]);
  });

  it('lets two starts at once install once', async () => {
    const both = await Promise.all([start(), start()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(tree.calls().filter((name) => name === 'npm')).toHaveLength(1);
    expect(tree.calls().filter((name) => name === 'vite')).toHaveLength(1);
    expect(both.map(({ stdout }) => stdout).join('')).toContain('another one is at work here');
  });

  it('hands SIGTERM to the server and ends as it ends', async () => {
    const { code, stdout } = await tree.run('setup/start.mjs', [], {
      env: { SERVE_FOREVER: '1' },
      stopAt: 'Assay is ready',
    });
    expect(stdout).toContain('ended in order');
    expect(code).toBe(0);
  });

  it('serves when an exercise is refuted, and not when proving went wrong otherwise', async () => {
    expect((await start({ PREPARE_EXIT: '1' })).stdout).toContain('Assay is ready');
    const failed = await start({ PREPARE_EXIT: '2' });
    expect(failed.code).toBe(2);
    expect(failed.stdout).not.toContain('Assay is ready');
  });

  it('stops at a wrong setting before it installs Python or builds', async () => {
    expect((await start({ SETTINGS_EXIT: '1' })).code).toBe(1);
    expect(tree.calls()).toEqual(['npm']);
  });
});

describe('npm start, where something is missing or wrong', () => {
  it('says that npm cannot reach its registry', async () => {
    tree.fake(
      'npm',
      `echo 'npm error code EAI_AGAIN
npm error request to the registry failed
npm error     at ClientRequest.emit (node:events:518:28)' >&2; exit 1`,
    );
    expectProblem(await start(), 'cannot reach its package registry', 'Check the network');
  });

  it('says that the disk is full', async () => {
    tree.fake('npm', `echo 'npm error code ENOSPC' >&2; exit 1`);
    expectProblem(await start(), 'The disk is full', 'Make room');
  });

  it('says that the disk is full when Python or the build meets it', async () => {
    tree.write('node_modules/vite/bin/vite.js', '');
    tree.fake(
      'npm',
      `mkdir -p node_modules/.bin node_modules/vite/bin; ln -sf ${process.execPath} node_modules/.bin/node
echo "console.error('ENOSPC: no space left on device, write'); process.exit(1)" > node_modules/vite/bin/vite.js`,
    );
    expectProblem(await start(), 'The disk is full (the build could not write)', 'Make room');
  });

  it('says that the Node that npm brought does not run here', async () => {
    tree.fake('npm', `mkdir -p node_modules/.bin; ln -sf /bin/false node_modules/.bin/node`);
    expectProblem(await start(), 'does not run on this system', 'glibc');
  });

  it('says that an interpreter is missing, and that it may be named', async () => {
    const missing = await start({ ASSAY_PYTHON: '/nowhere/python3' });
    expectProblem(missing, '/nowhere/python3, and that will not do: there is no such file', 'venv');
  });

  it('says that the venv module is missing', async () => {
    tree.fake(
      'python3',
      `echo '{"version":"3.11.2","venv":false,"executable":"/bin/sh","library":"/bin/sh"}'`,
    );
    expectProblem(await start(), 'its venv module (with ensurepip) is missing', 'ASSAY_PYTHON');
  });

  it('says that a package is not the one that was pinned', async () => {
    tree.fake(
      'python3',
      `case "$2 $3" in
  -c*) echo '{"version":"3.11.2","venv":true,"executable":"${tree.folder}/fakes/python3","library":"/bin/sh"}';;
  "-m venv") mkdir -p "$4/bin" && cp "$0" "$4/bin/python";;
  *) echo 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE' >&2; exit 1;;
esac`,
    );
    expectProblem(
      await start(),
      'is not the one sandbox/requirements/django-5.2.txt names',
      'Try again',
    );
  });

  it('says that the tree may not be written to', async () => {
    tree.write('.assay', 'a file where a folder should be');
    const { stderr, code } = await start();
    expect(stderr).toContain('What is wrong:');
    expect(stderr).not.toMatch(STACK);
    expect(code).toBe(1);
  });
});
