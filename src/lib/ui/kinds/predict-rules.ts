import type { PredictView } from '../../domain/views.ts';
import type { KindRules } from './kind.ts';

export const predictRules: KindRules<PredictView> = {
  ran: 'We ran the program.',
  start: () => [''],
  gap({ ask }, [given = '']) {
    if (given.trim() !== '') return null;
    return ask === 'choose'
      ? { problem: 'No output is chosen. Choose one', at: 'input[type="radio"]' }
      : { problem: 'Nothing is written yet. Write what it prints', at: 'textarea' };
  },
  text({ ask, outputs }, [given = '']) {
    if (ask === 'type') return given;
    return outputs.find(({ id }) => id === given)?.output ?? 'an output that is no longer here';
  },
};
