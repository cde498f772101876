/**
 * A learner asks for a run of a program of their own. One id is one run: whoever asks again with the same
 * id hears the same run, or is told its result once more.
 */
import { HeardRun, type RunListener } from '#lib/domain/heard-run.ts';
import { withoutHostTrouble } from '#lib/domain/host-trouble.ts';
import type { Recording } from '#lib/domain/recording.ts';
import { hostOutcomes, type RunResult } from '#lib/domain/run.ts';
import type { RunRequest, Sandbox } from '../sandbox/port.ts';

/**
 * A run's result without observations: what a drive observes is for judges, and no learner's run has one. In place of
 * a recording it has its name: null when the run left none that can be read, absent where none was asked for.
 */
export type AskedResult = Omit<RunResult, 'observations' | 'recording'> & {
  recording?: string | null | undefined;
};

export interface AskedRun {
  /** A learner; the name space of ids, and the one between whom places are shared out. */
  owner: string;
  /** Chosen by the owner. */
  id: string;
  /** Of all that was asked for: the same id with another digest is refused. */
  digest: string;
  request: RunRequest;
}

export type AskForRunResult =
  { kind: 'run'; listener: RunListener<AskedResult> } | { kind: 'other-request' };
export type AskForRun = (asked: AskedRun) => AskForRunResult;

export interface AskForRunDeps {
  sandbox: Pick<Sandbox, 'run'>;
  now: () => Date;
  /** @returns The name under which the recording is found. */
  keepRecording: (recording: Recording) => Promise<string>;
  /** Told why the host could not make a run: for the log, since it may speak of the host. */
  onTrouble: (problem: string) => void;
}

/** How long a result is kept for who asks again, and how many of them. */
export const keptResults = { milliseconds: 5 * 60_000, inAll: 64, ofOneOwner: 8 };

/** The longest wait for a place: shorter than the minute after which proxies give an answer up. */
export const maxWaitMs = 30_000;

/** A run, and what it is a run of. */
interface Known {
  digest: string;
  run: HeardRun<AskedResult>;
}

interface Kept extends Known {
  owner: string;
  /** In milliseconds. */
  until: number;
}

/** @returns The way in for all who ask; it holds the runs that go on and the results that are kept. */
export function createAskForRun({
  sandbox,
  now,
  keepRecording,
  onTrouble,
}: AskForRunDeps): AskForRun {
  const ongoing = new Map<string, Known>();
  // In the order in which the runs ended: the oldest first.
  const kept = new Map<string, Kept>();

  function keep(key: string, owner: string, known: Known): void {
    kept.set(key, { ...known, owner, until: now().getTime() + keptResults.milliseconds });
    const own = [...kept].filter(([, each]) => each.owner === owner);
    for (const [old] of own.slice(0, -keptResults.ofOneOwner)) kept.delete(old);
    for (const old of [...kept.keys()].slice(0, -keptResults.inAll)) kept.delete(old);
  }

  function forgetOld(): void {
    for (const [key, { until }] of kept) if (until <= now().getTime()) kept.delete(key);
  }

  function start(key: string, { owner, digest, request }: AskedRun): Known {
    const run = new HeardRun<AskedResult>();
    ongoing.set(key, { digest, run });
    const settle = async () => {
      const result = await sandbox.run(request, { owner, maxWaitMs, ...run.asker() });
      if (result.outcome === 'infrastructure') onTrouble(result.error?.message ?? '');
      const told = { ...askedResult(result), ...(await named(request, result)) };
      run.end(told);
      // What the host did not manage is no answer: whoever asks again gets a run.
      if (!hostOutcomes.has(result.outcome)) keep(key, owner, { digest, run: endedRun(told) });
    };
    settle()
      .catch((error: unknown) => {
        onTrouble(String(error));
        run.fail(error);
      })
      .finally(() => ongoing.delete(key));
    return { digest, run };
  }

  /** What is told of the recording, where one was asked for. One that cannot be kept is as good as none. */
  async function named(
    { record }: RunRequest,
    { recording = null }: RunResult,
  ): Promise<Pick<AskedResult, 'recording'>> {
    if (record === undefined) return {};
    if (!recording) return { recording: null };
    try {
      return { recording: await keepRecording(recording) };
    } catch (error) {
      onTrouble(`a recording could not be kept: ${String(error)}`);
      return { recording: null };
    }
  }

  return (asked) => {
    forgetOld();
    const key = JSON.stringify([asked.owner, asked.id]);
    const known = ongoing.get(key) ?? kept.get(key);
    if (known && known.digest !== asked.digest) return { kind: 'other-request' };
    return { kind: 'run', listener: (known ?? start(key, asked)).run.join() };
  };
}

function askedResult({
  observations: _,
  recording: __,
  ...result
}: RunResult): Omit<AskedResult, 'recording'> {
  return withoutHostTrouble(result);
}

/** A run of which only the result is left: it holds all output, so the rest need not be kept. */
function endedRun(result: AskedResult): HeardRun<AskedResult> {
  const run = new HeardRun<AskedResult>();
  run.end(result);
  return run;
}
