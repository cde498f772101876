/** The suites of `npm test` that run code: vitest's three projects, the proof of our lessons, the browser. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedEnvironment, pinnedNode, workFolder } from '../context.mjs';
import { findProgram, runTool } from '../process.mjs';
import { tallyCheck, tallyPlaywright, tallyVitest } from './tally.mjs';

const proveOurLessons = join('tests', 'setup', 'prove-our-lessons.ts');

/** @typedef {{ tally: import('./tally.mjs').Tally, output: string }} SuiteResult */

/**
 * @param {import('../context.mjs').Context} context
 * @param {'unit' | 'contract' | 'abuse'} project
 * @returns {Promise<SuiteResult>}
 */
export async function runVitest(context, project) {
  // What is wrong with a lesson is told by the tests themselves.
  if (project === 'contract') await runOurs(context, [proveOurLessons]);
  const file = freshReport(context, `vitest-${project}.json`);
  const { code, output } = await runOurs(context, [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return { tally: tallyVitest(readReport(file), code), output };
}

/** Proves our own lessons from nothing: one pass or failure. @returns {Promise<SuiteResult>} */
export async function runVerify(context) {
  const { code, output } = await runOurs(context, [join('src', 'cli', 'main.ts'), 'verify']);
  return { tally: tallyCheck(code === 0), output };
}

/** Whether there are tests for a browser. */
export function hasBrowserTests(root) {
  return existsSync(join(root, 'playwright.config.ts'));
}

/** @returns {Promise<SuiteResult>} */
export async function runPlaywright(context) {
  const file = freshReport(context, 'playwright.json');
  const { code, output } = await runOurs(
    context,
    [join('node_modules', '@playwright', 'test', 'cli.js'), 'test', '--reporter=line,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
      CHROMIUM: context.env.CHROMIUM ?? findProgram('chromium', context.env) ?? undefined,
    },
  );
  return { tally: tallyPlaywright(readReport(file), code), output };
}

function runOurs(context, args, env = {}) {
  return runTool(pinnedNode(context.root), args, {
    cwd: context.root,
    env: { ...pinnedEnvironment(context), NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
  });
}

// A report of an earlier run must not be taken for this one's.
function freshReport(context, name) {
  const file = join(workFolder(context.root, 'reports'), name);
  rmSync(file, { force: true });
  return file;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
