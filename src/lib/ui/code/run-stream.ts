/** Asks the site for a run and hears it. The shapes are those of docs/api.md. */
import type { RunOf } from '../../domain/run-of.ts';
import type { RunResult } from '../../domain/run.ts';

/** What is sent: the learner's text of the files of something that a lesson shows. */
export interface RunBody {
  of: RunOf;
  /** The main file. */
  program: string;
  /** The others. */
  files: Record<string, string>;
  /** Whether it is to be recorded; left out: it is not. */
  record?: boolean;
}

/** A result as a page gets it. */
export type ToldResult = Omit<RunResult, 'observations' | 'recording'> & {
  /** Name of the recording, at `/api/recordings/<name>`; null: there is none. Only where it was asked for. */
  recording?: string | null;
};

/** What is heard of a run; after `result` or `refused` nothing more comes. */
export type RunNews =
  | { kind: 'queued'; ahead: number }
  | { kind: 'started' }
  | { kind: 'output'; stream: 'stdout' | 'stderr'; text: string }
  | { kind: 'result'; result: ToldResult }
  /** Nothing was run; `says` tells why, and when or what to do. */
  | { kind: 'refused'; says: string };

/**
 * The server-sent events of a body, each with its name and its data as text. Half of an event at the end is
 * no event.
 */
export async function* serverEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<{ name: string; data: string }> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      text += decoder.decode(read.value, { stream: true });
      const blocks = text.split(/\r\n\r\n|\n\n/);
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event) yield event;
      }
    }
  } finally {
    // Also where who listens has had enough: then the run is cancelled.
    await reader.cancel().catch(() => undefined);
  }
}

function parseEvent(block: string): { name: string; data: string } | null {
  let name = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  }
  return data.length === 0 ? null : { name, data: data.join('\n') };
}

/** How one kind of run is asked for, and what its answers mean. */
interface Asking<News> {
  /** Address of the API. */
  path: string;
  body: object;
  /** Null for an event that came later than this page. */
  newsOf: (name: string, data: Record<string, unknown>) => News | null;
  /** What is said of an answer that is no stream. */
  refusalOf: (problem: Record<string, unknown> | null) => News;
}

/**
 * Asks for a run, and tells what happens, up to its result or its refusal.
 * @param signal - Ends the run.
 * @throws What `fetch` throws: an AbortError after the signal, a TypeError when the site is not reached.
 */
export async function* hearRun<News extends { kind: string }>(
  { path, body, newsOf, refusalOf }: Asking<News>,
  signal: AbortSignal,
): AsyncGenerator<News> {
  const response = await fetch(path, {
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
    const news = newsOf(name, JSON.parse(data) as Record<string, unknown>);
    if (news) yield news;
    if (news?.kind === 'result' || news?.kind === 'refused') return;
  }
}

/** Runs a program, as {@link hearRun} does. */
export function askForRun(body: RunBody, signal: AbortSignal): AsyncGenerator<RunNews> {
  return hearRun<RunNews>({ path: '/api/runs', body, newsOf, refusalOf: refusalIn }, signal);
}

/** Null for an event that came later than this page. */
function newsOf(name: string, data: Record<string, unknown>): RunNews | null {
  if (name === 'result') return resultNews(data as unknown as ToldResult);
  if (name === 'queued' || name === 'started' || name === 'output') {
    return { ...data, kind: name } as RunNews;
  }
  return null;
}

/** A run that the host did not make ends a stream as a result, since the status was sent before. */
function resultNews(result: ToldResult): RunNews {
  const { outcome, error } = result;
  if (outcome !== 'busy' && outcome !== 'infrastructure') return { kind: 'result', result };
  return { kind: 'refused', says: error?.message ?? notRun };
}

/** Said where nothing else is known. */
export const notRun = 'It was not run, and the site did not say why. Run it again.';

/** A run that was not made, and why. */
export type RunRefusal = Extract<RunNews, { kind: 'refused' }>;

/** The problem in a response that brings no run: the site's, or that of something before it; null: it says nothing. */
async function problemIn(response: Response): Promise<Record<string, unknown> | null> {
  return (await response.json().catch(() => null)) as Record<string, unknown> | null;
}

/** What a problem says. */
export function refusalIn(problem: Record<string, unknown> | null): RunRefusal {
  const detail = problem?.['detail'] ?? problem?.['message'];
  return { kind: 'refused', says: typeof detail === 'string' ? detail : notRun };
}
