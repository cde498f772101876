/** What a run observed, in words for a learner; the names that authors use stand beside them. */
import { valueText } from '../domain/evidence-sentence.ts';
import type { EvidenceView } from '../domain/views.ts';

export interface Fact {
  /** As expectations call it: `views.max_open`. */
  name: string;
  label: string;
  value: string;
}

export interface FactGroup {
  title: string;
  facts: Fact[];
}

/** In the order in which they are told. */
const labels: Record<string, string> = {
  status: 'Status',
  body: 'Body',
  statuses: 'Status of each',
  bodies: 'Body of each',
  'handler.count': 'Requests sent',
  'handler.max_open': 'Requests open at once',
  'views.count': 'Times a view was entered',
  'views.max_open': 'Inside the view at once',
  'views.threads': 'Threads used by views',
  'views.awaits': 'Times a view waited at await',
  turns: 'Event-loop turns during the work',
  ticks: 'Event-loop turns during the work',
};

/** Of a response, when there is one; of the responses, when there are several. */
const ofResponses = ['status', 'body', 'statuses', 'bodies'];

const rank = (name: string) => {
  const place = Object.keys(labels).indexOf(name);
  return place < 0 ? Number.MAX_SAFE_INTEGER : place;
};

/** `rows_read` as `Rows read`: what an author observed under a name of their own. */
function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return labels[name] ?? (words[0]?.toUpperCase() ?? '') + words.slice(1);
}

function factsOf(entries: [string, EvidenceView['values'][string]][]): Fact[] {
  return entries
    .toSorted(([left], [right]) => rank(left) - rank(right))
    .map(([name, value]) => ({ name, label: labelOf(name), value: valueText(value) }));
}

/**
 * Responses, other observations, and counts. The counts of a single request say only that there was
 * one, so they are left out.
 */
export function factGroups({ values, counts }: EvidenceView): FactGroup[] {
  // A body that is no JSON is observed as null, which says nothing of it.
  const all = Object.entries(values).filter(([name, value]) => name !== 'body' || value !== null);
  const isOne = (counts['handler.count'] ?? 1) <= 1;
  return [
    {
      title: isOne ? 'The response' : 'The responses',
      facts: factsOf(all.filter(([name]) => ofResponses.includes(name))),
    },
    { title: 'Observed', facts: factsOf(all.filter(([name]) => !ofResponses.includes(name))) },
    { title: 'Counted', facts: isOne ? [] : factsOf(Object.entries(counts)) },
  ].filter(({ facts }) => facts.length > 0);
}
