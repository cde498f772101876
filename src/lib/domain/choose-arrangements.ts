/** How many arrangements an `order` exercise has, and which of them are run for its proof. */
import {
  allLines,
  canBeIndented,
  deepestIndent,
  inOneForm,
  mayFollow,
  toAnswer,
  type LinesToOrder,
} from './arrangement.ts';
import type { OrderExercise, PlacedLine } from './exercise.ts';
import { readPythonLine } from './python-line.ts';
import { chanceFrom } from './shuffle.ts';

/** More arrangements than this cannot all be run in the time that an author waits for. */
export const maxArrangementsRun = 128;

/** Every arrangement that can be indented so, those that read the same counted once. */
export interface Arrangements {
  count: number;
  /** @param rank - From 0 to one less than the count; each gives another one. @throws RangeError */
  at(rank: number): PlacedLine[];
}

/** How far an arrangement has been filled: a bit for each line used, and the line before. */
interface Partly {
  used: number;
  filled: number;
  before: { indent: number; opensBlock: boolean } | null;
}

/** Counts by going through what can be left to fill, which is little, and not through arrangements. */
export function arrangementsOf(exercise: LinesToOrder): Arrangements {
  const slots = exercise.lines.length;
  const lines = allLines(exercise).map((line, index, all) => ({
    id: line.id,
    bit: 1 << index,
    opensBlock: readPythonLine(line.text).opensBlock,
    // Of equal lines the earlier is used first, so that each reading is met once.
    first: all.slice(0, index).reduce((bits, { text }, at) => {
      return text === line.text ? bits | (1 << at) : bits;
    }, 0),
  }));

  function next({ used, filled, before }: Partly): { placed: PlacedLine; then: Partly }[] {
    if (filled === slots) return [];
    return lines
      .filter(({ bit, first }) => (used & bit) === 0 && (used & first) === first)
      .flatMap(({ id, bit, opensBlock }) =>
        Array.from({ length: deepestIndent + 1 }, (_, indent) => indent)
          .filter((indent) => mayFollow(before, before?.opensBlock ?? false, indent))
          .map((indent) => ({
            placed: { line: id, indent },
            then: { used: used | bit, filled: filled + 1, before: { indent, opensBlock } },
          })),
      );
  }

  const counted = new Map<string, number>();
  function countFrom(partly: Partly): number {
    const { used, filled, before } = partly;
    if (filled === slots) return before?.opensBlock ? 0 : 1;
    const key = `${used} ${before?.indent} ${before?.opensBlock}`;
    const known = counted.get(key);
    if (known !== undefined) return known;
    const count = next(partly).reduce((sum, { then }) => sum + countFrom(then), 0);
    counted.set(key, count);
    return count;
  }

  const start: Partly = { used: 0, filled: 0, before: null };
  return {
    count: countFrom(start),
    at(rank) {
      const placed: PlacedLine[] = [];
      let partly = start;
      let left = rank;
      while (partly.filled < slots) {
        const choice = next(partly).find(({ then }) => {
          const count = countFrom(then);
          if (left < count) return true;
          left -= count;
          return false;
        });
        if (!choice) throw new RangeError(`there is no arrangement ${rank}`);
        placed.push(choice.placed);
        partly = choice.then;
      }
      return placed;
    },
  };
}

/**
 * The arrangements that are run: all, or so many as can be, the declared ones first, then their
 * neighbours, then others by a seed of the exercise's own. Always the same for the same exercise.
 * @returns At most `maxArrangementsRun`, no two of which read the same.
 */
export function arrangementsToRun(exercise: LinesToOrder & Pick<OrderExercise, 'uid' | 'orders'>): {
  chosen: PlacedLine[][];
  possible: number;
} {
  const { count, at } = arrangementsOf(exercise);
  const chosen = new Map<string, PlacedLine[]>();
  const choose = (placed: PlacedLine[]) => {
    if (chosen.size < maxArrangementsRun) chosen.set(toAnswer(placed).join(), placed);
  };
  for (const order of exercise.orders) choose(inOneForm(exercise, order));
  if (count <= maxArrangementsRun) {
    for (let rank = 0; rank < count; rank++) choose(at(rank));
  } else {
    for (const neighbour of neighbours(exercise)) choose(neighbour);
    const chance = chanceFrom(exercise.uid);
    while (chosen.size < maxArrangementsRun) choose(at(Math.floor(chance() * count)));
  }
  return { chosen: [...chosen.values()], possible: count };
}

/**
 * What is one slip away from a declared order: a distractor in the place of a line, two lines swapped
 * (each as deep as it was, or as deep as the other), a line deeper or less deep. Distractors first: not one
 * of those may be missed for want of room.
 */
function neighbours(exercise: LinesToOrder & Pick<OrderExercise, 'orders'>): PlacedLine[][] {
  const { orders, distractors } = exercise;
  const slips = [
    ...orders.flatMap((order) =>
      distractors.flatMap(({ id }) =>
        order.map((_, at) =>
          order.map((each, index) => (index === at ? { ...each, line: id } : each)),
        ),
      ),
    ),
    ...orders.flatMap((order) => [...swaps(order), ...shifts(order)]),
  ];
  return slips
    .filter((slip) => canBeIndented(exercise, slip))
    .map((slip) => inOneForm(exercise, slip));
}

function swaps(order: readonly PlacedLine[]): PlacedLine[][] {
  return order.flatMap((left, at) =>
    order.slice(at + 1).flatMap((right, offset) => {
      const other = at + 1 + offset;
      const withIndents = order.with(at, right).with(other, left);
      return [
        withIndents,
        withIndents.with(at, { ...right, indent: left.indent }).with(other, {
          ...left,
          indent: right.indent,
        }),
      ];
    }),
  );
}

function shifts(order: readonly PlacedLine[]): PlacedLine[][] {
  return order.flatMap((line, at) =>
    Array.from({ length: deepestIndent + 1 }, (_, indent) => order.with(at, { ...line, indent })),
  );
}
