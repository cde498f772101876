import type { BlanksView } from '../../domain/views.ts';
import BlanksBoard from '../BlanksBoard.svelte';
import BlanksSolution from '../BlanksSolution.svelte';
import { blanksRules as rules } from './blanks-rules.ts';
import type { CardKind } from './kind.ts';

export const kind: CardKind<BlanksView> = { rules, Board: BlanksBoard, Solution: BlanksSolution };
