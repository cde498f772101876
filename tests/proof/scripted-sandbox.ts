/** A sandbox that answers from a script: for what no real one does on demand. */
import type { Recording } from '../../src/lib/domain/recording.ts';
import type { JsonValue, RunResult } from '../../src/lib/domain/run.ts';
import type { Expectation, RunRequest, Sandbox } from '../../src/lib/server/sandbox/port.ts';

export interface Scripted {
  outcome?: RunResult['outcome'];
  error?: RunResult['error'];
  values?: Record<string, JsonValue>;
  /** How many requests are open at once. */
  open?: number;
  /** What is left of the steps, where they are asked for. */
  recording?: Recording | null;
}

export interface ScriptedSandbox extends Sandbox {
  /** Every request to run, in order. */
  asked: RunRequest[];
}

/**
 * @param script - What a run does; the second argument is how often this program has run before.
 * @param judge - Whether an expectation holds on the observed values; null: it cannot be judged.
 */
export function scriptedSandbox(
  script: (request: RunRequest, before: number) => Scripted,
  judge: (expectation: Expectation, values: Record<string, JsonValue>) => boolean | null,
): ScriptedSandbox {
  const asked: RunRequest[] = [];
  return {
    asked,
    run: async (request) => {
      const before = asked.filter((each) => each.program === request.program).length;
      asked.push(request);
      const scripted = script(request, before);
      const { outcome = 'finished', error = null, values = {}, open = 0 } = scripted;
      const lived = outcome === 'finished' || outcome === 'error';
      return {
        ...{ outcome, exit: 0, stdout: '', stderr: '', error },
        truncated: { stdout: false, stderr: false },
        usage: { wallMs: Math.random(), cpuMs: 1, peakBytes: 1 },
        limits: { wallMs: 1, cpuMs: 1, memoryBytes: 1, outputBytes: 1, diskBytes: 1, files: 1 },
        runtime: { name: 'django-5.2', versions: { django: '5.2' } },
        retryAfterSeconds: null,
        observations: lived ? { version: 1, values: { ...values, open }, events: [] } : null,
        ...(request.record === undefined ? {} : { recording: scripted.recording ?? null }),
      };
    },
    judge: async ({ observations, expectations }) => ({
      judgements: expectations.map((expectation) => ({
        id: expectation.id,
        holds: judge(expectation, observations.values),
        error: null,
      })),
      counts: { 'handler.max_open': Number(observations.values['open']) },
    }),
    state: async () => ({ ready: true, tier: 'full', problem: '', canaries: [] }),
    versions: async () => ({ django: '5.2' }),
    close: async () => undefined,
  };
}
