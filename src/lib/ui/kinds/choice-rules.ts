import type { ChoiceView } from '../../domain/views.ts';
import { plain } from '../wording.ts';
import type { KindRules } from './kind.ts';

export const choiceRules: KindRules<ChoiceView> = {
  ran: 'We ran your answer.',
  start: () => [''],
  gap: (_, [option]) =>
    option ? null : { problem: 'No option is chosen. Choose one', at: 'input[type="radio"]' },
  text(exercise, answer) {
    const option = exercise.options.find((candidate) => candidate.id === answer[0]);
    return option ? plain(option.text) : 'an option that is no longer here';
  },
};
