/** Asks the site for a lab run and hears it. The shapes are those of docs/api.md. */
import type { LabLoad, LabResult } from '../../domain/lab.ts';
import type { LabKnob } from '../../domain/lesson-lab.ts';
import { notRun, problemIn, refusalIn, serverEvents, type RunRefusal } from '../code/run-stream.ts';

/** What is sent: a scenario, and what is not as its author wrote it. */
export interface LabRunBody {
  lesson: string;
  scenario: string;
  load: Partial<Pick<LabLoad, LabKnob>>;
  program: string;
}

/** What is heard of it; after `result` or `refused` nothing more comes. */
export type LabNews =
  | { kind: 'queued'; ahead: number }
  | { kind: 'started' }
  | { kind: 'result'; result: LabResult }
  | RunRefusal;

/**
 * Runs it, and tells what happens.
 * @param signal - Ends the run.
 * @throws What `fetch` throws: an AbortError after the signal, a TypeError when the site is not reached.
 */
export async function* askForLabRun(
  body: LabRunBody,
  signal: AbortSignal,
): AsyncGenerator<LabNews> {
  const response = await fetch('/api/lab-runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(body),
    signal,
  });
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok || !response.body || !type.startsWith('text/event-stream')) {
    yield refusalOf(await problemIn(response));
    return;
  }
  for await (const { name, data } of serverEvents(response.body)) {
    const news = labNewsOf(name, JSON.parse(data) as Record<string, unknown>);
    if (news) yield news;
    if (news?.kind === 'result' || news?.kind === 'refused') return;
  }
}

/** With what is wrong with a load: that is for who set it, too. */
function refusalOf(problem: Record<string, unknown> | null): RunRefusal {
  const { kind, says } = refusalIn(problem);
  const problems = (problem?.['problems'] ?? []) as { expected?: unknown; found?: unknown }[];
  const told = problems.map(({ expected, found }) => `Expected ${expected}; found ${found}.`);
  return { kind, says: [says, ...told].join(' ') };
}

/** Null for an event that came later than this page. */
function labNewsOf(name: string, data: Record<string, unknown>): LabNews | null {
  if (name === 'result') return resultNews(data as unknown as LabResult);
  if (name === 'queued') return { kind: 'queued', ahead: Number(data['ahead'] ?? 0) };
  return name === 'started' ? { kind: 'started' } : null;
}

/** A run that the host did not make ends a stream as a result, since the status was sent before. */
function resultNews(result: LabResult): LabNews {
  const { outcome, error, retryAfterSeconds } = result;
  if (outcome !== 'busy' && outcome !== 'infrastructure') return { kind: 'result', result };
  const again = retryAfterSeconds === null ? '' : ` Try it again in ${retryAfterSeconds} s.`;
  return { kind: 'refused', says: error?.message ?? `${notRun}${again}` };
}
