/** How well an objective was remembered, from what happened; never from how long it took. */
import type { Difficulty } from '../exercise.ts';

/** In FSRS's words, from forgotten to remembered with ease. */
export const grades = ['again', 'hard', 'good', 'easy'] as const;
export type Grade = (typeof grades)[number];

/** How one review of an exercise went, when its round is over. */
export interface ReviewedRound {
  isRight: boolean;
  /** How many answers were given, the last one included. */
  attempts: number;
  help: 'none' | 'hints' | 'solution';
  /** Of the exercise that was asked. */
  difficulty: Difficulty;
}

/**
 * Not found, or shown: again. Found with hints or not at once: hard. At once and unaided: good, and if the
 * exercise is a hard one: easy.
 */
export function gradeOf({ isRight, attempts, help, difficulty }: ReviewedRound): Grade {
  if (!isRight || help === 'solution') return 'again';
  if (attempts > 1 || help === 'hints') return 'hard';
  return difficulty === 'hard' ? 'easy' : 'good';
}
