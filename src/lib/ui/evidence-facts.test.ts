import { expect, test } from 'vitest';
import type { EvidenceView } from '../domain/views.ts';
import { factGroups } from './evidence-facts.ts';

function evidence(values: EvidenceView['values'], counts: EvidenceView['counts']): EvidenceView {
  const run = { outcome: 'finished' as const, error: null, stdout: '', program: [], runs: 1 };
  return { id: 'e', sentence: '', ...run, values, counts, versions: {}, provenAt: null };
}

test('of a single request the response is told, and no counts', () => {
  const shown = factGroups(
    evidence({ body: { a: 1 }, status: 200 }, { 'handler.count': 1, 'views.max_open': 1 }),
  );
  expect(shown).toEqual([
    {
      title: 'The response',
      facts: [
        { name: 'status', label: 'Status', value: '200' },
        { name: 'body', label: 'Body', value: '{"a": 1}' },
      ],
    },
  ]);
});

test('counts of several requests are told in words, in the order of a request', () => {
  const counts = { 'views.max_open': 1, 'handler.max_open': 5, 'handler.count': 5 };
  const [group] = factGroups(evidence({}, counts));
  expect(group?.title).toBe('Counted');
  expect(group?.facts.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    'Requests sent: 5',
    'Requests open at once: 5',
    'Inside the view at once: 1',
  ]);
});

test('what an author observed under a name of their own keeps it', () => {
  expect(factGroups(evidence({ rows_read: [1] }, {}))).toEqual([
    { title: 'Observed', facts: [{ name: 'rows_read', label: 'Rows read', value: '[1]' }] },
  ]);
});
