import { expect, test } from 'vitest';
import { evidenceSentence, stackName, valueText } from './evidence-sentence.ts';
import type { Evidence } from './proof.ts';

const versions = { python: '3.11.2', django: '5.2.19', asgiref: '3.9.1' };
const evidence: Evidence = {
  id: 'r1',
  outcome: 'finished',
  error: null,
  stdout: '',
  values: {},
  counts: {},
};

test('the framework is named before the language', () => {
  expect(stackName(versions)).toBe('Django 5.2.19 on CPython 3.11.2');
  expect(stackName({ python: '3.12.1' })).toBe('CPython 3.12.1');
});

test('an exception is told with its line and the first line of its message', () => {
  const error = {
    type: 'SynchronousOnlyOperation',
    message: 'You cannot call this from an async context.\nMore.',
    line: 5,
    place: 'view' as const,
  };
  expect(evidenceSentence({ ...evidence, error }, versions)).toBe(
    'Django 5.2.19 on CPython 3.11.2 raised SynchronousOnlyOperation on line 5: ' +
      'You cannot call this from an async context.',
  );
});

test('a limit is told in words, whatever else was seen', () => {
  expect(evidenceSentence({ ...evidence, outcome: 'time-limit' }, versions)).toBe(
    'The sandbox stopped it: it was still waiting when its time was up.',
  );
});

test('requests at once are counted at the handler and in the view', () => {
  const counts = { 'handler.max_open': 5, 'views.max_open': 1 };
  expect(evidenceSentence({ ...evidence, counts, values: { status: 200 } }, versions)).toBe(
    'Django 5.2.19 on CPython 3.11.2: 5 requests were open at once, and 1 of them inside the view.',
  );
});

test('an answered request is told by its status', () => {
  expect(evidenceSentence({ ...evidence, values: { status: 200 } }, versions)).toBe(
    'Django 5.2.19 on CPython 3.11.2 answered with status 200.',
  );
  expect(evidenceSentence(evidence, versions)).toBe(
    'Django 5.2.19 on CPython 3.11.2 ran it to its end.',
  );
});

test('an error of the drive is told without a line, and one of loading says so', () => {
  const error = { type: 'TypeError', message: 'no', line: 3, place: 'drive' as const };
  expect(evidenceSentence({ ...evidence, error }, versions)).toBe(
    'Django 5.2.19 on CPython 3.11.2 raised TypeError when the program was used: no',
  );
  const loading = { type: 'SyntaxError', message: 'bad', line: 5, place: 'load' as const };
  expect(evidenceSentence({ ...evidence, error: loading }, versions)).toBe(
    'Django 5.2.19 on CPython 3.11.2 could not load the program. SyntaxError on line 5: bad',
  );
});

test('a short body is told with its status, and a long one is left to the drawer', () => {
  const told = (body: string) =>
    evidenceSentence({ ...evidence, values: { status: 200, body: [body] } }, versions);
  expect(told('ada')).toBe(
    'Django 5.2.19 on CPython 3.11.2 answered with status 200, and sent ["ada"]',
  );
  expect(told('a'.repeat(80))).toBe('Django 5.2.19 on CPython 3.11.2 answered with status 200.');
});

test('observed values are written on one line', () => {
  expect(valueText({ body: { username: 'ada' }, seen: [1, null, true] })).toBe(
    '{"body": {"username": "ada"}, "seen": [1, null, true]}',
  );
});

test('nothing is said of requests at once where there was more than one batch of them', () => {
  const counts = { 'handler.count': 20, 'handler.max_open': 5, 'views.max_open': 5 };
  expect(evidenceSentence({ ...evidence, counts }, versions)).toMatch(/ran it to its end\.$/);
  expect(
    evidenceSentence({ ...evidence, counts: { ...counts, 'handler.count': 5 } }, versions),
  ).toMatch(/5 requests were open at once, and 5/);
});
