/** How often somebody who knows nothing answers an exercise right. */
import { arrangementsOf } from '../choose-arrangements.ts';
import type { Exercise } from '../exercise.ts';
import { countFillings } from '../fillings.ts';
import type { ExerciseProof } from '../proof.ts';

/**
 * What is typed is hardly ever right by luck. It is also the least that is assumed of the other kinds: who
 * guesses among 125 fillings leaves out the silly ones.
 */
export const leastGuessing = 0.02;

/**
 * @param proof - Which answers turned out right when they were run.
 * @returns The share of the possible answers that are right, from `leastGuessing` to 1.
 */
export function guessingOf(exercise: Exercise, proof: Pick<ExerciseProof, 'answers'>): number {
  const right = proof.answers.filter(({ observed }) => observed === 'right').length;
  return Math.min(1, Math.max(leastGuessing, right / countAnswers(exercise)));
}

/** How many answers there are to choose from; without end where it is typed. */
function countAnswers(exercise: Exercise): number {
  switch (exercise.kind) {
    case 'blanks':
      return countFillings(exercise.bank.length, exercise.blanks);
    case 'choice':
      return exercise.options.length;
    case 'predict':
      return exercise.ask === 'choose' ? exercise.wrong.length + 1 : Infinity;
    case 'order':
      // Those that can be indented so: nobody who has seen Python tries the others.
      return arrangementsOf(exercise).count;
    case 'fix':
    case 'write':
    case 'recall':
      return Infinity;
  }
}
