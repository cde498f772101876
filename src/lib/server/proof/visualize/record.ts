/** Runs a program with its steps recorded. */
import { setTimeout as wait } from 'node:timers/promises';
import { mostSteps, type Recording } from '#lib/domain/recording.ts';
import { hostOutcomes, type Outcome, type RunError } from '#lib/domain/run.ts';
import { rowsFault, type RunRequest } from '../../sandbox/port.ts';
import type { Bench } from '../observe.ts';

/** How long a run that met a busy host waits before it is tried once more, in milliseconds. */
const retryPause = 250;

/** What a busy host can bring about. */
const byHost: ReadonlySet<Outcome> = new Set([...hostOutcomes, 'time-limit', 'killed']);

/** What one recorded run came to. */
export interface RecordedRun {
  outcome: Outcome;
  error: RunError | null;
  recording: Recording | null;
}

/** Runs it, once more where the host may be to blame. Never rejects. */
export async function record(bench: Bench, request: RunRequest): Promise<RecordedRun> {
  const asked = { ...request, limits: bench.limits, record: mostSteps };
  const first = await recordOnce(bench, asked);
  if (!byHost.has(first.outcome)) return first;
  await wait(retryPause);
  return recordOnce(bench, asked);
}

/** Why a run says nothing of its program; null: it does. */
export function troubleOf({ outcome, error, recording }: RecordedRun): string | null {
  if (hostOutcomes.has(outcome)) {
    const said = error?.message ? ` (${error.message})` : '';
    return `the sandbox was ${outcome === 'busy' ? 'busy' : 'not able to run it'}${said}`;
  }
  if (error?.type === rowsFault && (outcome === 'time-limit' || outcome === 'killed')) {
    return error.message;
  }
  const isEnded = outcome === 'finished' && error === null;
  return isEnded && recording === null ? 'the run left no recording that can be read' : null;
}

async function recordOnce({ sandbox }: Bench, request: RunRequest): Promise<RecordedRun> {
  try {
    const { outcome, error, recording = null } = await sandbox.run(request);
    return { outcome, error, recording };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      outcome: 'infrastructure',
      error: { type: 'Sandbox', message, line: null, place: 'load' },
      recording: null,
    };
  }
}
