import type { RecallView } from '../../domain/views.ts';
import RecallBoard from '../RecallBoard.svelte';
import { recallRules as rules } from './recall-rules.ts';
import type { CardKind } from './kind.ts';

export const kind: CardKind<RecallView> = {
  rules,
  Board: RecallBoard,
  Solution: null,
  isSelfRated: true,
};
