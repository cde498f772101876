import type { CodeView } from '../../domain/views.ts';
import CodeBoard from '../CodeBoard.svelte';
import CheckTold from '../CheckTold.svelte';
import ComparedSolution from '../ComparedSolution.svelte';
import { codeRules as rules } from './code-rules.ts';
import type { CardKind } from './kind.ts';

export const kind: CardKind<CodeView> = {
  rules,
  Board: CodeBoard,
  Solution: ComparedSolution,
  Told: CheckTold,
};
