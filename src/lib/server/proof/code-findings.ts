/** What is found of the programs that an exercise declares right or wrong, once they have been run. */
import type { CodeExercise, Finding, ProgramFiles } from '#lib/domain/exercise.ts';
import { brokenExpectation, brokenForAll, lineOf, placeIn, type Case } from './broken-parts.ts';
import { expectId, signId, type Examined } from './code-checks.ts';
import { errorSentence, observedSentence, whatHappened } from './happened.ts';
import { agrees, held } from './observe.ts';

/** A declared program, and how it fared with each seed. */
export interface CodeCase {
  files: ProgramFiles;
  declared: 'right' | 'wrong';
  /** Where it stands in the exercise's file. */
  path: string;
  /** Index of the mistake that it is; null: it is none. */
  mistake: number | null;
  examined: Examined[];
}

/** @param isComplete - Whether all of the exercise's programs are among the cases. */
export function codeFindings(
  exercise: CodeExercise,
  cases: readonly CodeCase[],
  isComplete: boolean,
): Finding[] {
  const own = cases.flatMap(ownCases);
  const broken = brokenExpectation(exercise, 'expect', own);
  if (broken) return [broken];
  const whole = isComplete ? (brokenForAll(exercise, own) ?? allHold(exercise, own)) : null;
  if (whole) return [whole];
  const drive = brokenDrive(exercise, own);
  if (drive) return [drive];
  return [
    ...exercise.mistakes.flatMap(({ holds }, index) =>
      holds === null ? [] : (brokenSign(exercise, index, own) ?? []),
    ),
    ...cases.flatMap((each) => caseFindings(exercise, each)),
  ];
}

/** How a program fared at the exercise's own check, for what is found of all programs together. */
function ownCases({ path, declared, examined }: CodeCase): Case[] {
  return examined.map(({ own }) => {
    return { answer: [path], declared, observed: own, expectation: expectId, path };
  });
}

/** A check that says yes to every program, be it right or wrong. */
function allHold(exercise: CodeExercise, own: readonly Case[]): Finding | null {
  if (!own.every(({ observed }) => held(observed, expectId))) return null;
  return {
    ...placeIn(exercise, 'expect'),
    expected: 'an expectation that the answer satisfies, and start and mistakes do not',
    found: `all ${new Set(own.map(({ path }) => path)).size} programs satisfied it`,
    fix: 'Assert what only a right answer does.',
  };
}

/** A drive that every solution ends in alike. */
function brokenDrive(exercise: CodeExercise, own: readonly Case[]): Finding | null {
  const right = own.filter(({ declared }) => declared === 'right');
  const errors = right.map(({ observed }) => observed.evidence.error);
  const [first] = errors;
  const isAlike = errors.every(
    (error) => error?.place === 'drive' && error.message === first?.message,
  );
  if (!first || !isAlike) return null;
  return {
    ...lineOf(exercise, 'drive', first.line),
    expected: 'a drive that comes to its end with the answer',
    found: errorSentence(first),
    fix: 'Mend the drive, or the answer.',
  };
}

function brokenSign(exercise: CodeExercise, index: number, own: readonly Case[]): Finding | null {
  const judged = own.map((each) => ({ ...each, expectation: signId(index) }));
  return brokenExpectation(exercise, `mistakes.${index}.holds`, judged);
}

function caseFindings(exercise: CodeExercise, each: CodeCase): Finding[] {
  const { declared, examined } = each;
  const uneven = examined.find(({ observed }) => !agrees(observed, expectId));
  if (uneven) return [notAlike(exercise, each, uneven)];
  const against = examined.findIndex(({ verdict }) => verdict !== declared);
  if (against !== -1) {
    return [
      declared === 'right'
        ? shouldPass(exercise, each, examined[against]!)
        : shouldFail(exercise, each, against),
    ];
  }
  return each.mistake === null ? [] : toldByAnother(exercise, each, each.mistake);
}

const names: Record<string, string> = { program: 'the start', answer: 'the answer' };

function nameOf({ path }: CodeCase): string {
  return names[path] ?? (path.startsWith('mistakes') ? 'the mistake' : 'the other solution');
}

/** Which check it was, where it is not the exercise's own. */
function atCheck({ check }: Examined): string {
  return check.id === 'own' ? '' : `at the check of \`${check.id}\`: `;
}

function shouldPass(exercise: CodeExercise, each: CodeCase, found: Examined): Finding {
  const { error } = found.observed.evidence;
  const isInProgram = error !== null && error.place !== 'drive';
  return {
    ...lineOf(exercise, each.path, isInProgram ? error.line : null),
    expected: `${nameOf(each)} to satisfy the expectation`,
    found: atCheck(found) + whatHappened(found.observed, expectId),
    fix: 'Mend it, or the drive, or the expectation.',
  };
}

function shouldFail(exercise: CodeExercise, each: CodeCase, against: number): Finding {
  const { observed } = each.examined[against]!;
  const isStart = each.path === 'program';
  const isChance = each.examined.some(({ verdict }) => verdict === 'wrong');
  return {
    ...placeIn(exercise, each.path),
    expected: `${nameOf(each)} to fail${isChance ? ', whatever the inputs are' : ''}`,
    found: `it satisfied the expectation${isChance ? ' with other inputs than it failed with' : ''}; ${observedSentence(observed)}`,
    fix: isChance
      ? 'Let `inputs` always hold one that shows what is wrong with it.'
      : isStart
        ? 'Take more out of the start, or sharpen the expectation.'
        : 'Sharpen the expectation, or take the mistake out.',
  };
}

function toldByAnother(exercise: CodeExercise, each: CodeCase, index: number): Finding[] {
  const other = each.examined.find(({ like }) => like !== index);
  if (!other) return [];
  const { error } = exercise.mistakes[index]!;
  return [
    {
      ...placeIn(exercise, `${each.path}.${error === null ? 'holds' : 'error'}`),
      expected: 'whoever makes this mistake to be told by its own message',
      found: toldBy(other, index),
      fix:
        other.like === null || other.like > index
          ? 'Say by `error` or `holds` what really happens with it.'
          : 'Put it before that one, or let that one say more exactly when it fits.',
    },
  ];
}

function toldBy(found: Examined, index: number): string {
  if (found.like === null) {
    return `by none; ${atCheck(found)}${whatHappened(found.observed, expectId)}`;
  }
  const why = found.like < index ? 'which comes first and fits as well' : 'as its own does not fit';
  return `by that of mistake ${found.like + 1}, ${why}`;
}

function notAlike(exercise: CodeExercise, each: CodeCase, found: Examined): Finding {
  const { judged } = found.observed;
  const times = judged.filter(
    ({ outcome, judgements }) => outcome === 'finished' && judgements.get(expectId)?.holds === true,
  ).length;
  return {
    ...placeIn(exercise, each.path),
    expected: `${nameOf(each)} to be judged the same each time`,
    found: `not the same each time: it held in ${times} of ${judged.length} runs`,
    fix: 'Let the waits be longer, or claim only what does not depend on chance.',
  };
}
