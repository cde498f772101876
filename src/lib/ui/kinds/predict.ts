import type { PredictView } from '../../domain/views.ts';
import PredictBoard from '../PredictBoard.svelte';
import ComparedSolution from '../ComparedSolution.svelte';
import { predictRules as rules } from './predict-rules.ts';
import type { CardKind } from './kind.ts';

export const kind: CardKind<PredictView> = {
  rules,
  Board: PredictBoard,
  Solution: ComparedSolution,
};
