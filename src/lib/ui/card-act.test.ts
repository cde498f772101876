import { describe, expect, it } from 'vitest';
import type { AttemptView, ExerciseView } from '../domain/views.ts';
import { lossByShowing, obstacleTo as obstacle, problemOf, type Act } from './card-act.ts';
import { blanksRules } from './kinds/blanks-rules.ts';
import { choiceRules } from './kinds/choice-rules.ts';
import { codeRules } from './kinds/code-rules.ts';

const given = { answer: ['a', 'b'] } as AttemptView;
const blanks = { kind: 'blanks', blanks: 2, round: { attempts: [given] } } as ExerciseView;
const choice = { kind: 'choice', round: { attempts: [] as AttemptView[] } } as ExerciseView;

function obstacleTo(act: Act, exercise: ExerciseView, answer: string[]) {
  const rules = exercise.kind === 'blanks' ? blanksRules : choiceRules;
  return obstacle(act, exercise, answer, rules);
}

describe('what stands in the way of an act', () => {
  it('is an empty blank, of an answer and of a look, which needs no attempt', () => {
    expect(obstacleTo('answer', blanks, ['a', ''])).toEqual({
      problem: 'Blank 2 is empty. Put a token in it and check again; no attempt was used.',
      at: '[data-blank="2"]',
    });
    expect(obstacleTo('look', blanks, ['', 'b'])?.problem).toBe(
      'Blank 1 is empty. Put a token in it and look again.',
    );
  });

  it('is an answer that was given before, of an answer and not of a look', () => {
    expect(obstacleTo('answer', blanks, ['a', 'b'])?.problem).toContain('before in this round');
    expect(obstacleTo('look', blanks, ['a', 'b'])).toBeNull();
    expect(obstacleTo('answer', blanks, ['b', 'a'])).toBeNull();
  });

  it('is an option that was not chosen, and nothing when help is wanted', () => {
    expect(obstacleTo('answer', choice, [''])).toMatchObject({ at: 'input[type="radio"]' });
    expect(obstacleTo('hint', choice, [''])).toBeNull();
    expect(obstacleTo('answer', choice, ['x'])).toBeNull();
  });
});

describe('what is lost when the solution is shown', () => {
  const files = [{ path: 'program.py', source: 'x = 1' }];
  const round = { attempts: [] as AttemptView[], ending: null };
  const fix = { kind: 'fix', files, round } as unknown as ExerciseView;
  const loss = (exercise: ExerciseView, answer: string[], mark = '') =>
    lossByShowing(exercise, answer, codeRules, mark);

  it('is a text that differs from the start and from the last answer', () => {
    expect(loss(fix, ['x = 1'])).toBe('');
    expect(loss(fix, ['x = 2'])).toContain('has not been checked');
    const answered = { ...fix, round: { ...round, attempts: [{ answer: ['x = 2'] }] } };
    expect(loss(answered as unknown as ExerciseView, ['x = 2'])).toBe('');
  });

  it('is no text once the round is over, and no token that was put in a blank', () => {
    const over = { ...fix, round: { ...round, ending: 'exhausted' } } as unknown as ExerciseView;
    expect(loss(over, ['x = 2'])).toBe('');
    expect(lossByShowing(blanks, ['a', 'c'], blanksRules, '')).toBe('');
  });

  it('is the mark of a challenge, whatever was written', () => {
    expect(loss(fix, ['x = 1'], 'No mark then.')).toBe('No mark then.');
    expect(loss(fix, ['x = 2'], 'No mark then.')).toMatch(/round\. No mark then\.$/);
  });
});

describe('what came of an act', () => {
  it('is told in the words of the server, else as what can be done', () => {
    const told = { status: 422, location: '/' };
    const failure = { type: 'failure', ...told, data: { problem: 'No.' } } as const;
    expect(problemOf(failure)).toBe('No.');
    expect(problemOf({ type: 'failure', ...told })).toContain('Try again');
    expect(problemOf({ type: 'success', ...told })).toBe('');
    const lost = { type: 'error', status: 500, error: { message: 'x' } } as const;
    expect(problemOf(lost as never)).toContain('could not be sent');
  });
});
