/**
 * The lab: real servers under load. What a lab run can be asked for, what it answers with, and what can be
 * said of that. Times are microseconds on the monotonic clock, 0 being when the client began.
 */
import type { Limits, Outcome, RunFailure, Versions } from './run.ts';

/** uvicorn serves the ASGI application, gunicorn (`gthread`) the WSGI one. */
export const labServers = ['asgi', 'wsgi'] as const;
export type LabServer = (typeof labServers)[number];

/** The least and the most of each number of a load. */
export const labBounds = {
  workers: [1, 4],
  threads: [1, 64],
  requests: [1, 200],
  atOnce: [1, 200],
  waitMs: [0, 10_000],
  cpuMs: [0, 5_000],
} as const satisfies Record<string, readonly [number, number]>;

/** The servers, the load, and what the views are told of it. */
export interface LabLoad {
  server: LabServer;
  /** Worker processes. */
  workers: number;
  /** Threads of each worker; of `wsgi` only. */
  threads: number;
  requests: number;
  /** How many are open at a time; the next is sent when one was answered. */
  atOnce: number;
  /** What the program finds as `WAIT_MS`; its `UPSTREAM` takes so long to answer. */
  waitMs: number;
  /** What the program finds as `CPU_MS`. */
  cpuMs: number;
}

/** One request, as the client saw it: no code of the program's has a say in it. */
export interface LabRequestSeen {
  /** From 1. */
  request: number;
  sent: number;
  connected: number | null;
  /** When the answer was whole; null when it never was. */
  answered: number | null;
  status: number | null;
  /** Why there is no answer: the class of an exception; null, too, when the load was over before. */
  error: string | null;
}

/** One stay in a view, as the server's process told it: the program could have forged it. */
export interface LabSpan {
  request: number;
  /** Of the worker processes, from 1. */
  process: number;
  /** `loop`, or `thread-1`, ...: of that process. */
  thread: string;
  entered: number;
  /** Null when the view was never left. */
  left: number | null;
  /** Turns of the event loop meanwhile: 0 means that it was held, or that there is none. */
  ticks: number;
  /** From each await that gave up the thread, to its resumption; null: never resumed. */
  waits: [await: number, resumed: number | null][];
}

/** What was measured of one load by processes in which no learner code runs. */
export interface LabClient {
  requests: LabRequestSeen[];
  /** How many got a whole answer with a status below 400. */
  answered: number;
  /** From the first request sent to the last answer, in milliseconds. */
  wallMs: number;
  /** Answers a second; 0 when there is none. */
  perSecond: number;
  /** Of the answered ones, in milliseconds; null when there is none. */
  medianMs: number | null;
  /** The latency within which 95 of a hundred were answered. */
  p95Ms: number | null;
}

export interface LabResult {
  outcome: Outcome;
  error: RunFailure | null;
  stdout: string;
  stderr: string;
  truncated: { stdout: boolean; stderr: boolean };
  client: LabClient;
  upstream: {
    count: number;
    /** How many calls were open at once. */
    maxOpen: number;
    calls: [began: number, ended: number | null][];
  };
  /** Of uvicorn's event loops, from the first request on; null for gunicorn, which has none of its own. */
  loop: { ticks: number; longestGapMs: number } | null;
  spans: LabSpan[];
  /** Whether there was more than a record holds. */
  cut: boolean;
  /** Of the group, from loading the program on; `peakBytes` of its largest process, by its own word. */
  usage: { wallMs: number; cpuMs: number; peakBytes: number };
  limits: Limits;
  runtime: { name: string; versions: Versions };
  /** For `busy`: when to ask again, in whole seconds; else null. */
  retryAfterSeconds: number | null;
}

/** An event of a worker: what the record of `sandbox/lab` holds. */
export interface LabEvent {
  process: number;
  kind: 'received' | 'view-entered' | 'await' | 'resumed' | 'view-left' | 'answered';
  /** 0: the process's main thread. */
  thread: number;
  request: number;
  at: number;
  /** Turns of the loop so far. */
  ticks: number;
}

/** The stays in views, in the order in which they began. */
export function spansOf(events: readonly LabEvent[], server: LabServer): LabSpan[] {
  const spans: (LabSpan & { began: number })[] = [];
  const open = new Map<string, (typeof spans)[number][]>();
  for (const { process, kind, thread, request, at, ticks } of events) {
    const key = `${process} ${request}`;
    const ofRequest = open.get(key) ?? [];
    const span = ofRequest.at(-1);
    if (kind === 'view-entered') {
      const name = server === 'asgi' && thread === 0 ? 'loop' : `thread-${thread}`;
      const begun = {
        request,
        process,
        thread: name,
        entered: at,
        left: null,
        ticks: 0,
        waits: [],
      };
      const made: (typeof spans)[number] = { ...begun, began: ticks };
      spans.push(made);
      open.set(key, [...ofRequest, made]);
    } else if (span && kind === 'await') span.waits.push([at, null]);
    else if (span && kind === 'resumed' && span.waits.length > 0) span.waits.at(-1)![1] = at;
    else if (span && kind === 'view-left') {
      Object.assign(span, { left: at, ticks: Math.max(0, ticks - span.began) });
      open.set(key, ofRequest.slice(0, -1));
    }
  }
  return spans.map(({ began: _, ...span }) => span).sort((a, b) => a.entered - b.entered);
}

/** How many of the spans were open at the same time, at most. */
export function mostOpen(spans: readonly Pick<LabSpan, 'entered' | 'left'>[]): number {
  const changes = spans.flatMap(({ entered, left }) => [
    { at: entered, by: 1 },
    ...(left === null ? [] : [{ at: left, by: -1 }]),
  ]);
  // One that ends just when another begins was not open beside it.
  changes.sort((a, b) => a.at - b.at || a.by - b.by);
  let open = 0;
  let most = 0;
  for (const { by } of changes) most = Math.max(most, (open += by));
  return most;
}

/** Throughput and latencies of what the client saw. */
export function clientOf(requests: LabRequestSeen[]): LabClient {
  const good = requests.filter(
    ({ answered, status }) => answered !== null && (status ?? 500) < 400,
  );
  const latencies = good.map(({ sent, answered }) => (answered! - sent) / 1000);
  latencies.sort((a, b) => a - b);
  const first = Math.min(...requests.map(({ sent }) => sent));
  const last = Math.max(...good.map(({ answered }) => answered!));
  const wallMs = good.length === 0 ? 0 : (last - first) / 1000;
  return {
    requests,
    answered: good.length,
    wallMs,
    perSecond: wallMs === 0 ? 0 : (good.length * 1000) / wallMs,
    medianMs: quantile(latencies, 0.5),
    p95Ms: quantile(latencies, 0.95),
  };
}

/** The smallest value that so large a part does not exceed. */
function quantile(sorted: readonly number[], part: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null;
}
