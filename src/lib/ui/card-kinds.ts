/**
 * What a card has to know of each kind of exercise besides its board (boards.ts). What a learner lays out
 * is for every kind the answer as it would be sent: a list of texts, empty ones where nothing stands yet.
 */
import type { ExerciseView } from '../domain/views.ts';
import { plain } from './wording.ts';

export type ViewOf<K extends ExerciseView['kind']> = Extract<ExerciseView, { kind: K }>;

/** What an answer still lacks: in words, and where on the card it has to be put. */
export interface Gap {
  problem: string;
  /** Selector of the element to go to. */
  at: string;
}

export interface CardKind<V extends ExerciseView> {
  /** What lies on the board before the first answer of a round. */
  start(exercise: V): string[];
  /** Null when nothing is missing. `problem` ends without a full stop; what to do next follows it. */
  gap(exercise: V, answer: string[]): Gap | null;
  /** An answer in the learner's own terms. */
  text(exercise: V, answer: string[]): string;
}

const blanks: CardKind<ViewOf<'blanks'>> = {
  start: (exercise) => Array.from({ length: exercise.blanks }, () => ''),
  gap(_, answer) {
    const blank = answer.indexOf('') + 1;
    if (blank === 0) return null;
    return {
      problem: `Blank ${blank} is empty. Put a token in it`,
      at: `[data-blank="${blank}"]`,
    };
  },
  text: (_, answer) => answer.join(', '),
};

const choice: CardKind<ViewOf<'choice'>> = {
  start: () => [''],
  gap: (_, [option]) =>
    option ? null : { problem: 'No option is chosen. Choose one', at: 'input[type="radio"]' },
  text(exercise, answer) {
    const option = exercise.options.find((candidate) => candidate.id === answer[0]);
    return option ? plain(option.text) : 'an option that is no longer here';
  },
};

const kinds = { blanks, choice };

/** @returns What the card asks of the exercise's kind. */
export function cardKindOf(exercise: ExerciseView): CardKind<ExerciseView> {
  // Each kind is only ever given views of its own.
  return kinds[exercise.kind as keyof typeof kinds] as unknown as CardKind<ExerciseView>;
}

/** The answer that a card begins with: the last one of the round, else what lies there at the start. */
export function beginAnswer(exercise: ExerciseView): string[] {
  const start = cardKindOf(exercise).start(exercise);
  const last = exercise.round.attempts.at(-1)?.answer;
  return last?.length === start.length ? last : start;
}
