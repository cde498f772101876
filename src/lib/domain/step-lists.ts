/** Numbers of steps in order, by what they belong to. */

/** How many of the ascending `numbers` are at most `step`. */
export function countUpTo(numbers: readonly number[], step: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last of the ascending `numbers` that is at most `step`; null: none is. */
export function lastUpTo(numbers: readonly number[] | undefined, step: number): number | null {
  return numbers?.[countUpTo(numbers, step) - 1] ?? null;
}

/** Lists by key, each made when it is needed. */
export class ListsBy<Key> extends Map<Key, number[]> {
  add(key: Key | undefined, step: number): void {
    if (key === undefined) return;
    const list = this.get(key);
    if (list) list.push(step);
    else this.set(key, [step]);
  }
}

/** The first of the ascending `numbers` that is more than `step`; null: none is. */
export function firstAfter(numbers: readonly number[] | undefined, step: number): number | null {
  return numbers?.[countUpTo(numbers, step)] ?? null;
}
