/** What a page may know of exercises that are answered with an output, with lines, or with a program. */
import { expect, test } from 'vitest';
import type { ServedExercise } from './catalogue.ts';
import type {
  CodeExercise,
  Exercise,
  OrderExercise,
  PredictExercise,
  RecallExercise,
} from './exercise.ts';
import type { HighlightCode } from './present-evidence.ts';
import { orderFor, presentExercise } from './present-exercise.ts';
import type { Evidence, ExerciseProof, JudgedAnswer, ProvenAnswer } from './proof.ts';
import type { Attempt, Round } from './round.ts';
import type { ExerciseView } from './views.ts';

const plain: HighlightCode = (source) =>
  source
    .trimEnd()
    .split('\n')
    .map((text) => [{ kind: 'text', text, className: '' }]);

const shared = {
  uid: 'ex_7f3k2m',
  id: 'an-exercise',
  difficulty: 'medium' as const,
  objective: 'async',
  pool: 'try' as const,
  title: 'An exercise',
  prompt: 'Do it.',
  serve: {},
  drive: '',
  hints: ['HINT-ONE'],
  solution: ['SOLUTION-STEP'],
  contentVersion: 'v1',
  places: {},
};

const predict: PredictExercise = {
  ...shared,
  kind: 'predict',
  program: 'print(1 + 1)',
  ask: 'choose',
  wrong: [
    { id: 'o_aa11bb22', output: '11', why: 'SECRET-WHY-JOINED' },
    { id: 'o_cc33dd44', output: '1 + 1', why: 'SECRET-WHY-TEXT' },
  ],
};
const typed: PredictExercise = { ...predict, ask: 'type' };

const order: OrderExercise = {
  ...shared,
  kind: 'order',
  program: 'start()\nif ready:\n    <<lines>>\nend()\n',
  lines: [
    { id: 'l_b1', text: 'for each in things:' },
    { id: 'l_c2', text: 'use(each)' },
  ],
  distractors: [{ id: 'l_a3', text: 'use(things)', why: 'SECRET-WHY-ALL' }],
  orders: [
    [
      { line: 'l_b1', indent: 0 },
      { line: 'l_c2', indent: 1 },
    ],
  ],
  expect: 'SECRET-EXPECT',
};

const fix: CodeExercise = {
  ...shared,
  kind: 'fix',
  program: 'import b\nwrong = 1\n',
  main: 'views.py',
  start: { 'views.py': 'import b\nwrong = 1\n', 'b.py': 'B = 1\n' },
  given: { 'given.py': 'G = 1\n' },
  answer: { 'views.py': 'import b\nSECRET_ANSWER = 1\n', 'b.py': 'B = 1\n' },
  alternatives: [{ 'views.py': 'SECRET_ALTERNATIVE = 1\n', 'b.py': 'B = 1\n' }],
  expect: 'SECRET-EXPECT',
  inputs: 'SECRET-INPUTS',
  demo: 'print("demo")\n',
  mistakes: [
    {
      files: { 'views.py': 'SECRET_MISTAKE', 'b.py': '' },
      error: null,
      holds: 'SECRET',
      says: 'SECRET',
    },
  ],
  checks: [
    { id: 'own', serve: {}, drive: 'SECRET-DRIVE', expect: 'SECRET-EXPECT', inputs: 'SECRET' },
  ],
};

const recall: RecallExercise = {
  ...shared,
  kind: 'recall',
  pool: 'review',
  hints: [],
  solution: [],
  program: 'SECRET_PROGRAM = 1\n',
  answer: ['SECRET-ANSWER `one`.', 'SECRET-ANSWER two.'],
  rubric: [
    { id: 'sleeps', text: 'SECRET-POINT `sleep`.', holds: 'SECRET == 1' },
    { id: 'why', text: 'SECRET-POINT why.', holds: null },
  ],
};

function evidence(id: string, over: Partial<Evidence> = {}): Evidence {
  const nothing = { error: null, stdout: '', values: {}, counts: {} };
  return { id: `EVIDENCE-${id}`, outcome: 'finished', ...nothing, ...over };
}

function proven(answer: string[], observed: 'right' | 'wrong', run = evidence(answer[0] ?? '')) {
  const { outcome, error } = run;
  return { answer, declared: observed, observed, outcome, error, evidence: run };
}

const printed = evidence('printed', { stdout: '2\n' });
const answersOf: Record<Exercise['kind'], ProvenAnswer[]> = {
  blanks: [],
  choice: [],
  predict: [
    proven(['o_bb22cc33'], 'right', printed),
    ...predict.wrong.map(({ id }) => proven([id], 'wrong', printed)),
  ],
  order: [
    proven(['0:l_b1', '1:l_c2'], 'right'),
    proven(['0:l_b1', '1:l_a3'], 'wrong', evidence('distracted')),
  ],
  fix: [proven(['B = 1\n', 'import b\nSECRET_ANSWER = 1\n'], 'right')],
  write: [],
  recall: [proven(['sleeps'], 'right', evidence('slept'))],
};

function serve(exercise: Exercise, answers = answersOf[exercise.kind]): ServedExercise {
  const proof: ExerciseProof = {
    ...{ uid: exercise.uid, id: exercise.id, kind: exercise.kind, status: 'proven', findings: [] },
    ...{ answers, possible: exercise.kind === 'order' ? 4 : null, contentVersion: 'v1', runs: 3 },
    ...{ versions: { python: '3.11.2' }, provenAt: null },
  };
  return { exercise, proof };
}

function attempt(
  answer: string[],
  verdict: Attempt['verdict'],
  judged: JudgedAnswer | null = null,
) {
  const at = '2026-01-01T00:00:00.000Z';
  return { id: 'a1', number: 1, answer, verdict, evidenceId: '', judged, at };
}

function round(attempts: Attempt[], ending: Round['ending'] = null): Round {
  return { number: 1, contentVersion: 'v1', hintsShown: 0, ending, attempts };
}

function judged(verdict: 'right' | 'wrong', over: Partial<JudgedAnswer> = {}): JudgedAnswer {
  const failed = verdict === 'right' ? null : 'own';
  const said = { failed, unmet: null, says: null };
  const made = { runs: 1, versions: { python: '3.11.2' }, at: '2026-02-02T00:00:00.000Z' };
  return { verdict, evidence: evidence('judged'), ...said, ...made, ...over };
}

function show(exercise: Exercise, latest?: Round, served = serve(exercise)): ExerciseView {
  return presentExercise(served, 'learner', latest, plain);
}

const secrets = /EVIDENCE|SECRET|SOLUTION|HINT|"verdict"|"distractors"|"orders"|"wrong":|"why"/;

const all = [
  ['predict, to choose', predict],
  ['predict, to type', typed],
  ['order', order],
  ['fix', fix],
  ['recall', recall],
] as const;

test.each(all)('before the first attempt nothing of the key is shown (%s)', (_, exercise) => {
  expect(JSON.stringify(show(exercise))).not.toMatch(secrets);
});

test.each(all.slice(0, -1))('nor in a challenge that is out of attempts (%s)', (_, exercise) => {
  const challenge = { ...exercise, pool: 'challenge' as const };
  const shown = show(challenge, round([], 'attempts'));
  expect(shown.round.solution).toBeNull();
  expect(JSON.stringify(shown)).not.toMatch(secrets);
  expect(show(challenge, round([], 'shown')).round.solution?.steps).toHaveLength(1);
});

test('outputs look the same whichever of them is printed', () => {
  const flipped = {
    ...predict,
    wrong: [
      { id: 'o_bb22cc33', output: '2', why: '' },
      { id: 'o_cc33dd44', output: '1 + 1', why: '' },
    ],
  };
  const other = serve(flipped, [
    proven(['o_aa11bb22'], 'right', evidence('', { stdout: '11\n' })),
    ...flipped.wrong.map(({ id }) => proven([id], 'wrong')),
  ]);
  const view = show(predict);
  expect(show(flipped, undefined, other)).toEqual(view);
  expect(view).toMatchObject({ kind: 'predict', ask: 'choose' });
  const outputs = view.kind === 'predict' ? view.outputs : [];
  expect(outputs.map(({ output }) => output).sort()).toEqual(['1 + 1', '11', '2']);
});

test('an output that is typed comes with none to choose from', () => {
  expect(show(typed)).toMatchObject({ ask: 'type', outputs: [] });
});

test('lines look the same whichever are right, in whichever order', () => {
  const [first, second] = order.lines;
  const [distractor] = order.distractors;
  const turned: OrderExercise = {
    ...order,
    lines: [second!, { id: distractor!.id, text: distractor!.text }],
    distractors: [{ ...first!, why: 'SECRET' }],
    orders: [],
  };
  const view = show(order);
  expect(show(turned)).toEqual(view);
  const at = (text: string) => [{ kind: 'text', text, className: '' }];
  expect(view).toMatchObject({ slots: 2, deepest: 3, depth: 1, after: [at('end()')] });
  expect(view.program).toEqual([at('start()'), at('if ready:')]);
});

test('code is shown as it is at the start, the program first, with what stands beside it', () => {
  const view = show(fix);
  expect(view).toMatchObject({
    kind: 'fix',
    files: [
      { path: 'views.py', source: 'import b\nwrong = 1\n' },
      { path: 'b.py', source: 'B = 1\n' },
    ],
    given: [{ path: 'given.py' }],
  });
  expect(JSON.stringify(view)).toContain('demo');
});

test('a step of a project shows what its learner has built, and never what the step before should be', () => {
  const step: CodeExercise = { ...fix, kind: 'write', pool: 'project' };
  const secret = { ...step, start: { 'views.py': 'SECRET_BEFORE', 'b.py': 'SECRET_BEFORE' } };
  const served = serve(secret, []);
  expect(JSON.stringify(show(secret, undefined, served))).not.toMatch(secrets);
  const own = { 'views.py': 'mine = 1', 'b.py': 'B = 9' };
  const view = presentExercise(served, 'learner', round([], 'shown'), plain, own);
  expect(view).toMatchObject({ files: [{ source: 'mine = 1' }, { source: 'B = 9' }] });
  expect(view.round.attemptsAllowed).toBeNull();
  expect(JSON.stringify(view)).not.toContain('SECRET_BEFORE');
  expect(JSON.stringify(view.round.solution?.compare)).toContain('mine = 1');
});

test('a wrong prediction is told its reason, and what was really printed only with the solution', () => {
  const during = show(predict, round([attempt(['o_aa11bb22'], 'wrong')]));
  expect(during.round.attempts[0]).toMatchObject({
    evidence: null,
    unshown: 'withheld',
    says: [[{ text: 'SECRET-WHY-JOINED', code: false }]],
  });
  expect(JSON.stringify(during)).not.toMatch(/EVIDENCE|SECRET-WHY-TEXT/);
  const after = show(predict, round([attempt(['o_aa11bb22'], 'wrong')], 'shown'));
  expect(after.round.attempts[0]?.evidence?.stdout).toBe('2\n');
  expect(after.round.solution?.answers).toEqual([['o_bb22cc33']]);
  expect(Object.keys(after.round.solution?.reasons ?? {})).toHaveLength(2);
});

test('a typed output that was believed in gets its reason, and stands beside the real one at the end', () => {
  const sent = attempt(['11\n'], 'wrong');
  const during = show(typed, round([sent]));
  expect(JSON.stringify(during.round.attempts)).toContain('SECRET-WHY-JOINED');
  expect(JSON.stringify(during)).not.toContain('EVIDENCE');
  const { solution } = show(typed, round([sent], 'attempts')).round;
  expect(solution?.compare[0]?.lines.map((line) => line.in)).toEqual(['own', 'solution']);
  expect(show(typed, round([attempt(['2'], 'right')], 'right')).round.solution?.compare).toEqual(
    [],
  );
});

test('an order in which a distractor stands is told why, and of what happened, and no more', () => {
  const shown = show(order, round([attempt(['0:l_b1', '1:l_a3'], 'wrong')]));
  expect(shown.round.attempts[0]).toMatchObject({
    says: [[{ text: 'SECRET-WHY-ALL', code: false }]],
    evidence: { id: 'EVIDENCE-distracted' },
    rightBlanks: [],
  });
  const text = JSON.stringify(shown.round.attempts[0]?.evidence?.program);
  expect(text).toContain('        use(things)');
});

test('an order of which nothing is kept says so', () => {
  const shown = show(order, round([attempt(['0:l_c2', '2:l_b1'], 'wrong')]));
  expect(shown.round.attempts[0]).toMatchObject({ evidence: null, unshown: 'changed' });
});

test('an order that was run when it was given has the evidence of that run', () => {
  const given = attempt(['0:l_c2', '0:l_b1'], 'wrong', judged('wrong'));
  const shown = show(order, round([given])).round.attempts[0];
  expect(shown).toMatchObject({ evidence: { id: 'EVIDENCE-judged', runs: 1 }, unshown: null });
  expect(shown?.evidence?.provenAt).toBe('2026-02-02T00:00:00.000Z');
});

test('another right order is no worse than the declared one, which is shown beside it', () => {
  const own = attempt(['0:l_c2', '0:l_b1'], 'right', judged('right'));
  const { solution } = show(order, round([own], 'right')).round;
  expect(solution?.compare).toHaveLength(1);
  const declared = attempt(['0:l_b1', '1:l_c2'], 'right');
  expect(show(order, round([declared], 'right')).round.solution?.compare).toEqual([]);
});

test('a wrong program is told what happened, what is asked for and what it is like', () => {
  const said = { unmet: 'It answers `200`.', says: 'It was not awaited.' };
  const given = attempt(['B = 1\n', 'mine = 1\n'], 'wrong', judged('wrong', said));
  const [shown] = show(fix, round([given])).round.attempts;
  expect(shown).toMatchObject({
    says: [[{ text: 'It was not awaited.' }]],
    unmet: [{ text: 'It answers ' }, { text: '200', code: true }, { text: '.' }],
    brokenStep: null,
    evidence: { id: 'EVIDENCE-judged' },
  });
  expect(JSON.stringify(shown?.evidence?.program)).toContain('mine = 1');
});

test('the check of an earlier step that fails is named', () => {
  const given = attempt(['', ''], 'wrong', judged('wrong', { failed: '1-begin' }));
  expect(show(fix, round([given])).round.attempts[0]?.brokenStep).toBe('1-begin');
});

test('after success the solution stands beside the program that was given, file by file', () => {
  const given = attempt(['B = 2\n', 'import b\nmine = 1\n'], 'right', judged('right'));
  const { solution } = show(fix, round([given], 'right')).round;
  expect(solution?.compare.map(({ path, own }) => [path, own])).toEqual([
    ['b.py', 'answer'],
    ['views.py', 'answer'],
  ]);
  expect(solution?.compare[1]?.lines.map((line) => line.in)).toEqual(['both', 'own', 'solution']);
});

test('who asks to be shown sees the solution beside what the round began with', () => {
  const { solution } = show(fix, round([], 'shown')).round;
  expect(solution?.compare[1]).toMatchObject({ path: 'views.py', own: 'start' });
  expect(JSON.stringify(solution?.compare)).toContain('SECRET_ANSWER');
  expect(JSON.stringify(solution)).not.toMatch(/ALTERNATIVE|MISTAKE|SECRET-/);
});

test('the stamp says what was run, and how much of it', () => {
  expect(show(predict).hallmark.ran).toBe('run 3 times');
  expect(show(order).hallmark.ran).toBe('2 of 4 orders run');
  expect(show(fix).hallmark.ran).toBe('1 program run');
});

test('what a learner sees is kept as the order shown', () => {
  expect(orderFor(serve(predict), 'learner').toSorted()).toEqual([
    'o_aa11bb22',
    'o_bb22cc33',
    'o_cc33dd44',
  ]);
  expect(orderFor(serve(order), 'learner')).toHaveLength(3);
  expect(orderFor(serve(fix), 'learner')).toEqual([]);
});

test('what is recalled shows its answer when that is asked for, and its run when it is rated', () => {
  const asked = { ...round([]), hintsShown: 1 };
  const during = show(recall, asked);
  if (during.kind !== 'recall') throw new Error('not a recall');
  expect(during.revealed).toEqual({
    answer: [
      expect.arrayContaining([{ text: 'one', code: true }]),
      [{ text: 'SECRET-ANSWER two.', code: false }],
    ],
    rubric: [
      { id: 'sleeps', isRun: true, text: expect.anything() as unknown },
      { id: 'why', isRun: false, text: expect.anything() as unknown },
    ],
  });
  expect(JSON.stringify(during)).not.toMatch(/EVIDENCE|SECRET_PROGRAM|SECRET ==/);
  expect(during.round).toMatchObject({ hintsLeft: 0, attemptsAllowed: 1, hints: [] });
  const rated = attempt(['good', 'sleeps'], 'right');
  const after = show(recall, { ...asked, attempts: [rated], ending: 'right' });
  expect(after.round.attempts[0]).toMatchObject({
    answer: ['good', 'sleeps'],
    evidence: { id: 'EVIDENCE-slept' },
  });
  expect(JSON.stringify(after)).toContain('SECRET_PROGRAM');
  expect(after.canLook).toBe(false);
});

test('what was recalled in another round, or of another version, has to be asked for again', () => {
  const asked = { ...round([]), hintsShown: 1 };
  expect(show(recall, { ...asked, contentVersion: 'v0' })).toMatchObject({ revealed: null });
  expect(show(recall, round([]))).toMatchObject({ revealed: null });
});

test('of what states no fact it is said that nothing was run', () => {
  const bare = { ...recall, program: '', rubric: recall.rubric.slice(1) };
  const served = serve(bare, []);
  expect(show(bare, undefined, served).hallmark.ran).toBe('states nothing to be run');
  const rated = { ...round([attempt(['again'], 'wrong')], 'attempts'), hintsShown: 1 };
  expect(show(bare, rated, served).round.attempts[0]).toMatchObject({
    evidence: null,
    unshown: null,
  });
  expect(show(recall).hallmark.ran).toBe('1 point run');
});
