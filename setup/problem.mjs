/**
 * A problem is something that the person at the keyboard can mend: it says what is wrong and what to
 * do, and it ends the process with code 1. Anything else that is thrown is a bug in the set-up itself;
 * even then nobody is shown a stack trace unless they ask for one with ASSAY_LOG_LEVEL=debug.
 */

/** What is wrong, in one sentence; what to do about it; and, where it helps, the tail of a log. */
export class Problem extends Error {
  /**
   * @param {string} what - What is wrong.
   * @param {string} fix - What to do, as a sentence or as commands, one on each line.
   * @param {string} [detail] - Output of the tool that failed; only its last lines are shown.
   */
  constructor(what, fix, detail = '') {
    super(what);
    this.name = 'Problem';
    this.fix = fix;
    this.detail = detail;
  }
}

const DETAIL_LINES = 12;
const STACK_LINE = /^\s*(npm (error|ERR!)\s+)?at .+:\d+:\d+\)?( \{)?$/;
const EMPTY_LINE = /^\s*(npm (error|ERR!))?\s*$/;

/** The last lines of a tool's output that say something: no stack frames, no empty lines. */
export function tail(output, lines = DETAIL_LINES) {
  return output
    .split(/\r?\n/)
    .filter((line) => !EMPTY_LINE.test(line) && !STACK_LINE.test(line))
    .slice(-lines)
    .join('\n');
}

/** Turns whatever was thrown into a problem that a person can act on. */
export function toProblem(thrown) {
  if (thrown instanceof Problem) return thrown;
  const code = thrown?.code;
  const path = thrown?.path ? ` (${thrown.path})` : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path);
  if (code === 'EROFS') {
    return new Problem(
      `The disk is read-only${path}.`,
      'Put Assay into a folder that can be written to.',
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new Problem(
      `A file or folder may not be written by this user${path}.`,
      'Run as the user who owns the folder, or give that user the folder: chown -R <user> <folder>',
    );
  }
  return new Problem(
    `The set-up itself failed: ${thrown?.message ?? thrown}`,
    'This is a bug in Assay. Please report it, with the output of: ASSAY_LOG_LEVEL=debug npm start',
    process.env.ASSAY_LOG_LEVEL === 'debug' ? String(thrown?.stack ?? '') : '',
  );
}

/** The disk has no room; `where` is added to the sentence, or empty. */
export function diskFull(where = '', detail = '') {
  return new Problem(
    `The disk is full${where}.`,
    'Make room (`df -h .` shows how much there is), then start again: what was begun is redone.',
    detail,
  );
}

/** True when a tool's output says that the disk is full. */
export function saysDiskFull(output) {
  return /ENOSPC|No space left on device|EDQUOT|Disk quota exceeded/i.test(output);
}

/** The text of a problem as it is shown. */
export function formatProblem(problem) {
  const lines = [
    '',
    `  What is wrong: ${problem.message}`,
    `  What to do:    ${problem.fix.replace(/\n/g, '\n                 ')}`,
  ];
  if (problem.detail) {
    const shown = process.env.ASSAY_LOG_LEVEL === 'debug' ? problem.detail : tail(problem.detail);
    if (shown) lines.push('', '  The last lines it printed:', shown.replace(/^/gm, '    '));
  }
  return `${lines.join('\n')}\n\n`;
}

/** Prints a problem and sets exit code 1; the process ends by itself, so that the text is not cut. */
export function printProblem(thrown, err = process.stderr) {
  err.write(formatProblem(toProblem(thrown)));
  process.exitCode = 1;
}
