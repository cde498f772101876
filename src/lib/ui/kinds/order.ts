import type { OrderView } from '../../domain/views.ts';
import OrderBoard from '../OrderBoard.svelte';
import CheckTold from '../CheckTold.svelte';
import ComparedSolution from '../ComparedSolution.svelte';
import { orderRules as rules } from './order-rules.ts';
import type { CardKind } from './kind.ts';

export const kind: CardKind<OrderView> = {
  rules,
  Board: OrderBoard,
  Solution: ComparedSolution,
  Told: CheckTold,
};
