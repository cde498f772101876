import type { CodeView } from '../../domain/views.ts';
import { sourcesIn } from '../code-sources.ts';
import { unmetText } from './check-text.ts';
import type { KindRules } from './kind.ts';

export const codeRules: KindRules<CodeView> = {
  ran: 'We ran your program.',
  unmet: unmetText,
  start: (exercise) => sourcesIn(exercise, {}),
  gap(exercise, answer) {
    const at = 'textarea:not([hidden]), .cm-content';
    if (answer.every((source) => source.trim() === '')) {
      return { problem: 'There is no program yet. Write it', at };
    }
    // Where a round has no end, what it begins with may be the learner's own, and may be enough.
    if (exercise.round.attemptsAllowed === null) return null;
    const start = sourcesIn(exercise, {});
    return answer.every((source, index) => source === start[index])
      ? { problem: 'This is still what you started from. Change it', at }
      : null;
  },
  text: () => '',
};
