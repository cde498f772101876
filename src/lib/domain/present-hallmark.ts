import type { Kind } from './exercise.ts';
import type { ExerciseProof } from './proof.ts';
import type { Hallmark } from './views.ts';

/** What an answer of a kind is called when it is run. */
const nouns: Record<Kind, string> = {
  blanks: 'answer',
  choice: 'answer',
  predict: 'program',
  order: 'order',
  fix: 'program',
  write: 'program',
  recall: 'point',
};

function ranText({ kind, answers, possible, runs }: ExerciseProof): string {
  if (kind === 'predict') return `run ${runs === 1 ? 'once' : `${runs} times`}`;
  // Its facts, if it states any, are all shown by the one program.
  if (kind === 'recall' && answers.length === 0) return 'states nothing to be run';
  const ran = answers.length;
  const of = possible !== null && possible > ran ? ` of ${possible}` : '';
  return `${ran}${of} ${nouns[kind]}${ran === 1 && of === '' ? '' : 's'} run`;
}

/** The stamp of an exercise. Holds nothing that helps with an answer. */
export function presentHallmark(proof: ExerciseProof): Hallmark {
  return { ran: ranText(proof), versions: proof.versions, provenAt: proof.provenAt };
}
