/** The steps of a recording in a browser: they come in parts, in order, when they are needed. */
import { RecordingIndex, type SourceLines } from '../../domain/recording-index.ts';
import { partSteps, type RecordedStep, type RecordingHead } from '../../domain/recording.ts';
import { pause } from './pause.ts';

export class LoadedSteps {
  readonly index: RecordingIndex;
  /** How many are there: the first ones. */
  count = $state(0);
  /** Why the rest is not; empty: nothing is wrong. */
  problem = $state('');

  readonly #head: RecordingHead;
  readonly #load: (part: number) => Promise<RecordedStep[]>;
  #pending: Promise<void> | null = null;

  constructor(
    head: RecordingHead,
    sources: SourceLines,
    load: (part: number) => Promise<RecordedStep[]>,
  ) {
    this.#head = head;
    this.#load = load;
    this.index = new RecordingIndex(head, sources);
  }

  get isWhole(): boolean {
    return this.count >= this.#head.steps;
  }

  /** Loads what is missing up to a step. @returns Whether it is there. */
  async need(step: number): Promise<boolean> {
    this.problem = '';
    while (this.count <= step && !this.isWhole) {
      this.#pending ??= this.#next();
      await this.#pending;
      if (this.problem) return false;
      // Of a recording that is here already, the parts would come in one go.
      if (this.count <= step) await pause();
    }
    return this.count > step;
  }

  async #next(): Promise<void> {
    try {
      const steps = await this.#load(Math.floor(this.count / partSteps));
      this.index.add(steps);
      this.count = this.index.steps.length;
      if (steps.length === 0) this.problem = missing;
    } catch {
      this.problem = missing;
    } finally {
      this.#pending = null;
    }
  }
}

const missing =
  'The rest of the recording could not be loaded. Is there a connection? Try it again.';
