import type { Evidence } from './proof.ts';
import type { Outcome, Versions } from './run.ts';

const names: Record<string, string> = { django: 'Django', python: 'CPython' };

/**
 * The software that ran, for people.
 * @returns For example `Django 5.2.19 on CPython 3.11.2`: the framework first, then the language.
 */
export function stackName(versions: Versions): string {
  const { python, ...others } = versions;
  const framework = Object.entries(others).find(([name]) => name in names);
  const language = `CPython ${python ?? 'of an unknown version'}`;
  return framework ? `${names[framework[0]]} ${framework[1]} on ${language}` : language;
}

/** What became of a run that did not come to its own end, as the rest of a sentence. */
const endings: Partial<Record<Outcome, string>> = {
  'time-limit': 'stopped it: it was still waiting when its time was up',
  'cpu-limit': 'stopped it: it used up its processor time',
  'memory-limit': 'stopped it: it asked for more memory than a run may have',
  'output-limit': 'stopped it: it printed more than a run may print',
  killed: 'ended its process',
  busy: 'had no room to run it',
  infrastructure: 'could not run it',
};

function waitingSentence(counts: Record<string, number>): string | null {
  const requests = counts['handler.max_open'];
  const views = counts['views.max_open'];
  if (requests === undefined || views === undefined || requests < 2) return null;
  return `${requests} requests were open at once, and ${views} of them inside the view.`;
}

/**
 * One plain sentence of what really happened when an answer was run.
 * @param evidence - What the run left behind.
 * @param versions - Of the software that ran it.
 */
export function evidenceSentence(evidence: Evidence, versions: Versions): string {
  const { error, outcome } = evidence;
  const ending = endings[outcome];
  if (ending) return `The sandbox ${ending}.`;
  const stack = stackName(versions);
  if (error) {
    const line = error.line === null ? '' : ` on line ${error.line}`;
    const message = error.message.split('\n')[0] ?? '';
    return `${stack} raised ${error.type}${line}${message ? `: ${message}` : ''}`;
  }
  const waiting = waitingSentence(evidence.counts);
  if (waiting) return `${stack}: ${waiting}`;
  const status = evidence.values['status'];
  if (typeof status === 'number') return `${stack} answered with status ${status}.`;
  return `${stack} ran it to its end.`;
}
