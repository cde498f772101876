/** The board of each kind of exercise: where an answer is laid out, and shown when the round is over. */
import type { Component } from 'svelte';
import type { ExerciseView } from '../domain/views.ts';
import BlanksBoard from './BlanksBoard.svelte';
import ChoiceBoard from './ChoiceBoard.svelte';
import CodeBoard from './CodeBoard.svelte';
import OrderBoard from './OrderBoard.svelte';
import PredictBoard from './PredictBoard.svelte';
import type { ViewOf } from './card-kinds.ts';

export interface BoardProps<V extends ExerciseView = ExerciseView> {
  exercise: V;
  /** The answer as it would be sent; bindable. An empty text where nothing stands yet. */
  answer: string[];
  /** Whether Check found something missing that is still missing. */
  missing: boolean;
  /** Says something to those who do not see it. */
  say: (text: string) => void;
}

export type Board<V extends ExerciseView> = Component<BoardProps<V>, object, 'answer'>;

const boards: { [K in ExerciseView['kind']]: Board<ViewOf<K>> } = {
  blanks: BlanksBoard,
  choice: ChoiceBoard,
  predict: PredictBoard,
  order: OrderBoard,
  fix: CodeBoard,
  write: CodeBoard,
};

/** @returns The board for the exercise's kind. */
export function boardOf(exercise: ExerciseView): Board<ExerciseView> {
  // Each board is only ever given views of its own kind.
  return boards[exercise.kind] as unknown as Board<ExerciseView>;
}
