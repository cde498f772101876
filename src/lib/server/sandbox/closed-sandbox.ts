import type { Judgement, RunResult, Versions } from '#lib/domain/run.ts';
import { limitsOf } from './limits.ts';
import type { Counts, JudgeRequest, RunRequest, Sandbox, SandboxState } from './port.ts';
import { notRun, unable } from './results.ts';

/** Stands where there is no jail. It runs nothing: there is no other way to run a program. */
export class ClosedSandbox implements Sandbox {
  readonly #problem: string;

  /** @param problem - Why nothing is run, and how to mend that, in a sentence for a person. */
  constructor(problem: string) {
    this.#problem = problem;
  }

  run({ runtime, limits }: RunRequest): Promise<RunResult> {
    const named = { name: runtime, versions: {} };
    return Promise.resolve(notRun(unable(this.#problem), named, limitsOf(limits)));
  }

  judge({ expectations }: JudgeRequest): Promise<{ judgements: Judgement[]; counts: Counts }> {
    const judgements = expectations.map(({ id }) => ({ id, holds: null, error: null }));
    return Promise.resolve({ judgements, counts: {} });
  }

  state(): Promise<SandboxState> {
    return Promise.resolve({ ready: false, tier: 'none', problem: this.#problem, canaries: [] });
  }

  /** Nothing is run, so there is nothing whose version could be said. */
  versions(): Promise<Versions> {
    return Promise.resolve({});
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
