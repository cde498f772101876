/** The checks that read the code without running it. Each is a program; exit code 0 is a pass. */
import { join } from 'node:path';
import { pinnedEnvironment, pinnedNode } from '../context.mjs';
import { runTool } from '../process.mjs';

/** @typedef {{ name: string, commands: string[][], fix: string }} Check */

const bin = (root, name) => join(root, 'node_modules', '.bin', name);

/**
 * All checks, the quick ones first.
 * @param {string} root
 * @returns {Check[]}
 */
export function listChecks(root) {
  const node = pinnedNode(root);
  const ruff = join(root, '.venv', 'bin', 'ruff');
  return [
    {
      name: 'format',
      commands: [[bin(root, 'prettier'), '--check', '--log-level=warn', '.']],
      fix: 'npx prettier --write .',
    },
    {
      name: 'house rules',
      commands: [[node, join(root, 'setup', 'checks', 'house-rules.mjs'), root]],
      fix: 'see what each finding says',
    },
    {
      name: 'python',
      commands: [
        [ruff, 'check', '--quiet', '.'],
        [ruff, 'format', '--check', '--quiet', '.'],
      ],
      fix: '.venv/bin/ruff check --fix . && .venv/bin/ruff format .',
    },
    {
      name: 'boundaries',
      commands: [
        [
          bin(root, 'depcruise'),
          '--config',
          '.dependency-cruiser.cjs',
          '--output-type',
          'err-long',
          'src',
          'setup',
        ],
      ],
      fix: 'docs/architecture.md says who may import whom, and why',
    },
    {
      name: 'types',
      commands: [
        [bin(root, 'svelte-kit'), 'sync'],
        [
          bin(root, 'svelte-check'),
          '--fail-on-warnings',
          '--output',
          'human',
          '--tsconfig',
          './tsconfig.json',
        ],
      ],
      fix: 'see what each finding says',
    },
    {
      name: 'dead code',
      commands: [[bin(root, 'knip'), '--no-progress', '--no-config-hints']],
      fix: 'take it away, or say in knip.ts who uses it',
    },
    {
      name: 'lint',
      commands: [[bin(root, 'eslint'), '--max-warnings=0', '.']],
      fix: 'npx eslint --fix .',
    },
  ];
}

/**
 * Runs a check to its end, or to the first of its commands that fails.
 * @param {import('../context.mjs').Context} context
 * @param {Check} check
 * @returns {Promise<{ passed: boolean, output: string }>}
 */
export async function runCheck(context, check) {
  let output = '';
  for (const [command, ...args] of check.commands) {
    const result = await runTool(command, args, {
      cwd: context.root,
      env: { ...pinnedEnvironment(context), NO_COLOR: '1' },
    });
    output += result.output;
    if (result.code !== 0) return { passed: false, output };
  }
  return { passed: true, output };
}
