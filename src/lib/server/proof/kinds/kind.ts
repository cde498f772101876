/** What a kind of exercise is to its proof. */
import type { Exercise, Finding, Lesson } from '#lib/domain/exercise.ts';
import type { ProvenAnswer } from '#lib/domain/proof.ts';
import type { Bench } from '../observe.ts';

export interface ExerciseBench extends Bench {
  /** Waits for its turn, then does the job. */
  inTurn<T>(job: () => Promise<T>): Promise<T>;
  /** ISO date and time. */
  now(): string;
  /** Called when one of the exercise's programs has been run and judged. */
  onRun(): void;
}

/** What running an exercise came to. */
export interface ProofOutcome {
  answers: ProvenAnswer[];
  /** What speaks against the author. */
  refuting: Finding[];
  /** Why not everything could be run; it says nothing of the exercise. */
  trouble: Finding | null;
  /** How many programs ran, repetitions included. */
  runs: number;
  /** How many answers there are, where not all were run; else null. */
  possible: number | null;
}

/** An answer as a lock keeps it. */
export type LockedAnswer = Pick<ProvenAnswer, 'answer' | 'declared'>;

export interface KindProof<E extends Exercise = Exercise> {
  /** How many programs an exercise has to run, repetitions not counted. */
  programsOf(exercise: E): number;
  /** Runs all answers, right and wrong. Never rejects for what a program does. */
  prove(exercise: E, lesson: Lesson, bench: ExerciseBench): Promise<ProofOutcome>;
  /** Whether a lock's answers are those that the exercise has, each declared as its author declares it now. */
  isWhole(exercise: E, locked: readonly LockedAnswer[]): boolean;
}
