import { titledVersions } from './installed-runtime.ts';
import type { Evidence } from './proof.ts';
import type { JsonValue, Outcome, RunError, Versions } from './run.ts';

/** A value longer than this is for the drawer, in characters. */
const longestBody = 72;

/**
 * The software that ran, for people.
 * @returns For example `Django 5.2.19 on CPython 3.11.2`: the framework first, then the language.
 */
export function stackName(versions: Versions): string {
  const { python = 'of an unknown version', ...others } = versions;
  return [...titledVersions(others), `CPython ${python}`].join(' on ');
}

/** A value as it would be typed, on one line: `{"status": 200}`. */
export function valueText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(([key, part]) => {
      return `${JSON.stringify(key)}: ${valueText(part)}`;
    });
    return `{${entries.join(', ')}}`;
  }
  return JSON.stringify(value);
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

function errorSentence(stack: string, { type, message, line, place }: RunError): string {
  const first = message.split('\n')[0] ?? '';
  const says = first ? `: ${first}` : '';
  // Lines of a drive are not the learner's to look at.
  if (place === 'drive') return `${stack} raised ${type} when the program was used${says}`;
  const where = line === null ? '' : ` on line ${line}`;
  if (place === 'load') return `${stack} could not load the program. ${type}${where}${says}`;
  return `${stack} raised ${type}${where}${says}`;
}

function waitingSentence(counts: Record<string, number>): string | null {
  const requests = counts['handler.max_open'];
  const views = counts['views.max_open'];
  if (requests === undefined || views === undefined || requests < 2) return null;
  // Several batches, of several views perhaps: their largest numbers say nothing of any one of them.
  if ((counts['handler.count'] ?? requests) > requests) return null;
  return `${requests} requests were open at once, and ${views} of them inside the view.`;
}

function answeredSentence(values: Evidence['values']): string | null {
  const status = values['status'];
  if (typeof status !== 'number') return null;
  const body = values['body'];
  const text = body === undefined ? '' : valueText(body);
  const sent = text && text.length <= longestBody ? `, and sent ${text}` : '.';
  return `answered with status ${status}${sent}`;
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
  if (error) return errorSentence(stack, error);
  const waiting = waitingSentence(evidence.counts);
  if (waiting) return `${stack}: ${waiting}`;
  return `${stack} ${answeredSentence(evidence.values) ?? 'ran it to its end.'}`;
}
