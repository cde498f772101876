/** One run after another, as the page shows it. */
import { BoundedOutput, noOutput, type ShownOutput } from './bounded-output.ts';
import { askForRun, type RunBody, type RunNews, type ToldResult } from './run-stream.ts';

/** `asking` until the site has answered, `waiting` in the queue, `running`, and `over`. */
export type RunPhase = 'idle' | 'asking' | 'waiting' | 'running' | 'over';

/** How it ended. */
export type RunEnd =
  | { kind: 'result'; result: ToldResult }
  | { kind: 'refused'; says: string }
  /** By who asked for it. */
  | { kind: 'stopped' }
  /** The connection was cut. */
  | { kind: 'lost' };

export class ProgramRun {
  phase = $state<RunPhase>('idle');
  /** Runs that go first. */
  ahead = $state(0);
  output = $state.raw<ShownOutput>(noOutput);
  end = $state.raw<RunEnd | null>(null);
  readonly isOn = $derived(
    this.phase === 'asking' || this.phase === 'waiting' || this.phase === 'running',
  );

  #gathered = new BoundedOutput();
  #abort: AbortController | null = null;
  #frame = 0;

  /** Runs it. @returns How it ended; null when one is going on already. */
  async start(body: RunBody): Promise<RunEnd | null> {
    if (this.isOn) return null;
    this.#abort = new AbortController();
    this.#gathered = new BoundedOutput();
    this.phase = 'asking';
    this.ahead = 0;
    this.output = noOutput;
    this.end = null;
    const end = await this.#hear(body, this.#abort.signal);
    this.#show();
    this.phase = 'over';
    this.end = end;
    return end;
  }

  stop(): void {
    this.#abort?.abort();
  }

  async #hear(body: RunBody, signal: AbortSignal): Promise<RunEnd> {
    try {
      for await (const news of askForRun(body, signal)) {
        if (news.kind === 'result' || news.kind === 'refused') return news;
        this.#take(news);
      }
    } catch {
      // Whatever it was, nothing more is heard of this run.
    }
    return { kind: signal.aborted ? 'stopped' : 'lost' };
  }

  #take(news: Exclude<RunNews, RunEnd>): void {
    if (news.kind === 'queued') {
      this.phase = 'waiting';
      this.ahead = news.ahead;
    } else {
      this.phase = 'running';
    }
    if (news.kind === 'output') {
      this.#gathered.add(news.stream, news.text);
      // The first is shown at once; what comes thick and fast, once a frame.
      if (this.output === noOutput) this.#show();
      else this.#frame ||= requestAnimationFrame(() => this.#show());
    }
  }

  #show(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.output = this.#gathered.shown();
  }
}
