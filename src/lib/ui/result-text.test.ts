import { describe, expect, it } from 'vitest';
import type { AttemptView, ExerciseView, RoundView } from '../domain/views.ts';
import { blanksRules } from './kinds/blanks-rules.ts';
import { brokenStepText } from './kinds/check-text.ts';
import { codeRules } from './kinds/code-rules.ts';
import { predictRules } from './kinds/predict-rules.ts';
import { announced as announcedBy, happened } from './result-text.ts';

const finished = { sentence: 'It ran to its end.', outcome: 'finished', error: null };
const attempt = (over: object = {}) =>
  ({
    ...{ number: 1, answer: ['x'], verdict: 'wrong', rightBlanks: [], says: [], unmet: null },
    ...{ brokenStep: null, evidence: finished, unshown: null, ...over },
  }) as unknown as AttemptView;
const view = (kind: ExerciseView['kind'], given: AttemptView, over: Partial<RoundView> = {}) =>
  ({
    kind,
    round: { attempts: [given], attemptsAllowed: 3, ending: null, solution: null, ...over },
  }) as ExerciseView;

const announced = (exercise: ExerciseView) =>
  announcedBy(exercise, exercise.kind === 'blanks' ? blanksRules : codeRules);

describe('what is announced of an answer', () => {
  it('is what happened, what is asked for, and how many attempts are left', () => {
    const unmet = [{ text: 'Both at once.', code: false }];
    expect(announced(view('fix', attempt({ unmet })))).toBe(
      'Wrong. It ran to its end. Both at once. 2 of 3 attempts left.',
    );
    expect(announced(view('fix', attempt()))).toContain(
      'It ran, but it does not yet do what is asked.',
    );
    expect(announced(view('blanks', attempt()))).not.toContain('asked for');
  });

  it('says of a challenge that the solution is there to be asked for', () => {
    const over = { attemptsAllowed: 1, ending: 'attempts' as const };
    expect(announced(view('order', attempt(), over))).toContain(
      '1 attempt used. The solution is shown when you ask for it.',
    );
    const shown = { ...over, solution: {} as RoundView['solution'] };
    expect(announced(view('order', attempt(), shown))).toContain('The answer is shown.');
  });

  it('counts nothing where there are as many attempts as it takes', () => {
    expect(announced(view('write', attempt(), { attemptsAllowed: null }))).not.toContain('attempt');
  });

  it('gives a right answer its evidence', () => {
    expect(announced(view('write', attempt({ verdict: 'right' })))).toBe(
      'Right. It ran to its end.',
    );
  });
});

it('why there is no evidence is said as well', () => {
  const without = (unshown: AttemptView['unshown']) => attempt({ evidence: null, unshown });
  expect(happened(without('withheld'), predictRules)).toEqual({
    ran: 'We ran the program.',
    text: 'What it really printed is shown with the solution.',
  });
  expect(happened(without('changed'), codeRules)).toMatchObject({ ran: '' });
});

it('an earlier step is named by its title, else by its slug', () => {
  expect(brokenStepText('1-ask-at-once', { '1-ask-at-once': 'Ask at once' })).toContain(
    '“Ask at once”',
  );
  expect(brokenStepText('1-ask-at-once', {})).toContain('“ask at once”');
});
