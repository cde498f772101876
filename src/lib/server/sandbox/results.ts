import type {
  ErrorPlace,
  Limits,
  Outcome,
  RunFailure,
  RunResult,
  Versions,
} from '#lib/domain/run.ts';
import type { AppsFault, RunAnswer } from './answers.ts';
import { rowsFault } from './port.ts';

/** An error that is the sandbox's own word, not an exception of the program's. */
export function ownError(type: string, message: string, place: ErrorPlace = 'load'): RunFailure {
  return { type, message, line: null, place, frames: [] };
}

/** What is said of a run that was not made. */
export interface NotRun {
  outcome: Extract<Outcome, 'busy' | 'infrastructure' | 'killed' | 'error'>;
  error: RunFailure;
  retryAfterSeconds?: number;
}

/** The result of a run that was not made. */
export function notRun(
  { outcome, error, retryAfterSeconds }: NotRun,
  runtime: { name: string; versions: Versions },
  limits: Limits,
): RunResult {
  return {
    outcome,
    exit: null,
    stdout: '',
    stderr: '',
    truncated: { stdout: false, stderr: false },
    error,
    usage: { wallMs: 0, cpuMs: 0, peakBytes: 0 },
    limits,
    runtime,
    retryAfterSeconds: retryAfterSeconds ?? null,
    observations: null,
  };
}

/** The host cannot run it. */
export function unable(message: string): NotRun {
  return { outcome: 'infrastructure', error: ownError('Sandbox', message) };
}

/** Too many wait; `isOwners`: too many of one owner's. */
export function busy(retryAfterSeconds: number, isOwners: boolean): NotRun {
  const whose = isOwners ? 'of your programs are' : 'programs are';
  const seconds = retryAfterSeconds === 1 ? 'a second' : `${retryAfterSeconds} seconds`;
  const message = `Too many ${whose} waiting. Try again in ${seconds}.`;
  const error = ownError(isOwners ? 'BusyOwner' : 'Busy', message);
  return { outcome: 'busy', error, retryAfterSeconds };
}

/** Whoever asked has gone before it began. */
export function cancelled(): NotRun {
  const message = 'Whoever asked for the run no longer waits for it.';
  return { outcome: 'killed', error: ownError('Cancelled', message) };
}

/** The fixture's apps cannot be installed: an author's mistake, told like one in the rows. */
export function appsFailed({ file, type, message, line }: AppsFault): NotRun {
  const where = line === null ? file : `${file}, line ${line},`;
  return {
    outcome: 'error',
    error: ownError(
      rowsFault,
      `The fixture's ${where} failed before the program started: ${type}: ${message}`,
    ),
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
      frames: [],
    },
    observations: null,
  };
}
