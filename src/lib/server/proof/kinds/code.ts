/** Proof of `fix` and `write`: start, reference solution, alternatives and mistakes are run. */
import { answerOf } from '#lib/domain/code-answer.ts';
import type { Check, CodeExercise, Finding, Lesson } from '#lib/domain/exercise.ts';
import type { ProvenAnswer } from '#lib/domain/proof.ts';
import { lineOf, placeIn, stoppedRows } from '../broken-parts.ts';
import { areExactly } from '../cases.ts';
import { codeFindings, type CodeCase } from '../code-findings.ts';
import {
  demoRequest,
  examine,
  setUp,
  type Examined,
  type Observe,
  type Reference,
  type Setup,
  type SetupResult,
} from '../code-checks.ts';
import { whatHappened } from '../happened.ts';
import { observe, type Observed } from '../observe.ts';
import type { ExerciseBench, KindProof, ProofOutcome } from './kind.ts';

/** Of the inputs: an answer must do with each of them what is said of it. None is that of programs. */
const seeds = [2, 3, 4];

type Declared = Pick<CodeCase, 'files' | 'declared' | 'path' | 'mistake'>;

/** Every program that is declared right or wrong. */
function declaredIn({ start, answer, alternatives, mistakes }: CodeExercise): Declared[] {
  return [
    { files: start, declared: 'wrong', path: 'program', mistake: null },
    { files: answer, declared: 'right', path: 'answer', mistake: null },
    ...alternatives.map((files, index): Declared => {
      return { files, declared: 'right', path: `alternatives.${index}`, mistake: null };
    }),
    ...mistakes.map(({ files }, index): Declared => {
      return { files, declared: 'wrong', path: `mistakes.${index}`, mistake: index };
    }),
  ];
}

async function prove(
  exercise: CodeExercise,
  lesson: Lesson,
  bench: ExerciseBench,
): Promise<ProofOutcome> {
  const reference = { exercise, lesson };
  const inTurn: Observe = (asked) => bench.inTurn(() => observe(bench, asked));
  const made = await setUpAll(reference, inTurn);
  if (made.kind === 'stopped') return made.outcome;
  const [demo, ...cases] = await Promise.all([
    inTurn({ request: demoRequest(reference), expectations: [], patient: true }),
    ...declaredIn(exercise).map(async (declared): Promise<CodeCase> => {
      const examined = await examineAll(reference, declared, made.setups, inTurn);
      bench.onRun();
      return { ...declared, examined };
    }),
  ]);
  bench.onRun();
  const sound = cases.filter(({ examined }) => examined.every(({ observed }) => !observed.trouble));
  const trouble = troubleOf(exercise, [...cases.flatMap(observedIn), demo]);
  return {
    answers: sound.map(toProvenAnswer),
    refuting: [
      ...codeFindings(exercise, sound, sound.length === cases.length),
      ...demoFindings(exercise, demo),
    ],
    trouble,
    runs:
      made.runs +
      demo.runs +
      cases.flatMap(({ examined }) => examined).reduce((sum, { runs }) => sum + runs, 0),
    possible: null,
  };
}

const observedIn = ({ examined }: CodeCase) => examined.map(({ observed }) => observed);

type AllSetups =
  { kind: 'ready'; setups: Setup[][]; runs: number } | { kind: 'stopped'; outcome: ProofOutcome };

/** For each seed the set-up of each check; one seed is enough where no check takes inputs. */
async function setUpAll(reference: Reference, inTurn: Observe): Promise<AllSetups> {
  const { checks } = reference.exercise;
  const wanted = checks.some(({ inputs }) => inputs !== null) ? seeds : seeds.slice(0, 1);
  const results = await Promise.all(
    wanted.map((seed) => Promise.all(checks.map((check) => setUp(reference, check, seed, inTurn)))),
  );
  const all = results.flat();
  const stopped = all.findIndex(({ kind }) => kind !== 'ready');
  if (stopped !== -1) {
    const check = checks[stopped % checks.length]!;
    return { kind: 'stopped', outcome: stoppedBy(reference.exercise, check, all[stopped]!) };
  }
  const ready = results.map((ofSeed) => ofSeed.filter((each) => each.kind === 'ready'));
  return {
    kind: 'ready',
    setups: ready.map((ofSeed) => ofSeed.map(({ setup }) => setup)),
    runs: ready.flat().reduce((sum, { runs }) => sum + runs, 0),
  };
}

/** Nothing can be said of any answer where a check could not be set up. */
function stoppedBy(exercise: CodeExercise, check: Check, result: SetupResult): ProofOutcome {
  const nothing = { answers: [], runs: 0, possible: null };
  if (result.kind === 'trouble') {
    return { ...nothing, refuting: [], trouble: hostTrouble(exercise, result.problem) };
  }
  if (result.kind === 'ready') return { ...nothing, refuting: [], trouble: null };
  const isOwn = check.id === 'own';
  const finding: Finding =
    result.path === 'inputs'
      ? {
          ...(isOwn ? lineOf(exercise, 'inputs', result.line) : placeIn(exercise, '')),
          expected: `inputs that can be made${isOwn ? '' : ` for the check of \`${check.id}\``}`,
          found: result.found,
          fix: 'Mend `inputs`; it observes one list under that name.',
        }
      : {
          ...placeIn(exercise, 'answer'),
          expected: 'the answer to come to its end with the inputs',
          found: result.found,
          fix: 'Mend the answer, the drive or the inputs.',
        };
  return { ...nothing, refuting: [finding], trouble: null };
}

/** Examines a program with each seed, but with one only where that settles it. */
async function examineAll(
  reference: Reference,
  { files, declared }: Declared,
  setups: Setup[][],
  inTurn: Observe,
): Promise<Examined[]> {
  const examined: Examined[] = [];
  const patient = declared === 'right';
  for (const [index, ofSeed] of setups.entries()) {
    const tools = { observe: inTurn, patient, isRepeated: index > 0, isHasty: false };
    const ready = async (at: number) => ({ kind: 'ready' as const, setup: ofSeed[at]!, runs: 0 });
    const found = await examine(reference, files, ready, tools);
    if (found.kind !== 'examined') throw new Error('a check that is set up cannot be set up');
    examined.push(found);
    if (found.observed.trouble !== null) break;
    // One failure refutes a solution; and a check without inputs does the same with every seed.
    if (found.verdict === 'wrong' && (declared === 'right' || found.check.inputs === null)) break;
  }
  return examined;
}

function toProvenAnswer({ files, declared, examined }: CodeCase): ProvenAnswer {
  const against = examined.find(({ verdict }) => verdict !== declared);
  const { verdict, observed } = against ?? examined[0]!;
  const { evidence } = observed;
  return {
    ...{ answer: answerOf(files), declared, observed: verdict },
    ...{ outcome: evidence.outcome, error: evidence.error, evidence },
  };
}

function troubleOf(exercise: CodeExercise, all: readonly Observed[]): Finding | null {
  const troubled = all.find(({ trouble }) => trouble !== null);
  if (!troubled) return null;
  return stoppedRows(exercise, troubled) ?? hostTrouble(exercise, troubled.trouble!);
}

function hostTrouble(exercise: CodeExercise, problem: string): Finding {
  return {
    ...placeIn(exercise, ''),
    expected: 'start, answer and every mistake run',
    found: `not all of them: ${problem}`,
    fix: 'This says nothing of the exercise. Try again; `assay doctor` says what the host lacks.',
  };
}

/** Run is shown with the answer as with any program: it must come to its end, and show something. */
function demoFindings(exercise: CodeExercise, demo: Observed): Finding[] {
  const { outcome, error } = demo.evidence;
  // Evidence keeps only what each repetition printed alike, and a demo may well print how long it took.
  const hasPrinted = demo.outputs.every((output) => output.trim() !== '');
  if (demo.trouble !== null || (outcome === 'finished' && hasPrinted)) return [];
  return [
    {
      ...lineOf(exercise, 'demo', error?.place === 'drive' ? error.line : null),
      expected:
        'a demo that runs to its end with the answer, and prints what a person would look at',
      found: outcome === 'finished' ? 'nothing printed' : whatHappened(demo, ''),
      fix: 'Print in the demo what came back.',
    },
  ];
}

export const codeProof: KindProof<CodeExercise> = {
  // And the demo.
  programsOf: (exercise) => declaredIn(exercise).length + 1,
  prove,
  isWhole: (exercise, locked) =>
    areExactly(
      new Map(
        declaredIn(exercise).map(({ files, declared }) => [
          JSON.stringify(answerOf(files)),
          declared,
        ]),
      ),
      locked,
    ),
};
