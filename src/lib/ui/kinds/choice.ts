import type { ChoiceView } from '../../domain/views.ts';
import ChoiceBoard from '../ChoiceBoard.svelte';
import { choiceRules as rules } from './choice-rules.ts';
import type { CardKind } from './kind.ts';

// Every option carries its reason on the board.
export const kind: CardKind<ChoiceView> = { rules, Board: ChoiceBoard, Solution: null };
