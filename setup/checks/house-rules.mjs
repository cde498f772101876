/**
 * What the other tools do not look at: how long files are, what they are called, and notes that
 * something is still to be done. `node setup/checks/house-rules.mjs [FOLDER]` prints what it finds.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const WARN_LINES = 300;
const FAIL_LINES = 500;
const CODE = new Set(['.ts', '.js', '.mjs', '.cjs', '.svelte', '.css', '.py', '.html', '']);
const SKIPPED_FOLDERS = new Set([
  'node_modules',
  'build',
  'coverage',
  'fixtures',
  'static',
  'content',
  'answers',
  'test-results',
  'playwright-report',
  '__pycache__',
]);
const VAGUE = ['utils', 'util', 'helpers', 'helper', 'misc', 'common', 'manager', 'base'];
const PASCAL = /^[A-Z][A-Za-z0-9]*(\.svelte\.test)?$/;
const KEBAB = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const SNAKE = /^_{0,2}[a-z0-9]+(_[a-z0-9]+)*_{0,2}$/;
// Written in two halves, so that this file is not its own first finding.
const UNFINISHED = new RegExp(
  `(^|[^\\w-])(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`,
);

/**
 * @typedef {{ file: string, line?: number, level: 'error' | 'warning', found: string, fix: string }} Finding
 */

/**
 * All findings in a folder's own files: what tools made, installed or were given as a fixture is left out.
 * @param {string} root
 * @returns {Finding[]}
 */
export function findHouseRuleBreaks(root) {
  return ownFiles(root).flatMap((path) => {
    const file = relative(root, path);
    return [...nameFindings(file), ...textFindings(file, readFileSync(path, 'utf8'))];
  });
}

/** @returns {Finding[]} What is wrong with the name of a file. */
export function nameFindings(file) {
  const name = basename(file);
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  const said = stem.replace(/^\+/, '').split('.')[0].toLowerCase();
  const findings = [];
  if (VAGUE.includes(said)) {
    findings.push(
      error(
        file,
        `the name "${said}" says nothing`,
        'name the idea; if there is none, the content belongs elsewhere',
      ),
    );
  }
  if (said === 'index' && /^src\/.*\.[jt]s$/.test(file)) {
    findings.push(error(file, 'an index file', 'name it after what it holds, and import that'));
  }
  // SvelteKit's own names begin with +; Python's modules cannot hold a hyphen.
  if (name.startsWith('+')) return findings;
  if (extension === '.py') {
    if (!SNAKE.test(stem))
      findings.push(error(file, 'not snake_case', 'Python files are snake_case.py'));
  } else if (extension === '.svelte') {
    if (!PASCAL.test(stem))
      findings.push(error(file, 'not PascalCase', 'components are PascalCase.svelte'));
  } else if (['.ts', '.js', '.mjs', '.cjs', '.css'].includes(extension)) {
    const isComponentTest = /\.svelte\.test$/.test(stem) && PASCAL.test(stem);
    if (!KEBAB.test(stem) && !isComponentTest)
      findings.push(error(file, 'not kebab-case', 'files are kebab-case'));
  }
  return findings;
}

/** @returns {Finding[]} What is wrong with the text of a file. */
export function textFindings(file, text) {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const findings = [];
  if (lines.length > FAIL_LINES) {
    findings.push(
      error(file, `${lines.length} lines; at most ${FAIL_LINES}`, 'divide it where its ideas part'),
    );
  } else if (lines.length > WARN_LINES) {
    const found = `${lines.length} lines; over ${WARN_LINES}`;
    findings.push({ file, level: 'warning', found, fix: 'think where its ideas part' });
  }
  for (const [index, line] of lines.entries()) {
    if (UNFINISHED.test(line)) {
      const fix = 'do it, or write an issue and take the note away';
      findings.push({
        ...error(file, 'a note that something is unfinished', fix),
        line: index + 1,
      });
    }
  }
  return findings;
}

function error(file, found, fix) {
  return { file, level: 'error', found, fix };
}

function ownFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      // Folders with a dot are other programs', but for the script of our CI.
      const isSkipped =
        SKIPPED_FOLDERS.has(entry.name) || (entry.name.startsWith('.') && entry.name !== '.ci');
      return isSkipped ? [] : ownFiles(path);
    }
    return entry.isFile() && CODE.has(extname(entry.name)) && entry.name !== 'LICENSE'
      ? [path]
      : [];
  });
}

function printFindings(findings) {
  for (const { file, line, level, found, fix } of findings) {
    const place = line ? `${file}:${line}` : file;
    console.log(`${level}: ${place}: ${found}. What to do: ${fix}.`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const findings = findHouseRuleBreaks(process.argv[2] ?? process.cwd());
  printFindings(findings);
  process.exitCode = findings.some(({ level }) => level === 'error') ? 1 : 0;
}
