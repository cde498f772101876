import type { BlanksView } from '../../domain/views.ts';
import type { KindRules } from './kind.ts';

export const blanksRules: KindRules<BlanksView> = {
  ran: 'We ran your answer.',
  start: (exercise) => Array.from({ length: exercise.blanks }, () => ''),
  gap(_, answer) {
    const blank = answer.indexOf('') + 1;
    if (blank === 0) return null;
    return {
      problem: `Blank ${blank} is empty. Put a token in it`,
      at: `[data-blank="${blank}"]`,
    };
  },
  text: (_, answer) => answer.join(', '),
};
