/** Runs one scenario of a lab, and says what keeps its run from being held against claims. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import { clientOf, type LabResult } from '#lib/domain/lab.ts';
import type { LabScenario, LessonLab } from '#lib/domain/lesson-lab.ts';
import { hostOutcomes, type Outcome } from '#lib/domain/run.ts';
import { placeOf } from '../../content/source.ts';
import type { Lab, LabRequest } from '../../sandbox/lab-port.ts';
import { rowsFault } from '../../sandbox/port.ts';
import { endSentence } from '../happened.ts';
import { brokenFixture, errorPlace } from '../prose/prove-programs.ts';

/** How long a run that met a busy host waits before it is tried once more, in milliseconds. */
const retryPause = 1_000;

/** What a busy host can bring about. */
const byHost: ReadonlySet<Outcome> = new Set([...hostOutcomes, 'time-limit', 'killed']);

/** What a scenario may use: views that block one after the other take their time. */
export const scenarioLimits = { wallMs: 60_000, cpuMs: 60_000 };

/** What it takes to run a lesson's scenarios. */
export interface ScenarioBench {
  lab: Pick<Lab, 'runLab'>;
  signal?: AbortSignal | undefined;
}

/** Runs it, once more where the host may be to blame. Never rejects for what the program does. */
export async function runScenario(
  lesson: Pick<Lesson, 'runtime' | 'rows' | 'apps'>,
  { program, view, load }: LabScenario,
  bench: ScenarioBench,
): Promise<LabResult> {
  const { runtime, rows, apps } = lesson;
  const request: LabRequest = {
    ...{ runtime, program, rows, apps, serve: { '/': view }, path: '/', ...load },
    limits: scenarioLimits,
  };
  const first = await runOnce(request, bench);
  if (!byHost.has(first.outcome)) return first;
  await wait(retryPause);
  return runOnce(request, bench);
}

async function runOnce(request: LabRequest, { lab, signal }: ScenarioBench): Promise<LabResult> {
  try {
    return await lab.runLab(request, { owner: 'proof', ...(signal && { signal }) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return notRun(request.runtime, message);
  }
}

/** A lab that throws is a host in trouble; the program is not to blame. */
function notRun(runtime: string, message: string): LabResult {
  return {
    ...{ outcome: 'infrastructure', stdout: '', stderr: '', retryAfterSeconds: null },
    error: { type: 'Lab', message, line: null, place: 'load', frames: [] },
    truncated: { stdout: false, stderr: false },
    client: clientOf([]),
    upstream: { count: 0, maxOpen: 0, calls: [] },
    ...{ loop: null, spans: [], cut: false },
    usage: { wallMs: 0, cpuMs: 0, peakBytes: 0 },
    limits: { wallMs: 0, cpuMs: 0, memoryBytes: 0, outputBytes: 0, diskBytes: 0, files: 0 },
    runtime: { name: runtime, versions: {} },
  };
}

/** Why a run says nothing of its scenario; null: it does. */
export function troubleOf({ outcome, error }: LabResult): string | null {
  if (hostOutcomes.has(outcome)) {
    const said = error?.message ? ` (${error.message})` : '';
    return `the lab was ${outcome === 'busy' ? 'busy' : 'not able to run it'}${said}`;
  }
  const isStopped = outcome === 'time-limit' || outcome === 'killed';
  return error?.type === rowsFault && isStopped ? error.message : null;
}

/** What is wrong with a scenario whose run did not answer every request as it should; null: it did. */
export function faultOf(lab: LessonLab, index: number, result: LabResult): Finding | null {
  const { outcome, error, cut } = result;
  const path = `scenarios.${index}`;
  const { id } = lab.scenarios[index]!;
  if (error?.type === rowsFault) return brokenFixture(lab, error);
  const program = lab.places[`${path}.program:text`] ?? placeOf(lab, `${path}.program`);
  if (outcome !== 'finished' || error !== null) {
    const isAtLine = error !== null && error.line !== null;
    return {
      ...(isAtLine ? errorPlace({ program, drive: program }, error) : placeOf(lab, path)),
      expected: `the scenario \`${id}\` to answer all of its requests, and no exception`,
      found: `${endSentence(outcome, error)}${printed(result)}`,
      fix: error
        ? 'Mend the program.'
        : 'Look for what never ends or takes too much in the program, or put less load on it.',
    };
  }
  const unanswered = unansweredText(result);
  if (unanswered !== null) {
    return {
      ...placeOf(lab, path),
      expected: `the scenario \`${id}\` to answer all of its requests, with a status below 400`,
      found: `${unanswered}${printed(result)}`,
      fix: 'Mend the view; `assay lab run` shows what it does.',
    };
  }
  if (!cut) return null;
  return {
    ...placeOf(lab, path),
    expected: `a scenario whose record is whole: \`${id}\``,
    found: 'more of its views than a record holds',
    fix: 'Send fewer requests, or let a view wait less often.',
  };
}

/** The first request that was not answered as it should be, and how many there are. */
function unansweredText({ client: { requests, answered } }: LabResult): string | null {
  if (requests.length > 0 && answered === requests.length) return null;
  const first = requests.find(
    ({ answered: at, status }) => at === null || status === null || status >= 400,
  );
  const all = `${answered} of ${requests.length} answered so`;
  if (!first) return all;
  const { request, status, error } = first;
  const how = status === null ? `got no answer (${error ?? 'it was still waiting'})` : `${status}`;
  return `request ${request}: ${how}; ${all}`;
}

/** The last line that was printed for errors, which says most; empty when there is none. */
function printed({ stderr }: LabResult): string {
  const last = stderr.trimEnd().split('\n').at(-1)!.trim();
  return last === '' ? '' : `; it printed: ${last.slice(0, 200)}`;
}
