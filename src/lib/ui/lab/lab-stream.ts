/** Asks the site for a lab run and hears it. The shapes are those of docs/api.md. */
import type { LabLoad, LabResult } from '../../domain/lab.ts';
import type { LabKnob } from '../../domain/lesson-lab.ts';
import { hearRun, notRun, refusalIn, type RunRefusal } from '../code/run-stream.ts';

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

/** Runs a scenario, and tells what happens; as {@link hearRun} does. */
export function askForLabRun(body: LabRunBody, signal: AbortSignal): AsyncGenerator<LabNews> {
  return hearRun<LabNews>({ path: '/api/lab-runs', body, newsOf: labNewsOf, refusalOf }, signal);
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
