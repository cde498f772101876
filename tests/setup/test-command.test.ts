import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSmallTree, type SmallTree } from './small-tree.ts';

let tree: SmallTree;

beforeEach(() => {
  tree = makeSmallTree();
});

afterEach(() => {
  tree.remove();
});

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

// Most programs of the checks are not there in the small tree: those checks fail to start.
describe('npm test', () => {
  it('ends with the verdict alone on its line, and exit code 1, when checks fail', async () => {
    for (const name of ['chromium', 'nginx', 'initdb', 'strace']) tree.fake(name, '');
    const { code, stdout } = await tree.run('setup/test.mjs', [], { env: { CI: 'true' } });
    // The house rules pass, which need no other program, and so do the build and the lessons, which are
    // stand-ins; six checks and three runs of vitest fail.
    expect(lastLine(stdout)).toBe('3 passed, 9 failed');
    expect(code).toBe(1);
  });

  it('ends with a failed verdict when it cannot be set up', async () => {
    tree.fake('npm', `echo 'npm error code ENOTFOUND' >&2; exit 1`);
    const { code, stdout } = await tree.run('setup/test.mjs');
    expect(stdout).toContain('cannot reach its package registry');
    expect(lastLine(stdout)).toBe('0 passed, 1 failed');
    expect(code).toBe(1);
  });
});

describe('npm run check', () => {
  it('says of each check that it failed, and what to do', async () => {
    const { code, stdout } = await tree.run('setup/check.mjs');
    expect(stdout).toMatch(/format +0 passed, 1 FAILED/);
    expect(stdout).toContain('npx prettier --write .');
    expect(lastLine(stdout)).toMatch(/^\d+ passed, \d+ failed$/);
    expect(code).toBe(1);
  });
});

describe('npm run bench', () => {
  it('says that there is none where there is none, and fails when one fails', async () => {
    const none = await tree.run('setup/bench.mjs');
    expect(none.stdout).toContain('There are no benchmarks yet');
    tree.write('tests/bench/a.bench.ts', "console.log('measured')");
    tree.write('tests/bench/b.bench.ts', 'process.exitCode = 3');
    const some = await tree.run('setup/bench.mjs');
    expect(some.stdout).toContain('measured');
    expect(some.code).toBe(1);
  });

  it('runs those alone that are named, and says which there are when one is not', async () => {
    tree.write('tests/bench/a.bench.ts', "console.log('measured')");
    tree.write('tests/bench/b.bench.ts', 'process.exitCode = 3');
    const one = await tree.run('setup/bench.mjs', ['a']);
    expect(one.stdout).toContain('measured');
    expect(one.code).toBe(0);
    const none = await tree.run('setup/bench.mjs', ['c']);
    expect(none.stdout + none.stderr).toContain('There are: a, b.');
    expect(none.code).toBe(1);
  });
});
