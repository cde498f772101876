/** Proof of `predict`: the program is run, and what it prints is the key. */
import type { Finding, PredictExercise } from '#lib/domain/exercise.ts';
import { sameOutput, visibleOutput } from '#lib/domain/outputs.ts';
import type { ProvenAnswer } from '#lib/domain/proof.ts';
import { outputId } from '../../content/answer-ids.ts';
import { brokenFixture, lineOf, placeIn } from '../broken-parts.ts';
import { hostTrouble, requestFor, runOne } from '../cases.ts';
import { withoutAddresses } from '../digest.ts';
import { whatHappened } from '../happened.ts';
import { repetitions, type Observed } from '../observe.ts';
import type { KindProof } from './kind.ts';

/** The wrong outputs and the real one, all on the evidence of the one program. */
function answersOf(exercise: PredictExercise, { evidence }: Observed): ProvenAnswer[] {
  const { outcome, error, stdout } = evidence;
  const real = outputId(exercise.uid, stdout);
  const isKnown = outcome === 'finished' && stdout !== '';
  const proven = (id: string, declared: 'right' | 'wrong'): ProvenAnswer => ({
    ...{ answer: [id], declared, observed: isKnown && id === real ? 'right' : 'wrong' },
    ...{ outcome, error, evidence },
  });
  return [
    ...exercise.wrong.map(({ id }) => proven(id, 'wrong')),
    ...(isKnown ? [proven(real, 'right')] : []),
  ];
}

/** What keeps the program's output from being a key. */
function noKey(exercise: PredictExercise, observed: Observed): Finding | null {
  const { evidence, outputs, judged } = observed;
  const stopped = judged.find(({ outcome }) => outcome !== 'finished');
  if (stopped) {
    const { error } = evidence;
    const path = error?.place === 'drive' ? 'drive' : 'program';
    return {
      ...lineOf(exercise, path, error?.line ?? null),
      expected: 'a program that comes to its end: what it prints is the key',
      found: whatHappened(observed, ''),
      fix: 'Let it end by itself; an exception can be caught, and its name printed.',
    };
  }
  const printed = (text: string) => JSON.stringify(visibleOutput(text).slice(0, 60));
  const other = outputs.find((each) => !sameOutput(each, outputs[0]!));
  if (other !== undefined) {
    return {
      ...placeIn(exercise, 'program'),
      expected: `the same output in each of ${outputs.length} runs`,
      found: `first ${printed(outputs[0]!)}, then ${printed(other)}`,
      fix: 'Print nothing that depends on a clock, on chance or on the order of a set.',
    };
  }
  const masked = withoutAddresses(outputs[0]!);
  if (masked !== outputs[0]) {
    return {
      ...placeIn(exercise, 'program'),
      expected: 'an output without addresses in memory, which nobody can foretell',
      found: `${printed(masked)}, with the address taken out`,
      fix: 'Print what an object holds, and not the object; print large numbers in decimal.',
    };
  }
  if (visibleOutput(masked) !== '') return null;
  return {
    ...placeIn(exercise, 'program'),
    expected: 'a program that prints something: that is the key',
    found: 'nothing was printed',
    fix: 'Print what is to be foretold, in the program or in the drive.',
  };
}

function findingsOf(exercise: PredictExercise, observed: Observed): Finding[] {
  const whole = brokenFixture(exercise, observed) ?? noKey(exercise, observed);
  if (whole) return [whole];
  const { stdout } = observed.evidence;
  return exercise.wrong.flatMap(({ output }, index) =>
    sameOutput(output, stdout)
      ? [
          {
            ...placeIn(exercise, `wrong.${index}.output`),
            expected: 'an output that the program does not print',
            found: `exactly what it printed: ${JSON.stringify(visibleOutput(stdout).slice(0, 60))}`,
            fix: 'Take it out, or write what a learner could believe instead.',
          },
        ]
      : [],
  );
}

export const predictProof: KindProof<PredictExercise> = {
  programsOf: () => 1,
  prove: async (exercise, lesson, bench) => {
    const request = requestFor(exercise, lesson, exercise.program);
    const observed = await runOne(bench, {
      ...{ request, expectations: [], patient: true, times: repetitions },
    });
    const trouble = hostTrouble(exercise, [{ observed }]);
    return {
      answers: answersOf(exercise, observed),
      refuting: trouble ? [] : findingsOf(exercise, observed),
      ...{ trouble, runs: observed.runs, possible: null },
    };
  },
  isWhole: ({ wrong }, locked) => {
    const ids = new Set(wrong.map(({ id }) => id));
    const believed = locked.filter(({ answer: [id] }) => ids.has(id ?? ''));
    const others = locked.filter((each) => !believed.includes(each));
    return (
      believed.length === ids.size &&
      believed.every(({ declared }) => declared === 'wrong') &&
      others.length === 1 &&
      others[0]!.declared === 'right'
    );
  },
};
