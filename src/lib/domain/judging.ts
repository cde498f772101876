import type { Kind } from './exercise.ts';

/**
 * How an answer comes to its verdict. `look-up`: among the answers that were proven, which are all there
 * are. `look-up-or-run`: there, or by a run when it is not among them. `run`: always by a run, since its
 * inputs are fresh each time. `rated`: who answered says how it went.
 */
export type Judging = 'look-up' | 'look-up-or-run' | 'run' | 'rated';

export const judgingOf: Readonly<Record<Kind, Judging>> = {
  blanks: 'look-up',
  choice: 'look-up',
  predict: 'look-up',
  order: 'look-up-or-run',
  fix: 'run',
  write: 'run',
  recall: 'rated',
};
