import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAnswerProblem } from '../../src/lib/domain/code-answer.ts';
import type { CodeExercise, Lesson } from '../../src/lib/domain/exercise.ts';
import { sameAnswer } from '../../src/lib/domain/fillings.ts';
import { answerOf } from '../../src/lib/domain/code-answer.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { atMost } from '../../src/lib/server/proof/at-most.ts';
import { judgeAnswer } from '../../src/lib/server/proof/judge-answer.ts';
import { openBench, ourContent, type RealBench } from './real-bench.ts';
import { answeredUids, writtenAnswers, type WrittenAnswer } from './written-answers.ts';

let bench: RealBench;
let asked: { exercise: CodeExercise; lesson: Lesson }[];

beforeAll(async () => {
  bench = await openBench();
  const { lessons } = await loadCatalogue([ourContent]);
  asked = lessons.flatMap((lesson) =>
    lesson.exercises.flatMap((exercise) =>
      exercise.kind === 'fix' || exercise.kind === 'write' ? [{ exercise, lesson }] : [],
    ),
  );
});

afterAll(async () => {
  await bench?.close();
});

test('every exercise of ours that is answered with code has two right and three wrong answers', async () => {
  const few: string[] = [];
  for (const { exercise } of asked) {
    const answers = await writtenAnswers(exercise);
    const count = (verdict: string) =>
      answers.filter(({ expected }) => expected === verdict).length;
    if (count('right') < 2 || count('wrong') < 3) {
      few.push(
        `${exercise.id} (${exercise.uid}): ${count('right')} right, ${count('wrong')} wrong`,
      );
    }
  }
  expect(few).toEqual([]);
});

test('all answers are answers to exercises of ours', async () => {
  const uids = asked.map(({ exercise }) => exercise.uid);
  expect((await answeredUids()).filter((uid) => !uids.includes(uid))).toEqual([]);
});

test('none of the answers is one that the author has written', async () => {
  const copied: string[] = [];
  for (const { exercise } of asked) {
    const known = [exercise.answer, ...exercise.alternatives].map(answerOf).map(withoutComments);
    for (const { name, answer } of await writtenAnswers(exercise)) {
      const bare = withoutComments(answer);
      if (known.some((each) => sameAnswer(each, bare))) copied.push(`${exercise.id}/${name}`);
    }
  }
  expect(copied).toEqual([]);
});

test(
  'each is judged as its name says, with inputs that are fresh',
  { timeout: 1_800_000 },
  async () => {
    const otherwise: string[] = [];
    // No more than have places: an answer has half a minute for all of its waits.
    const inTurn = atMost(3);
    for (const { exercise, lesson } of asked) {
      const judge = async ({ name, expected, answer }: WrittenAnswer) => {
        const problem = codeAnswerProblem(exercise, answer);
        const { limits, tier, harness, runtime, sandbox, now } = bench;
        const tools = { limits, tier, harness, runtime, sandbox, now, owner: name };
        const seed = randomInt(2 ** 32);
        const result = await judgeAnswer(exercise, lesson, answer, tools, seed);
        const verdict = result.kind === 'judged' ? result.judged.verdict : result.kind;
        if (problem === null && verdict === expected) return;
        otherwise.push(
          `${exercise.id}/${name}: ${verdict} with seed ${seed} ${JSON.stringify(result)} ${problem}`,
        );
      };
      const answers = await writtenAnswers(exercise);
      await Promise.all(answers.map((answer) => inTurn(() => judge(answer))));
    }
    expect(otherwise).toEqual([]);
  },
);

/** An answer without its lines of comment: what each of ours begins with makes it no other program. */
function withoutComments(answer: readonly string[]): string[] {
  return answer.map((file) => file.replaceAll(/^ *#.*\n/gm, ''));
}
