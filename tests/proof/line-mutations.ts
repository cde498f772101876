/** Says something false in the file of a `predict`, an `order` or a `recall`: each is a key turned round. */
import { toAnswer } from '../../src/lib/domain/arrangement.ts';
import type {
  Exercise,
  OrderExercise,
  PlacedLine,
  PredictExercise,
  RecallExercise,
} from '../../src/lib/domain/exercise.ts';
import { lookUp } from '../../src/lib/domain/look-up.ts';
import type { ExerciseProof } from '../../src/lib/domain/proof.ts';

export interface Mutation {
  what: string;
  /** The file's text with the falsehood in it. */
  text: string;
  /** 1-based line that has to be refuted. */
  line: number;
}

/** Of an order of eight lines there are 28 pairs, and each takes a hundred runs. */
const mostSwaps = 3;

/** @param proof - Of the exercise as it stands in `text`, in which nothing is wrong. */
export function falseLines(exercise: Exercise, text: string, proof: ExerciseProof): Mutation[] {
  if (exercise.kind === 'predict') return falseOutputs(exercise, text, proof);
  if (exercise.kind === 'recall') return falsePoints(exercise, text);
  return exercise.kind === 'order' ? falseOrders(exercise, text, proof) : [];
}

/** Each point that a run bears out says the opposite in turn. */
function falsePoints({ rubric, places }: RecallExercise, text: string): Mutation[] {
  return rubric.flatMap(({ holds }, index): Mutation[] => {
    if (holds === null) return [];
    const path = `rubric.${index}.holds`;
    const changed = withValue(places, text, path, `not (${holds})`);
    return [{ what: `the opposite of ${path}`, ...changed }];
  });
}

/** The text with another value at a path, on the line where the value began. */
function withValue(
  places: Exercise['places'],
  text: string,
  path: string,
  value: string,
): Omit<Mutation, 'what'> {
  const { line } = places[path]!;
  const own = places[`${path}:text`]?.line;
  const starts = Object.values(places).map((place) => place.line);
  const lines = text.split('\n');
  const next = Math.min(...starts.filter((each) => each > line && each !== own), lines.length + 1);
  const name = path.slice(path.lastIndexOf('.') + 1);
  const changed = lines[line - 1]!.replace(
    new RegExp(`${name}:.*`),
    () => `${name}: ${JSON.stringify(value)}`,
  );
  return { text: lines.toSpliced(line - 1, next - line, changed).join('\n'), line };
}

/** Each wrong output is in turn the one that is really printed. */
function falseOutputs(exercise: PredictExercise, text: string, proof: ExerciseProof): Mutation[] {
  const real = proof.answers.find(({ observed }) => observed === 'right')!.evidence.stdout;
  return exercise.wrong.map((_, index) => {
    const path = `wrong.${index}.output`;
    const changed = withValue(exercise.places, text, path, real);
    return { what: `the real output as ${path}`, ...changed };
  });
}

/** The declared order is one of those that were run and failed: two of its lines swapped. */
function falseOrders(exercise: OrderExercise, text: string, proof: ExerciseProof): Mutation[] {
  const [declared] = exercise.orders;
  const start = exercise.places['lines:text']!.line - 1;
  const written = text.split('\n').slice(start, start + declared!.length);
  const swaps: Mutation[] = [];
  for (const [left, right] of pairs(declared!.length)) {
    const swapped = swapTexts(declared!, left, right);
    if (lookUp(exercise, proof, toAnswer(swapped))?.observed !== 'wrong') continue;
    const indentOf = (at: number) => /^ */.exec(written[at]!)![0];
    const block = written
      .with(left, indentOf(left) + written[right]!.trimStart())
      .with(right, indentOf(right) + written[left]!.trimStart());
    swaps.push({
      what: `lines ${left + 1} and ${right + 1} swapped`,
      text: text
        .split('\n')
        .toSpliced(start, block.length, ...block)
        .join('\n'),
      line: exercise.places['lines']!.line,
    });
  }
  return swaps.slice(0, mostSwaps);
}

function pairs(length: number): [number, number][] {
  return Array.from({ length }, (_, left) => left).flatMap((left) =>
    Array.from({ length: length - left - 1 }, (_, more): [number, number] => [
      left,
      left + 1 + more,
    ]),
  );
}

/** Two lines in each other's place, as deep as the place was. */
function swapTexts(order: readonly PlacedLine[], left: number, right: number): PlacedLine[] {
  return order
    .with(left, { ...order[left]!, line: order[right]!.line })
    .with(right, { ...order[right]!, line: order[left]!.line });
}
