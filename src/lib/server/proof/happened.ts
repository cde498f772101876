/** Says in a person's words what a run did. */
import type { Outcome, RunError } from '#lib/domain/run.ts';
import type { Observed } from './observe.ts';

const stops: Partial<Record<Outcome, string>> = {
  'time-limit': 'it was stopped at its time limit',
  'cpu-limit': 'it was stopped at its limit of processor time',
  'memory-limit': 'it was stopped at its memory limit',
  'output-limit': 'it was stopped at its output limit',
  killed: 'it was killed',
};

const places: Record<RunError['place'], string> = {
  load: 'of the program, while it was loaded',
  view: 'of the program, in a view',
  drive: 'of the drive',
  expect: 'of the expectation',
};

/** `TypeError: ... (line 6 of the program, in a view)`. */
export function errorSentence(error: RunError): string {
  const where = error.line === null ? '' : ` (line ${error.line} ${places[error.place]})`;
  const message = error.message === '' ? '' : `: ${error.message.split('\n')[0]}`;
  return `${error.type}${message}${where}`;
}

/** How a run ended that did not come to its end, in a clause. */
export function endSentence(outcome: Outcome, error: RunError | null): string {
  return error ? errorSentence(error) : (stops[outcome] ?? `it ended as ${outcome}`);
}

/** What became of a run and of one expectation on it, in a clause. */
export function whatHappened(observed: Observed, expectation: string): string {
  const round =
    observed.judged.find(
      ({ outcome, judgements }) =>
        outcome !== 'finished' || judgements.get(expectation)?.holds !== true,
    ) ?? observed.judged[0]!;
  if (round.outcome !== 'finished') return endSentence(round.outcome, observed.evidence.error);
  const judgement = round.judgements.get(expectation);
  if (judgement?.holds) return 'it ran to its end and satisfied the expectation';
  const { error: cause } = observed.evidence;
  const error = judgement?.error;
  const end = error ? `the expectation ended in ${errorSentence(error)}` : 'it did not hold';
  // The framework answers for a view that raised: the run goes on, and the cause is what matters.
  if (cause) return `${errorSentence(cause)}; so ${end}`;
  return `it ran to its end, and ${end}; ${observedSentence(observed)}`;
}

/** What was observed, shortened to what a line can hold. */
export function observedSentence(observed: Observed): string {
  const { values, counts } = observed.evidence;
  const shown = [...Object.entries(values), ...Object.entries(counts)].map(
    ([name, value]) => `${name} = ${shorten(JSON.stringify(value), 60)}`,
  );
  return shown.length === 0
    ? 'nothing was observed'
    : `observed: ${shorten(shown.join(', '), 240)}`;
}

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
