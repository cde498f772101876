import { describe, expect, it } from 'vitest';
import type {
  AttemptView,
  CodeView,
  ExerciseView,
  OrderView,
  PredictView,
  RoundView,
} from '../../domain/views.ts';
import { beginAnswer as begin } from '../card-act.ts';
import { codeRules } from './code-rules.ts';
import type { KindRules } from './kind.ts';
import { orderRules } from './order-rules.ts';
import { predictRules } from './predict-rules.ts';

const fresh = { attempts: [] as AttemptView[], attemptsAllowed: 3 } as RoundView;
const line = (id: string, text: string) => ({
  id,
  code: [{ kind: 'text' as const, text, className: '' }],
});

const choose = {
  kind: 'predict',
  ask: 'choose',
  outputs: [{ id: 'o_1', output: '1\n2' }],
  round: fresh,
} as unknown as PredictView;
const type = { ...choose, ask: 'type', outputs: [] } as PredictView;
const order = {
  kind: 'order',
  slots: 3,
  lines: [line('l_1', 'if x:'), line('l_2', 'use(x)')],
  round: fresh,
} as unknown as OrderView;
const code = {
  kind: 'fix',
  files: [
    { path: 'views.py', source: 'v = 1' },
    { path: 'b.py', source: 'b = 1' },
  ],
  round: fresh,
} as unknown as CodeView;

function rulesOf({ kind }: ExerciseView): KindRules {
  const rules = kind === 'predict' ? predictRules : kind === 'order' ? orderRules : codeRules;
  return rules;
}
const beginAnswer = (exercise: ExerciseView) => begin(exercise, rulesOf(exercise));
const gapOf = (exercise: ExerciseView, answer: string[]) => rulesOf(exercise).gap(exercise, answer);
const textOf = (exercise: ExerciseView, answer: string[]) =>
  rulesOf(exercise).text(exercise, answer);

describe('what a card begins with', () => {
  it('is nothing, or the program as it is at the start, in order of path', () => {
    expect(beginAnswer(choose)).toEqual(['']);
    expect(beginAnswer(order)).toEqual(['', '', '']);
    expect(beginAnswer(code)).toEqual(['b = 1', 'v = 1']);
  });

  it('is the last answer, unless it is of another number of parts', () => {
    const given = (answer: string[]) => ({
      ...order,
      round: { ...fresh, attempts: [{ answer } as AttemptView] },
    });
    expect(beginAnswer(given(['0:l_1', '1:l_2', '']))).toEqual(['0:l_1', '1:l_2', '']);
    expect(beginAnswer(given(['0:l_1']))).toEqual(['', '', '']);
  });
});

describe('what an answer lacks', () => {
  it('is an output', () => {
    expect(gapOf(choose, [''])?.problem).toContain('No output is chosen');
    expect(gapOf(type, [' \n'])?.at).toBe('textarea');
    expect(gapOf(type, ['1'])).toBeNull();
  });

  it('is lines, of which it says how many', () => {
    expect(gapOf(order, ['0:l_1', '', ''])?.problem).toContain('2 places are empty');
    expect(gapOf(order, ['0:l_1', '0:l_2', ''])?.problem).toContain('One place is empty');
    expect(gapOf(order, ['0:l_1', '0:l_2', '0:l_3'])).toBeNull();
  });

  it('is a change, but where a round begins with what the learner has built', () => {
    expect(gapOf(code, ['b = 1', 'v = 1'])?.problem).toContain('still what you started from');
    expect(gapOf(code, ['b = 1', 'v = 2'])).toBeNull();
    expect(gapOf(code, ['', ' \n'])?.problem).toContain('no program');
    const project = { ...code, round: { ...fresh, attemptsAllowed: null } };
    expect(gapOf(project, ['b = 1', 'v = 1'])).toBeNull();
  });
});

describe('an answer in words', () => {
  it('is the output, or the lines as they stand', () => {
    expect(textOf(choose, ['o_1'])).toBe('1\n2');
    expect(textOf(choose, ['o_9'])).toContain('no longer here');
    expect(textOf(type, ['1'])).toBe('1');
    expect(textOf(order, ['0:l_1', '1:l_2', ''])).toBe('if x:\n    use(x)');
  });
});
