/** One lab run after another, as the page shows it: a run whose output comes with its result. */
import type { LabResult } from '../../domain/lab.ts';
import { BoundedOutput, noOutput, type ShownOutput } from '../code/bounded-output.ts';
import type { RunEnd, RunPhase } from '../code/program-run.svelte.ts';
import { askForLabRun, type LabRunBody } from './lab-stream.ts';

export class LabRun {
  phase = $state<RunPhase>('idle');
  /** Runs that go first. */
  ahead = $state(0);
  output = $state.raw<ShownOutput>(noOutput);
  end = $state.raw<RunEnd | null>(null);
  readonly isOn = $derived(
    this.phase === 'asking' || this.phase === 'waiting' || this.phase === 'running',
  );

  #abort: AbortController | null = null;

  /** Runs it. @returns Its result; null when there is none, or one is going on already. */
  async start(body: LabRunBody): Promise<LabResult | null> {
    if (this.isOn) return null;
    this.#abort = new AbortController();
    this.phase = 'asking';
    this.ahead = 0;
    this.output = noOutput;
    this.end = null;
    const { end, result } = await this.#hear(body, this.#abort.signal);
    if (result) this.output = outputOf(result);
    this.phase = 'over';
    this.end = end;
    return result;
  }

  stop(): void {
    this.#abort?.abort();
  }

  async #hear(
    body: LabRunBody,
    signal: AbortSignal,
  ): Promise<{ end: RunEnd; result: LabResult | null }> {
    try {
      for await (const news of askForLabRun(body, signal)) {
        if (news.kind === 'refused') return { end: news, result: null };
        if (news.kind === 'result') {
          const { result } = news;
          return { end: { kind: 'result', result: { ...result, exit: null } }, result };
        }
        this.phase = news.kind === 'queued' ? 'waiting' : 'running';
        if (news.kind === 'queued') this.ahead = news.ahead;
      }
    } catch {
      // Whatever it was, nothing more is heard of this run.
    }
    return { end: { kind: signal.aborted ? 'stopped' : 'lost' }, result: null };
  }
}

function outputOf({ stdout, stderr }: LabResult): ShownOutput {
  const gathered = new BoundedOutput();
  if (stdout) gathered.add('stdout', stdout);
  if (stderr) gathered.add('stderr', stderr);
  return gathered.shown();
}
