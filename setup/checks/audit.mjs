/**
 * Asks npm's registry whether something grave is known of the packages that a site runs with. Not every registry answers
 * that, and no network is no finding: then it is told, and counts as neither passed nor failed.
 */
import { runTool } from '../process.mjs';

const grave = ['high', 'critical'];

/** @typedef {import('./suites.mjs').SuiteResult & { fix?: string }} AuditResult */

/** @returns {Promise<AuditResult>} */
export async function runAudit(context) {
  const { stdout } = await runTool(
    'npm',
    ['audit', '--json', '--omit=dev', '--audit-level=high', '--loglevel=silent'],
    { cwd: context.root, env: context.env },
  );
  return readAudit(stdout);
}

/**
 * What npm's answer means.
 * @param {string} answer - What `npm audit --json` has written.
 * @returns {AuditResult}
 */
export function readAudit(answer) {
  const report = parsed(answer);
  const counts = report?.metadata?.vulnerabilities;
  if (!counts || typeof counts !== 'object') return notAsked(report);
  const found = Object.values(report.vulnerabilities ?? {}).filter(({ severity }) =>
    grave.includes(severity),
  );
  const counted = grave.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0);
  if (found.length === 0 && counted === 0) {
    return { tally: { passed: 1, failed: 0, skipped: [] }, output: '' };
  }
  return {
    tally: { passed: 0, failed: 1, skipped: [] },
    output: found.map(lineOf).join('\n') || `${counted} packages with something grave`,
    fix: 'take a version without it: `npm audit` says which; say in the commit what it was',
  };
}

/** @returns {AuditResult} */
function notAsked(report) {
  const why = report?.error?.summary || report?.message || 'npm gave no answer that can be read';
  const first = String(why).trim().split('\n')[0];
  const skipped = [`the registry could not be asked (${first})`];
  return { tally: { passed: 0, failed: 0, skipped }, output: '' };
}

function lineOf({ name, severity, range, via = [] }) {
  const titles = via.filter((each) => typeof each === 'object').map(({ title }) => title);
  const said = titles.length > 0 ? titles.join('; ') : `through ${via.join(', ')}`;
  return `  ${name} ${range}: ${severity}. ${said}`;
}

function parsed(text) {
  const start = text.indexOf('{');
  try {
    return JSON.parse(text.slice(start, text.lastIndexOf('}') + 1));
  } catch {
    return null;
  }
}
