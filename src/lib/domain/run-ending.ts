/** How a run that a learner asked for has ended, in a plain sentence. */
import type { RunError, RunResult } from './run.ts';

/** What is needed of a result to say how the run ended. */
export type EndedRun = Pick<RunResult, 'outcome' | 'exit' | 'error' | 'limits' | 'usage'>;

/** More of a message stands in what was printed, in characters. */
const longestMessage = 300;

const mebibyte = 1024 * 1024;

function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(1, Math.round(ms))} ms`;
  const seconds = Number((ms / 1000).toFixed(1));
  return seconds === 1 ? 'a second' : `${seconds} seconds`;
}

const size = (bytes: number) =>
  bytes < mebibyte ? `${Math.round(bytes / 1024)} KiB` : `${Math.round(bytes / mebibyte)} MiB`;

/**
 * One sentence for each outcome.
 * @returns For example `It ran to its end, in 24 ms.` or `It stopped with a NameError: name 'x' is not defined`.
 */
export function runEnding({ outcome, exit, error, limits, usage }: EndedRun): string {
  switch (outcome) {
    case 'finished':
      // What a view raises is answered with status 500, and the run goes on.
      if (error) return `It ran to its end, but a view ${raised(error, 'failed')}`;
      return exit
        ? `It ended itself, with the exit code ${exit}.`
        : `It ran to its end, in ${duration(usage.wallMs)}.`;
    case 'error':
      return error ? `It ${raised(error, 'stopped')}` : 'It stopped with an error.';
    case 'time-limit':
      return `It was still going after ${duration(limits.wallMs)}, which is all that a run has, and was stopped.`;
    case 'cpu-limit':
      return `It kept the processor busy for ${duration(limits.cpuMs)}, which is all that a run has, and was stopped. Does a loop never end?`;
    case 'memory-limit':
      return `It asked for more memory than the ${size(limits.memoryBytes)} that a run has, and was stopped.`;
    case 'output-limit':
      return `It printed more than the ${size(limits.outputBytes)} that a run may print, and was stopped.`;
    case 'killed':
      return 'Its process was ended before it came to its own end.';
    case 'busy':
      return 'It was not run: too many programs are waiting.';
    case 'infrastructure':
      return 'It was not run: the sandbox could not make this run. Nothing was learnt of the program.';
  }
}

/** @returns For example `stopped with a ValueError: no such shop`. */
function raised({ type, message }: RunError, verb: string): string {
  const first = message.split('\n')[0] ?? '';
  const says = first.length > longestMessage ? `${first.slice(0, longestMessage)}...` : first;
  const article = /^[AEIOU]/.test(type) ? 'an' : 'a';
  return `${verb} with ${article} ${type}${says ? `: ${says}` : '.'}`;
}
