import { expect, test } from 'vitest';
import type { ServedExercise } from './catalogue.ts';
import type { BlanksExercise, ChoiceExercise } from './exercise.ts';
import type { HighlightCode } from './present-evidence.ts';
import { presentExercise } from './present-exercise.ts';
import type { ExerciseProof, ProvenAnswer } from './proof.ts';
import type { Attempt, Round } from './round.ts';

const plain: HighlightCode = (source) =>
  source.split('\n').map((text) => [{ kind: 'text', text, className: '' }]);

const shared = {
  uid: 'ex_7f3k2m',
  id: 'read-one-user',
  difficulty: 'medium' as const,
  objective: 'async-orm',
  pool: 'try' as const,
  title: 'One user',
  prompt: 'Finish it.',
  serve: {},
  drive: '',
  hints: ['HINT-ONE', 'HINT-TWO'],
  solution: ['SOLUTION-STEP'],
  contentVersion: 'v1',
  places: {},
};

const blanks: BlanksExercise = {
  ...shared,
  kind: 'blanks',
  program: 'await x.<<1>>()',
  blanks: 1,
  bank: ['get', 'aget'],
  answers: [['aget']],
  expect: 'assert SECRET-EXPECT',
  misconceptions: [{ blank: 1, token: 'get', filling: null, says: 'REASON-GET' }],
};

const choice: ChoiceExercise = {
  ...shared,
  kind: 'choice',
  program: 'pass',
  options: [
    { id: 'overlaps', text: 'They overlap.', holds: 'SECRET-HOLDS', code: null, why: 'WHY-RIGHT' },
    { id: 'blocks', text: 'They wait.', holds: 'SECRET-HOLDS-2', code: null, why: 'WHY-WRONG' },
  ],
  answers: ['overlaps'],
  expect: null,
};

function proven(answer: string, observed: 'right' | 'wrong'): ProvenAnswer {
  return {
    answer: [answer],
    declared: observed,
    observed,
    outcome: 'finished',
    error: null,
    evidence: {
      id: `EVIDENCE-${answer}`,
      outcome: 'finished',
      error: null,
      stdout: '',
      values: { status: 200 },
      counts: {},
    },
  };
}

function serve(exercise: BlanksExercise | ChoiceExercise): ServedExercise {
  const answers =
    exercise.kind === 'blanks'
      ? [proven('get', 'wrong'), proven('aget', 'right')]
      : [proven('overlaps', 'right'), proven('blocks', 'wrong')];
  const proof: ExerciseProof = {
    uid: exercise.uid,
    id: exercise.id,
    kind: exercise.kind,
    status: 'proven',
    findings: [],
    answers,
    possible: null,
    contentVersion: 'v1',
    runs: 2,
    versions: { python: '3.11.2', django: '5.2.19' },
    provenAt: null,
  };
  return { exercise, proof };
}

function attempt(answer: string, verdict: Attempt['verdict'], number = 1): Attempt {
  return {
    id: `a${number}`,
    number,
    answer: [answer],
    verdict,
    evidenceId: `EVIDENCE-${answer}`,
    judged: null,
    at: '2026-01-01T00:00:00.000Z',
  };
}

function round(attempts: Attempt[], ending: Round['ending'], hintsShown = 0): Round {
  return { number: 1, contentVersion: 'v1', hintsShown, ending, attempts };
}

const secrets = /EVIDENCE|SECRET|REASON|WHY-|SOLUTION|HINT|"verdict"|"answers":\[/;

test.each([
  ['blanks', blanks],
  ['choice', choice],
])('before the first attempt nothing of the key is shown (%s)', (_, exercise) => {
  const shown = presentExercise(serve(exercise), 'learner', undefined, plain);
  expect(JSON.stringify(shown)).not.toMatch(secrets);
  expect(shown.hallmark.ran).toBe('2 answers run');
});

test('before the first attempt, an exercise looks the same whichever answer is right', () => {
  const flippedBlanks = {
    ...blanks,
    answers: [['get']],
    solution: ['Another.'],
    misconceptions: [],
  };
  const flippedChoice = { ...choice, answers: ['blocks'] };
  for (const [exercise, flipped] of [
    [blanks, flippedBlanks],
    [choice, flippedChoice],
  ] as const) {
    const served = serve(exercise);
    const answers = served.proof.answers.map((answer) => ({
      ...answer,
      observed: answer.observed === 'right' ? ('wrong' as const) : ('right' as const),
    }));
    const other = { exercise: flipped, proof: { ...served.proof, answers } };
    expect(presentExercise(other, 'learner', undefined, plain)).toEqual(
      presentExercise(served, 'learner', undefined, plain),
    );
  }
});

test('after a wrong attempt its own evidence and reason are shown, and nothing of the others', () => {
  const shown = presentExercise(
    serve(blanks),
    'learner',
    round([attempt('get', 'wrong')], null),
    plain,
  );
  const text = JSON.stringify(shown);
  expect(text).toContain('EVIDENCE-get');
  expect(text).toContain('REASON-GET');
  expect(text).not.toContain('EVIDENCE-aget');
  expect(text).not.toMatch(/SOLUTION|SECRET|HINT/);
  expect(shown.round.attempts[0]?.rightBlanks).toEqual([false]);
});

test('a choice shows the reason of the chosen option only, until the round is over', () => {
  const during = presentExercise(
    serve(choice),
    'learner',
    round([attempt('blocks', 'wrong')], null),
    plain,
  );
  expect(JSON.stringify(during)).toContain('WHY-WRONG');
  expect(JSON.stringify(during)).not.toContain('WHY-RIGHT');
  const after = presentExercise(serve(choice), 'learner', round([], 'shown'), plain);
  expect(after.round.solution?.answers).toEqual([['overlaps']]);
  expect(Object.keys(after.round.solution?.reasons ?? {})).toEqual(['overlaps', 'blocks']);
});

test('the program of the evidence has the answer in place', () => {
  const shown = presentExercise(
    serve(blanks),
    'learner',
    round([attempt('aget', 'right')], 'right'),
    plain,
  );
  expect(JSON.stringify(shown.round.attempts[0]?.evidence?.program)).toContain('await x.aget()');
  expect(shown.round.solution?.answers).toEqual([['aget']]);
  expect(shown.round.attempts[0]?.says).toEqual([]);
});

test('hints are shown one at a time', () => {
  const shown = presentExercise(serve(blanks), 'learner', round([], null, 1), plain);
  expect(shown.round.hints).toEqual([[{ text: 'HINT-ONE', code: false }]]);
  expect(shown.round.hintsLeft).toBe(1);
});

test('a round of an earlier content version is over, and the next has a number of its own', () => {
  const old: Round = { ...round([attempt('get', 'wrong')], null), contentVersion: 'v0' };
  const shown = presentExercise(serve(blanks), 'learner', old, plain);
  expect(shown.round).toMatchObject({ number: 2, attempts: [], ending: null });
});
