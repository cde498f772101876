/** Judging an answer to `fix` or `write`: it is run against every check, with fresh inputs. */
import { filesOf } from '#lib/domain/code-answer.ts';
import type { CodeExercise } from '#lib/domain/exercise.ts';
import type { Evidence } from '#lib/domain/proof.ts';
import type { JsonValue } from '#lib/domain/run.ts';
import { examine, setUp, unmetOf } from '../code-checks.ts';
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
  const setUpAt = (index: number) => setUp(reference, exercise.checks[index]!, seed, observe);
  const examined = await examine(reference, files, setUpAt, {
    ...{ observe, patient: true, isRepeated: false, isHasty: true },
  });
  if (examined.kind === 'trouble') return examined;
  // Its proof has seen this work with other seeds.
  if (examined.kind === 'broken') return { kind: 'trouble', problem: examined.found };
  const { verdict, check, observed, like, runs } = examined;
  if (observed.trouble !== null) return { kind: 'trouble', problem: observed.trouble };
  const isWrong = verdict === 'wrong';
  return {
    kind: 'judged',
    judged: {
      ...{ verdict, evidence: withinBounds(observed.evidence), runs },
      failed: isWrong ? check.id : null,
      unmet: isWrong ? unmetOf(observed) : null,
      says: like === null ? null : exercise.mistakes[like]!.says,
    },
  };
};

/** Characters of what a learner's program printed, and of all values observed of it, that are kept. */
const mostKept = 8_000;

/** Kept with the attempt for good, and sent with every page that tells of it. */
function withinBounds(evidence: Evidence): Evidence {
  const { stdout, values } = evidence;
  let room = mostKept;
  const fits = ([, value]: [string, JsonValue]) => (room -= JSON.stringify(value).length) >= 0;
  return {
    ...evidence,
    stdout: stdout.length > mostKept ? `${stdout.slice(0, mostKept)}\n...` : stdout,
    values: Object.fromEntries(Object.entries(values).filter(fits)),
  };
}
