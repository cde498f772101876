/** Proof of `blanks`: every filling is run. */
import type { BlanksExercise, Lesson } from '#lib/domain/exercise.ts';
import { allFillings, fillProgram, isDeclaredRight, sameAnswer } from '#lib/domain/fillings.ts';
import type { Expectation } from '../../sandbox/port.ts';
import type { Case } from '../broken-parts.ts';
import { areExactly, expectFindings, outcomeOf, requestFor, runOne } from '../cases.ts';
import type { ExerciseBench, KindProof } from './kind.ts';

function runFillings(
  exercise: BlanksExercise,
  lesson: Lesson,
  bench: ExerciseBench,
): Promise<Case[]> {
  const expectations: Expectation[] = [{ id: 'expect', kind: 'expect', source: exercise.expect }];
  return Promise.all(
    allFillings(exercise.bank, exercise.blanks).map(async (answer) => {
      const right = isDeclaredRight(exercise.answers, answer);
      const index = exercise.answers.findIndex((each) => sameAnswer(each, answer));
      const request = requestFor(exercise, lesson, fillProgram(exercise.program, answer));
      const observed = await runOne(bench, { request, expectations, patient: right });
      const declared = right ? 'right' : 'wrong';
      const path = right ? `answers.${index}` : 'answers';
      return { answer, declared, observed, expectation: 'expect', path } satisfies Case;
    }),
  );
}

export const blanksProof: KindProof<BlanksExercise> = {
  programsOf: ({ bank, blanks }) => bank.length ** blanks,
  prove: async (exercise, lesson, bench) =>
    outcomeOf(exercise, await runFillings(exercise, lesson, bench), (sound, isComplete) =>
      expectFindings(exercise, sound, isComplete),
    ),
  isWhole: ({ bank, blanks, answers }, locked) => {
    const wanted = allFillings(bank, blanks).map((filling): [string, 'right' | 'wrong'] => [
      JSON.stringify(filling),
      isDeclaredRight(answers, filling) ? 'right' : 'wrong',
    ]);
    return areExactly(new Map(wanted), locked);
  },
};
