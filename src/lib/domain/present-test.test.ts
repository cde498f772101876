import { describe, expect, it } from 'vitest';
import type { ServedExercise, ServedLesson } from './catalogue.ts';
import type { Exercise, Lesson } from './exercise.ts';
import type { HighlightCode } from './present-evidence.ts';
import { presentBefore, presentOver, presentQuestion } from './present-test.ts';
import type { JudgedAnswer, ProvenAnswer } from './proof.ts';
import {
  isPause,
  openItemOf,
  pauseBetweenSittings,
  type EndedSitting,
  type Sitting,
  type SittingAnswer,
  type SittingItem,
} from './sitting.ts';

const plain: HighlightCode = (source) =>
  source.split('\n').map((text) => [{ kind: 'text', text, className: '' }]);

const shared = {
  ...{ id: 'slug', title: 'A title', prompt: 'Do it.', difficulty: 'medium', pool: 'test' },
  ...{ serve: {}, drive: '', hints: ['HINT-ONE'], solution: ['SOLUTION-STEP'], places: {} },
  contentVersion: 'v1',
};

const evidence = (answer: string, stdout: string) => ({
  ...{ id: `EVIDENCE-${answer}`, outcome: 'finished', error: null, stdout },
  ...{ values: {}, counts: {} },
});

const proven = (answer: string, observed: 'right' | 'wrong', stdout = ''): ProvenAnswer =>
  ({
    ...{ answer: [answer], declared: observed, observed, outcome: 'finished', error: null },
    evidence: evidence(answer, stdout),
  }) as ProvenAnswer;

function serve(exercise: object, answers: ProvenAnswer[] = []): ServedExercise {
  return {
    exercise: { ...shared, ...exercise } as unknown as Exercise,
    proof: {
      ...{ status: 'proven', answers, possible: null, runs: 2, contentVersion: 'v1' },
      ...{ versions: { django: '5.2.1' }, provenAt: null, findings: [] },
      ...{ uid: '', id: '', kind: (exercise as Exercise).kind },
    },
  };
}

const blanks = serve(
  {
    ...{ uid: 'ex_blanks', kind: 'blanks', objective: 'orm', program: 'await x.<<1>>()' },
    ...{ blanks: 1, bank: ['get', 'aget'], answers: [['aget']], expect: 'assert SECRET-EXPECT' },
    misconceptions: [{ blank: 1, token: 'get', filling: null, says: 'REASON-GET' }],
  },
  [proven('get', 'wrong'), proven('aget', 'right')],
);
const choice = serve(
  {
    ...{ uid: 'ex_choice', kind: 'choice', objective: 'waiting', program: 'pass', expect: null },
    options: [
      { id: 'a', text: 'One.', holds: 'SECRET-HOLDS', code: null, why: 'WHY-RIGHT' },
      { id: 'b', text: 'Two.', holds: 'SECRET-HOLDS-2', code: null, why: 'WHY-WRONG' },
    ],
    answers: ['a'],
  },
  [proven('a', 'right'), proven('b', 'wrong')],
);
const predict = serve(
  {
    ...{ uid: 'ex_predict', kind: 'predict', objective: 'waiting', program: 'print(1)' },
    ...{ ask: 'choose', wrong: [{ id: 'w1', output: '2\n', why: 'WHY-TWO' }] },
  },
  [proven('r1', 'right', '1\n'), proven('w1', 'wrong', '1\n')],
);
const fix = serve({
  ...{ uid: 'ex_fix', kind: 'fix', objective: 'orm', program: 'x = 1\n', main: 'p.py' },
  ...{ start: { 'p.py': 'x = 1\n' }, given: {}, answer: { 'p.py': 'SECRET-ANSWER\n' } },
  ...{ alternatives: [], expect: 'SECRET-EXPECT', inputs: 'SECRET-INPUTS', demo: 'print(x)' },
  mistakes: [{ files: {}, error: null, holds: 'SECRET-HOLDS', says: 'REASON-FIX' }],
});

const served = {
  lesson: {
    id: 'a/b/c',
    objectives: [
      { id: 'waiting', text: 'Say what waits.' },
      { id: 'never-asked', text: 'Not in this sitting.' },
      { id: 'orm', text: 'Use the `ORM`.' },
    ],
    exercises: [],
  } as unknown as Lesson,
  ...{ exercises: [blanks, choice, predict, fix], heldBack: 0 },
  ...{ documents: [], visualize: null, lab: null },
} as ServedLesson;

const standing = { served, modes: [], solved: new Set<string>() };

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

function item(
  { exercise }: ServedExercise,
  number: number,
  answered: SittingItem['answered'] = null,
): SittingItem {
  return {
    ...{ number, exerciseUid: exercise.uid, contentVersion: 'v1', orderShown: [] },
    ...{ objective: exercise.objective, difficulty: exercise.difficulty, drawnAt: at(0) },
    model: { discrimination: 1.5, difficulty: 0, guessing: 0.25 },
    answered,
  };
}

const answer = (
  verdict: SittingAnswer['verdict'],
  given: string[] = [],
  judged: JudgedAnswer | null = null,
): SittingAnswer => ({
  ...{ verdict, answer: given, judged, at: at(1) },
  evidenceId: verdict === 'passed' ? null : `EVIDENCE-${given[0]}`,
});

const sittingOf = (items: SittingItem[], endedAt: string | null = null, id = 's1'): Sitting => ({
  ...{ id, lessonId: 'a/b/c', seed: 'seed', startedAt: at(0), endedAt, items },
});

const secrets = /EVIDENCE|SECRET|REASON|WHY-|SOLUTION|HINT|"verdict"|"answers":\[|"estimate"/;

describe('a question of a test', () => {
  const ask = (asked: ServedExercise, orderShown: string[] = []) => {
    const earlier = item(blanks, 1, answer('wrong', ['get']));
    const open = { ...item(asked, 2), orderShown };
    const sitting = sittingOf([earlier, open]);
    return presentQuestion({ sitting, item: open, asked }, [sitting], plain);
  };

  it.each([
    ['blanks', blanks],
    ['choice', choice],
    ['predict', predict],
    ['fix', fix],
  ])('holds no key, reason, hint or evidence (%s)', (_, asked) => {
    const shown = ask(asked);
    expect(JSON.stringify(shown)).not.toMatch(secrets);
    expect(shown.exercise).toMatchObject({ canLook: false });
    expect(shown.exercise.round).toEqual({
      ...{ number: 1, attemptsAllowed: 1, attempts: [], ending: null },
      ...{ hints: [], hintsLeft: 0, solution: null },
    });
  });

  it('says nothing of the items before it', () => {
    const right = sittingOf([item(blanks, 1, answer('right', ['aget'])), item(choice, 2)]);
    const open = openItemOf(right)!;
    const shown = presentQuestion({ sitting: right, item: open, asked: choice }, [right], plain);
    expect(shown).toEqual(ask(choice));
  });

  it('shows its options in the order that was written down', () => {
    const bankOf = (order: string[]) => {
      const { exercise } = ask(blanks, order);
      return exercise.kind === 'blanks' ? exercise.bank : [];
    };
    expect(bankOf(['aget', 'get'])).toEqual(['aget', 'get']);
    expect(bankOf(['get', 'aget'])).toEqual(['get', 'aget']);
  });

  it('tells of earlier sittings, which are over', () => {
    const sitting = sittingOf([item(choice, 1)]);
    const ended = sittingOf([item(blanks, 1, answer('right', ['aget']))], at(2), 's0');
    const question = { sitting, item: openItemOf(sitting)!, asked: choice };
    const shown = presentQuestion(question, [sitting, ended], plain);
    expect(shown.earlier).toMatchObject([{ id: 's0', endedAt: at(2) }]);
  });
});

describe('a test that is over', () => {
  const over = (items: SittingItem[], now = at(3), earlier: EndedSitting[] = []) => {
    const ended = sittingOf(items, at(2)) as EndedSitting;
    return presentOver(ended, earlier, standing, new Date(now), plain);
  };

  it('tells of each item what was answered, what happened, and the solution', () => {
    const { result } = over([
      item(choice, 1, answer('wrong', ['b'])),
      item(blanks, 2, answer('right', ['aget'])),
    ]);
    expect(result.items).toMatchObject([
      {
        ...{ number: 1, verdict: 'wrong', difficulty: 'medium' },
        attempt: { answer: ['b'], says: [[{ text: 'WHY-WRONG' }]], evidence: { id: 'EVIDENCE-b' } },
        solution: { answers: [['a']], steps: [[{ text: 'SOLUTION-STEP' }]] },
        exercise: { round: { ending: 'attempts', hints: [], hintsLeft: 0 }, canLook: false },
      },
      {
        ...{ verdict: 'right', attempt: { evidence: { id: 'EVIDENCE-aget' } } },
        exercise: { round: { ending: 'right' } },
      },
    ]);
  });

  it('tells what the program of a prediction printed, since nothing is asked any more', () => {
    const [shown] = over([item(predict, 1, answer('wrong', ['w1']))]).result.items;
    expect(shown?.attempt).toMatchObject({ evidence: { stdout: '1\n' }, unshown: null });
  });

  it('tells of a program what its own run came to', () => {
    const judged = {
      ...{ verdict: 'wrong', evidence: evidence('own', ''), failed: 'own', unmet: 'Ask once.' },
      ...{ says: 'REASON-FIX', runs: 1, versions: {}, at: at(1) },
    } as JudgedAnswer;
    const [shown] = over([item(fix, 1, answer('wrong', ['x = 2\n'], judged))]).result.items;
    expect(shown?.attempt).toMatchObject({
      ...{ says: [[{ text: 'REASON-FIX' }]], unmet: [{ text: 'Ask once.' }] },
      evidence: { id: 'EVIDENCE-own' },
    });
    expect(shown?.solution?.compare).toHaveLength(1);
  });

  it('counts what was passed as not right, and shows its solution', () => {
    const { result } = over([item(choice, 1, answer('passed'))]);
    expect(result.items).toMatchObject([
      { verdict: 'passed', attempt: null, solution: { answers: [['a']] } },
    ]);
    expect(result.objectives).toMatchObject([{ right: 0, of: 1 }]);
  });

  it('leaves of an exercise that has changed only how it went', () => {
    const changed = { ...item(choice, 1, answer('right', ['a'])), contentVersion: 'v0' };
    const gone = { ...item(choice, 2, answer('wrong', ['b'])), exerciseUid: 'ex_gone' };
    expect(over([changed, gone]).result.items).toEqual([
      {
        ...{ number: 1, difficulty: 'medium', verdict: 'right' },
        ...{ exercise: null, attempt: null, solution: null },
      },
      expect.objectContaining({ number: 2, verdict: 'wrong', exercise: null }),
    ]);
  });

  it('does not change its verdict or estimate when an exercise changes', () => {
    const items = [1, 2, 3, 4, 5].map((n) => item(choice, n, answer('right', ['a'])));
    const { verdict, estimate } = over(items).result;
    const changed = items.map((each) => ({
      ...each,
      contentVersion: 'v0',
      exerciseUid: 'ex_gone',
    }));
    expect(over(changed).result).toMatchObject({ verdict, estimate });
  });

  it('counts by objective, in the order of the lesson, what was asked about', () => {
    const { result } = over([
      item(blanks, 1, answer('right', ['aget'])),
      item(choice, 2, answer('wrong', ['b'])),
      item(predict, 3, answer('right', ['r1'])),
    ]);
    expect(result.objectives).toEqual([
      { text: [{ text: 'Say what waits.', code: false }], right: 1, of: 2 },
      expect.objectContaining({ right: 1, of: 1 }),
    ]);
  });

  it('estimates a share that rises with right answers, within an interval of 90 %', () => {
    const all = (verdict: 'right' | 'wrong') =>
      over(
        Array.from({ length: 10 }, (_, index) => item(choice, index + 1, answer(verdict, ['a']))),
      ).result;
    const [good, bad] = [all('right'), all('wrong')];
    expect([good.verdict, bad.verdict]).toEqual(['strong', 'weak']);
    expect(good.estimate.low).toBeGreaterThan(bad.estimate.high);
    for (const { low, middle, high, certainty } of [good.estimate, bad.estimate]) {
      expect(0 <= low && low < middle && middle < high && high <= 1).toBe(true);
      expect(certainty).toBe(0.9);
    }
  });

  it('has not enough evidence where nothing was answered', () => {
    expect(over([]).result).toMatchObject({ verdict: 'not-enough-evidence', objectives: [] });
  });

  it('says from when another may begin', () => {
    expect(over([], at(3))).toMatchObject({ againFrom: at(26), isAgainOpen: false });
    expect(over([], at(26))).toMatchObject({ isAgainOpen: true });
  });

  it('tells of those before it', () => {
    const before = sittingOf([], at(-30), 's0') as EndedSitting;
    expect(over([], at(3), [before]).earlier).toMatchObject([{ id: 's0' }]);
  });
});

it('before the first sitting only says how long it is', () => {
  expect(presentBefore()).toEqual({ state: 'before', length: 10, earlier: [] });
});

describe('the pause between sittings', () => {
  const after = (ms: number) => new Date(Date.parse(at(0)) + ms);

  it('is over exactly a day later', () => {
    expect(isPause(at(0), after(pauseBetweenSittings - 1))).toBe(true);
    expect(isPause(at(0), after(pauseBetweenSittings))).toBe(false);
  });

  it('is kept by clocks that differ a little, and keeps nobody out whose clock was put back', () => {
    expect(isPause(at(0), after(-5000))).toBe(true);
    expect(isPause(at(0), after(-400 * pauseBetweenSittings))).toBe(false);
  });
});
