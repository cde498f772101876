import type { OrderView } from '../../domain/views.ts';
import { codeText } from '../code-line.ts';
import { answerWith, placedOf } from '../order-lines.ts';
import { unmetText } from './check-text.ts';
import type { KindRules } from './kind.ts';

export const orderRules: KindRules<OrderView> = {
  ran: 'We ran the program with your lines.',
  unmet: unmetText,
  start: ({ slots }) => answerWith([], slots),
  gap(_, answer) {
    const empty = answer.filter((line) => line === '').length;
    if (empty === 0) return null;
    const problem = `${empty === 1 ? 'One place is' : `${empty} places are`} empty. Put a line there`;
    return { problem, at: '[data-bank] [data-line], [data-area] select' };
  },
  text: ({ lines }, answer) =>
    placedOf(answer)
      .map(({ id, indent }) => {
        const code = lines.find((line) => line.id === id)?.code ?? [];
        return '    '.repeat(indent) + codeText(code);
      })
      .join('\n'),
};
