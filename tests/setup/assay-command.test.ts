import { symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSmallTree, type SmallTree } from './small-tree.ts';

let tree: SmallTree;

beforeEach(() => {
  tree = makeSmallTree();
});

afterEach(() => {
  tree.remove();
});

describe('./assay', () => {
  it('sets up what is missing, tells it on standard error, and hands over', async () => {
    const { code, stdout, stderr } = await tree.run('assay', ['echo', '--json', 'a b']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ args: ['--json', 'a b'], cwd: tree.folder });
    expect(stderr).toContain('npm packages');
    expect(tree.calls()).toEqual(['npm', 'venv', 'pip', 'pip', 'compileall', 'echo']);
  });

  it('says nothing of its own once all is there', async () => {
    await tree.run('assay', ['echo']);
    const { stderr } = await tree.run('assay', ['echo']);
    expect(stderr).toBe('');
    expect(tree.calls().slice(-2)).toEqual(['echo', 'echo']);
  });

  it("keeps the caller's folder", async () => {
    const { stdout } = await tree.run('assay', ['echo'], { cwd: tmpdir() });
    expect(JSON.parse(stdout)).toMatchObject({ cwd: tmpdir() });
  });

  it('ends as the command ends: with its exit code, or by its signal', async () => {
    expect(await tree.run('assay', ['fail'])).toMatchObject({ code: 7, signal: null });
    expect(await tree.run('assay', ['die'])).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  it('is found by npx, which looks in node_modules/.bin', async () => {
    await tree.run('assay', ['echo']);
    const { stdout } = await tree.run('node_modules/.bin/assay', ['echo', 'x']);
    expect(JSON.parse(stdout)).toMatchObject({ args: ['x'] });
  });

  it('works through a symbolic link from elsewhere', async () => {
    symlinkSync(join(tree.folder, 'assay'), join(tree.folder, 'fakes', 'assay-link'));
    const { stdout } = await tree.run('fakes/assay-link', ['echo']);
    expect(JSON.parse(stdout)).toMatchObject({ args: [] });
  });

  it('lets the doctor come even where Python is missing', async () => {
    const env = { ASSAY_PYTHON: '/nowhere/python3' };
    const doctor = await tree.run('assay', ['doctor'], { env });
    expect(doctor.stderr).toContain('there is no such file');
    expect(tree.calls()).toContain('doctor');
    const other = await tree.run('assay', ['echo'], { env });
    expect(other.code).toBe(1);
    expect(tree.calls()).not.toContain('echo');
  });
});
