/** Judging an answer to `fix` or `write`: it is run against every check, with fresh inputs. */
import { filesOf } from '#lib/domain/code-answer.ts';
import type { CodeExercise } from '#lib/domain/exercise.ts';
import { examine, setUp, unmetOf, type Setup } from '../code-checks.ts';
import type { JudgeOfKind } from './judge.ts';

export const judgeCode: JudgeOfKind<CodeExercise> = async (
  exercise,
  lesson,
  answer,
  { observe, seed },
) => {
  const files = filesOf(exercise, answer);
  if (!files) return { kind: 'trouble', problem: "the answer does not have the exercise's files" };
  const reference = { exercise, lesson };
  const setups: Setup[] = [];
  for (const check of exercise.checks) {
    const made = await setUp(reference, check, seed, observe);
    if (made.kind === 'trouble') return made;
    // Its proof has seen this work with other seeds.
    if (made.kind === 'broken') return { kind: 'trouble', problem: made.found };
    setups.push(made.setup);
  }
  const { verdict, check, observed, like, runs } = await examine(reference, files, setups, {
    observe,
    patient: true,
    isRepeated: false,
    isHasty: true,
  });
  if (observed.trouble !== null) return { kind: 'trouble', problem: observed.trouble };
  const isWrong = verdict === 'wrong';
  return {
    kind: 'judged',
    judged: {
      ...{ verdict, evidence: observed.evidence, runs },
      failed: isWrong ? check.id : null,
      unmet: isWrong ? unmetOf(observed) : null,
      says: like === null ? null : exercise.mistakes[like]!.says,
    },
  };
};
