/** What a run left behind, as the page shows it. Only ever called for what a learner may see by now. */
import type { ServedExercise } from './catalogue.ts';
import { evidenceSentence } from './evidence-sentence.ts';
import type { Exercise } from './exercise.ts';
import { fillOption, fillProgram, sameAnswer } from './fillings.ts';
import type { Evidence, ExerciseProof, ProvenAnswer } from './proof.ts';
import type { CodeLine, EvidenceView } from './views.ts';

/** Colours source code; the content side has the grammar. */
export type HighlightCode = (source: string) => CodeLine[];

/** @returns What was proven of this very answer, or undefined when it is none of the possible ones. */
export function findAnswer(proof: ExerciseProof, answer: string[]): ProvenAnswer | undefined {
  return proof.answers.find((proven) => sameAnswer(proven.answer, answer));
}

/** The program as it ran for an answer. */
export function programAsRun(exercise: Exercise, answer: string[]): string {
  if (exercise.kind === 'blanks') return fillProgram(exercise.program, answer);
  if (exercise.kind !== 'choice') return exercise.program;
  const code = exercise.options.find(({ id }) => id === answer[0])?.code;
  return code ? fillOption(exercise.program, code) : exercise.program;
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

export function presentEvidence(
  served: ServedExercise,
  proven: ProvenAnswer,
  highlight: HighlightCode,
): EvidenceView {
  const { exercise, proof } = served;
  const { evidence } = proven;
  return {
    id: evidence.id,
    sentence: evidenceSentence(evidence, proof.versions),
    outcome: evidence.outcome,
    error: evidence.error,
    stdout: evidence.stdout,
    values: evidence.values,
    counts: countsToShow(evidence),
    program: highlight(programAsRun(exercise, proven.answer)),
    runs: runsOf(proof, evidence.id),
    versions: proof.versions,
    provenAt: proof.provenAt,
  };
}
