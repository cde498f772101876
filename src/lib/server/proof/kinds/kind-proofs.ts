/** The proof of each kind of exercise. */
import type { Exercise, Kind } from '#lib/domain/exercise.ts';
import { blanksProof } from './blanks.ts';
import { choiceProof } from './choice.ts';
import { codeProof } from './code.ts';
import type { KindProof } from './kind.ts';
import { orderProof } from './order.ts';
import { predictProof } from './predict.ts';
import { recallProof } from './recall.ts';

const proofs: { [K in Kind]: KindProof<Extract<Exercise, { kind: K }>> } = {
  blanks: blanksProof,
  choice: choiceProof,
  predict: predictProof,
  order: orderProof,
  fix: codeProof,
  write: codeProof,
  recall: recallProof,
};

export function kindProofOf({ kind }: Pick<Exercise, 'kind'>): KindProof {
  return proofs[kind];
}
