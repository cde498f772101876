/**
 * What a card has to know of a kind of exercise, and draws of it. What a learner lays out is for every kind
 * the answer as it would be sent: a list of texts, empty ones where nothing stands yet.
 */
import type { Component } from 'svelte';
import type { AttemptView, ExerciseView, SolutionView } from '../../domain/views.ts';

/** What an answer still lacks: in words, and where on the card it has to be put. */
export interface Gap {
  problem: string;
  /** Selector of the element to go to. */
  at: string;
}

export interface KindRules<V extends ExerciseView = ExerciseView> {
  /** What lies on the board before the first answer of a round. */
  start(exercise: V): string[];
  /** Null when nothing is missing. `problem` ends without a full stop; what to do next follows it. */
  gap(exercise: V, answer: string[]): Gap | null;
  /** An answer in the learner's own terms. */
  text(exercise: V, answer: string[]): string;
  /** What was run, as a sentence. */
  ran: string;
  /** What is said aloud when an answer was taken; left out: the verdict, and what happened. */
  announced?(exercise: V): string;
  /** What the check asks for that an answer does not do; empty: nothing is said. */
  unmet?(attempt: AttemptView): string;
}

export interface BoardProps<V extends ExerciseView = ExerciseView> {
  exercise: V;
  /** The answer as it would be sent; bindable. An empty text where nothing stands yet. */
  answer: string[];
  /** Whether Check found something missing that is still missing. */
  missing: boolean;
  /** Says something to those who do not see it. */
  say: (text: string) => void;
  /** Whether an act of the card is underway. */
  isBusy?: boolean;
}

export interface SolutionProps {
  exercise: ExerciseView;
  solution: SolutionView;
}

export interface ToldProps {
  attempt: AttemptView;
  /** Titles of the steps of a project, by slug. */
  steps: Record<string, string>;
}

export interface CardKind<V extends ExerciseView = ExerciseView> {
  rules: KindRules<V>;
  /** Where an answer is laid out, and shown when the round is over. */
  Board: Component<BoardProps<V>, object, 'answer'>;
  /** What is particular to a solution of the kind; null: nothing is. */
  Solution: Component<SolutionProps> | null;
  /** Whoever answers says how it went: the board has its acts and what came of them, and no verdict is told. */
  isSelfRated?: boolean;
  /** What is particular to what is told of an answer; left out: nothing is. */
  Told?: Component<ToldProps>;
}
