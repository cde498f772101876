import type {
  ErrorPlace,
  Limits,
  Outcome,
  RunError,
  RunResult,
  Versions,
} from '#lib/domain/run.ts';
import type { RunAnswer } from './answers.ts';
import { rowsFault } from './port.ts';

/** An error that is the sandbox's own word, not an exception of the program's. */
export function ownError(type: string, message: string, place: ErrorPlace = 'load'): RunError {
  return { type, message, line: null, place };
}

/** The result of a run that was not made. */
export function notRun(
  outcome: Extract<Outcome, 'busy' | 'infrastructure'>,
  message: string,
  runtime: { name: string; versions: Versions },
  limits: Limits,
): RunResult {
  const type = outcome === 'busy' ? 'Busy' : 'Sandbox';
  return {
    outcome,
    exit: null,
    stdout: '',
    stderr: '',
    truncated: { stdout: false, stderr: false },
    error: ownError(type, message),
    usage: { wallMs: 0, cpuMs: 0, peakBytes: 0 },
    limits,
    runtime,
    observations: null,
  };
}

/**
 * The result of a run whose fixture rows could not be made. Its outcome is that of the rows, so that
 * rows which the clock stopped are told from rows which raised.
 */
export function rowsFailed(rows: RunAnswer): RunAnswer {
  const why = rows.error
    ? `${rows.error.type}: ${rows.error.message}`
    : `they ended with ${rows.outcome}`;
  const line = rows.error?.line ?? null;
  const where = line === null ? '' : ` in line ${line}`;
  return {
    ...rows,
    outcome: rows.outcome === 'finished' ? 'error' : rows.outcome,
    error: {
      type: rowsFault,
      message: `The fixture's rows failed${where}, before the program started: ${why}`,
      line: null,
      place: 'load',
    },
    observations: null,
  };
}
