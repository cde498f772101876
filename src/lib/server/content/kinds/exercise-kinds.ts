/** The kinds of exercises that can be read from files. */
import { blanksKind } from './blanks.ts';
import { choiceKind } from './choice.ts';
import { fixKind, writeKind } from './code.ts';
import type { ExerciseKind } from './kind.ts';
import { orderKind } from './order.ts';
import { predictKind } from './predict.ts';
import { recallKind } from './recall.ts';

export const exerciseKinds: readonly ExerciseKind[] = [
  blanksKind,
  choiceKind,
  predictKind,
  orderKind,
  fixKind,
  writeKind,
  recallKind,
];
