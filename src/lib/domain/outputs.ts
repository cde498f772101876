/**
 * What programs print, as answers of `predict`: when two outputs are the same, and which ones a learner
 * chooses from.
 */
import type { PredictExercise } from './exercise.ts';
import type { ExerciseProof, ProvenAnswer } from './proof.ts';

/** An output without what nobody can see: white space at the ends of its lines and of the whole. */
export function visibleOutput(output: string): string {
  return output
    .split(/\r\n?|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}

/** Whether two outputs look the same. */
export function sameOutput(left: string, right: string): boolean {
  return visibleOutput(left) === visibleOutput(right);
}

/**
 * The outputs that a proven exercise offers, the real one among them, in the order of their ids: that
 * order says nothing of which is which, and neither does a shuffle of it.
 */
export function offeredOutputs(
  exercise: PredictExercise,
  proof: Pick<ExerciseProof, 'answers'>,
): { id: string; output: string }[] {
  const right = proof.answers
    .filter(({ observed }) => observed === 'right')
    .map(({ answer, evidence }) => ({ id: answer[0]!, output: evidence.stdout }));
  return [...exercise.wrong, ...right]
    .map(({ id, output }) => ({ id, output: visibleOutput(output) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * What is known of an output that was typed: it is the program's, or one that the author wrote of, or
 * neither, and then wrong by the same run.
 * @returns Undefined while nothing is proven.
 */
export function judgeTyped(
  exercise: PredictExercise,
  proof: Pick<ExerciseProof, 'answers'>,
  typed: string,
): ProvenAnswer | undefined {
  const right = proof.answers.find(({ observed }) => observed === 'right');
  if (!right || sameOutput(typed, right.evidence.stdout)) return right;
  const believed = believedOutput(exercise, [typed]);
  const known = proof.answers.find(({ answer }) => answer[0] === believed?.id);
  return known ?? { ...right, answer: [typed], declared: 'wrong', observed: 'wrong' };
}

/** What the author has to say of a wrong answer, whether it was chosen or typed; undefined: nothing. */
export function believedOutput(
  exercise: PredictExercise,
  [given = '']: string[],
): PredictExercise['wrong'][number] | undefined {
  return exercise.wrong.find(({ id, output }) =>
    exercise.ask === 'choose' ? id === given : sameOutput(output, given),
  );
}
