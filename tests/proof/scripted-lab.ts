/** A lab that answers from a script: for what no real one does on demand. */
import { clientOf, type LabResult, type LabSpan } from '../../src/lib/domain/lab.ts';
import type { Lab, LabRequest } from '../../src/lib/server/sandbox/lab-port.ts';

export interface ScriptedRun extends Partial<Omit<LabResult, 'client' | 'spans' | 'upstream'>> {
  /** Views open at once; all requests when left out. */
  open?: number;
  /** Calls open at the upstream at once. */
  upstreamOpen?: number;
  /** Until the last answer. */
  wallMs?: number;
  /** Of every answer. */
  status?: number;
  /** How late the waits of the upstream ended, in milliseconds. */
  lateMs?: number;
}

export interface ScriptedLab extends Lab {
  /** Every request to run, in order. */
  asked: LabRequest[];
}

/**
 * @param script - What a run comes to; the second argument is how often this program was run before.
 * @param problem - Why nothing can be run; empty: it can.
 */
export function scriptedLab(
  script: (request: LabRequest, before: number) => ScriptedRun,
  problem = '',
): ScriptedLab {
  const asked: LabRequest[] = [];
  return {
    asked,
    runLab: async (request) => {
      const before = asked.filter(({ program }) => program === request.program).length;
      asked.push(request);
      return resultOf(request, script(request, before));
    },
    state: async () => ({
      ...{ ready: problem === '', tier: problem === '' ? 'full' : 'none', problem, canaries: [] },
    }),
    close: async () => undefined,
  };
}

function resultOf({ requests = 1, waitMs = 0 }: LabRequest, run: ScriptedRun): LabResult {
  const { open = requests, upstreamOpen = open, wallMs = 100, status = 200, ...others } = run;
  const { lateMs = 1, ...rest } = others;
  const span = (request: number): LabSpan => ({
    ...{ request, process: 1, thread: 'loop', entered: 0, left: 10, ticks: 3, waits: [] },
  });
  const numbers = Array.from({ length: requests }, (_, index) => index + 1);
  return {
    ...{ outcome: 'finished', error: null, stdout: '', stderr: '' },
    truncated: { stdout: false, stderr: false },
    client: clientOf(
      numbers.map((request) => ({
        ...{ request, sent: 0, connected: 0, answered: wallMs * 1000, status, error: null },
      })),
    ),
    upstream: {
      ...{ count: requests, maxOpen: upstreamOpen },
      calls: numbers.map(() => [0, (waitMs + lateMs) * 1000]),
    },
    ...{ loop: { ticks: 3, longestGapMs: 2 }, cut: false, retryAfterSeconds: null },
    spans: numbers.slice(0, open).map(span),
    usage: { wallMs, cpuMs: 1, peakBytes: 1 },
    limits: { wallMs: 1, cpuMs: 1, memoryBytes: 1, outputBytes: 1, diskBytes: 1, files: 1 },
    runtime: { name: 'django-5.2', versions: { django: '5.2', uvicorn: '0.1' } },
    ...rest,
  };
}
