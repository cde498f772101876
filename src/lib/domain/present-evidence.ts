/** What a run left behind, as the page shows it. Only ever called for what a learner may see by now. */
import { programWith, toArrangement } from './arrangement.ts';
import type { ServedExercise } from './catalogue.ts';
import { filesOf } from './code-answer.ts';
import { evidenceSentence } from './evidence-sentence.ts';
import type { Exercise } from './exercise.ts';
import { fillOption, fillProgram, sameAnswer } from './fillings.ts';
import { visibleText } from './harmless-text.ts';
import type { Evidence, ExerciseProof, JudgedAnswer, ProvenAnswer } from './proof.ts';
import type { CodeLine, EvidenceView } from './views.ts';

/** Colours source code; the content side has the grammar. */
export type HighlightCode = (source: string) => CodeLine[];

/** @returns What was proven of this very answer, or undefined when it is none of the possible ones. */
export function findAnswer(proof: ExerciseProof, answer: string[]): ProvenAnswer | undefined {
  return proof.answers.find((proven) => sameAnswer(proven.answer, answer));
}

/** The program as it ran for an answer; of several files, the one that is the program. */
export function programAsRun(exercise: Exercise, answer: string[]): string {
  switch (exercise.kind) {
    case 'blanks':
      return fillProgram(exercise.program, answer);
    case 'choice': {
      const code = exercise.options.find(({ id }) => id === answer[0])?.code;
      return code ? fillOption(exercise.program, code) : exercise.program;
    }
    case 'predict':
    case 'recall':
      return exercise.program;
    case 'order': {
      const placed = toArrangement(exercise, answer);
      return placed ? programWith(exercise, placed) : exercise.program;
    }
    case 'fix':
    case 'write':
      return filesOf(exercise, answer)?.[exercise.main] ?? exercise.program;
  }
}

const overlapped = (evidence: Evidence) => (evidence.counts['handler.max_open'] ?? 0) > 1;

/**
 * How often the program of this evidence ran. Only the sum over an exercise is kept: a program is run
 * once, and more often, each as often as the next, when its requests overlapped.
 * @returns Null when the sum does not come out even.
 */
export function runsOf(proof: Pick<ExerciseProof, 'runs' | 'answers'>, id: string): number | null {
  const all = new Map(proof.answers.map(({ evidence }) => [evidence.id, evidence]));
  const asked = all.get(id);
  if (!asked) return null;
  const repeated = [...all.values()].filter(overlapped).length;
  if (!overlapped(asked) && proof.runs >= all.size) return 1;
  const each = (proof.runs - (all.size - repeated)) / repeated;
  return Number.isInteger(each) && each >= 1 ? each : null;
}

/** How many requests were open at once says nothing of a run that had only one. */
function countsToShow({ counts }: Evidence): Evidence['counts'] {
  return counts['handler.count'] === 1 ? {} : counts;
}

/** What a program said, so that it can only be read: strings wherever they stand. */
function visible<Value>(value: Value): Value {
  if (typeof value === 'string') return visibleText(value.replaceAll('\r\n', '\n')) as Value;
  if (Array.isArray(value)) return value.map(visible) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [visibleText(name), visible(each as unknown)]),
  ) as Value;
}

function viewOf(
  given: Evidence,
  program: CodeLine[],
  made: Pick<EvidenceView, 'runs' | 'versions' | 'provenAt'>,
): EvidenceView {
  const evidence = { ...given, ...visible({ error: given.error, stdout: given.stdout }) };
  return {
    id: evidence.id,
    sentence: evidenceSentence(evidence, made.versions),
    outcome: evidence.outcome,
    error: evidence.error,
    stdout: evidence.stdout,
    values: visible(evidence.values),
    counts: countsToShow(evidence),
    program,
    ...made,
  };
}

/** How often the program of an evidence ran in the proof; null where that is not known. */
function timesRun({ exercise, proof }: ServedExercise, evidence: Evidence): number | null {
  // The one program of a prediction is run as often as it takes to know that it always prints the same.
  if (exercise.kind === 'predict') return proof.runs;
  const isCode = exercise.kind === 'fix' || exercise.kind === 'write';
  // Of these the proof has made other runs as well: of inputs, of the reference, of the demo.
  if (isCode) return overlapped(evidence) ? null : 1;
  return runsOf(proof, evidence.id);
}

/** Of an answer that was run in the proof. */
export function presentEvidence(
  { exercise, proof }: ServedExercise,
  { evidence, answer }: ProvenAnswer,
  highlight: HighlightCode,
): EvidenceView {
  const { versions, provenAt } = proof;
  const runs = timesRun({ exercise, proof }, evidence);
  const program = highlight(programAsRun(exercise, answer));
  return viewOf(evidence, program, { runs, versions, provenAt });
}

/** Of an answer that was run when it was given. */
export function presentJudged(
  exercise: Exercise,
  answer: string[],
  { evidence, runs, versions, at }: JudgedAnswer,
  highlight: HighlightCode,
): EvidenceView {
  const program = highlight(programAsRun(exercise, answer));
  // Several runs may have been of several checks: that is nothing to say of this one's.
  return viewOf(evidence, program, { runs: runs === 1 ? 1 : null, versions, provenAt: at });
}
