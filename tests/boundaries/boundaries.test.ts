import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findRoot } from '#config';

const run = promisify(execFile);
const root = findRoot();
const fixtures = join(import.meta.dirname, 'fixtures');
const configPath = join(root, '.dependency-cruiser.cjs');
const config = createRequire(import.meta.url)(configPath) as { forbidden: { name: string }[] };
const rules = config.forbidden.map((rule) => rule.name);

interface Violation {
  from: string;
  rule: { name: string };
}

/** Runs dependency-cruiser on a tree as `npm run check` does. */
async function violations(folder: string, ...paths: string[]): Promise<Violation[]> {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [cruiser, '--config', configPath, '--output-type', 'json', ...paths];
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  // It exits with the number of violations: what it prints counts.
  const { stdout } = await run(process.execPath, args, options).catch(
    (error: { stdout: string }) => error,
  );
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

const rulesBroken = (found: Violation[]) => [...new Set(found.map(({ rule }) => rule.name))];

describe('the directions of imports', () => {
  it.each(rules)('%s bites on a tree that breaks it, and no other rule does', async (rule) => {
    const folder = join(fixtures, rule);
    const found = await violations(
      folder,
      ...readdirSync(folder).filter((name) => !name.endsWith('.json')),
    );
    expect(rulesBroken(found)).toEqual([rule]);
  });

  it.each([
    ['pages-show-only', ['src/lib/ui/Card.svelte', 'src/routes/learn/+page.svelte']],
    ['web-edge-is-thin', ['src/hooks.server.ts', 'src/routes/learn/+page.server.ts']],
    ['kit-stays-at-the-web-edge', ['src/cli/verify.ts', 'src/lib/server/store/keep.ts']],
    ['use-cases-know-types-only', ['src/lib/server/use-cases/submit-attempt.ts']],
  ])('%s names each file that breaks it, and only those', async (rule, files) => {
    const found = await violations(join(fixtures, rule), 'src');
    expect(found.map(({ from }) => from).sort()).toEqual(files);
  });

  it('are kept by our own tree', async () => {
    const found = await violations(root, 'src', 'setup');
    expect(found.map(({ from, rule }) => `${rule.name}: ${from}`)).toEqual([]);
  });
});

describe('dead code', () => {
  it('is found: a file that nobody imports, and an export that nobody uses', async () => {
    const knip = join(root, 'node_modules/knip/bin/knip.js');
    const { stdout } = await run(process.execPath, [knip, '--no-progress', '--reporter=json'], {
      cwd: join(fixtures, 'dead-code'),
    }).catch((error: { stdout: string }) => error);
    expect(stdout).toContain('forgotten.ts');
    expect(stdout).toContain('usedByNobody');
    expect(stdout).not.toContain('"used"');
  });
});

describe('lint', () => {
  it.each([
    ['default-export.ts', 'no-restricted-exports'],
    ['any.ts', '@typescript-eslint/no-explicit-any'],
    ['unfinished.ts', 'no-warning-comments'],
  ])('%s breaks %s', async (file, rule) => {
    const eslint = join(root, 'node_modules/eslint/bin/eslint.js');
    const path = join(fixtures, 'lint/src', file);
    const { stdout } = await run(
      process.execPath,
      [
        eslint,
        '--no-ignore',
        '--format=json',
        '--no-config-lookup',
        '--config',
        join(fixtures, 'lint/eslint.config.js'),
        path,
      ],
      { cwd: root },
    ).catch((error: { stdout: string }) => error);
    const [result] = JSON.parse(stdout) as { messages: { ruleId: string }[] }[];
    expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual([rule]);
  });
});
