/**
 * Two learners' goes at one thing as one list. Each one's own keep their order, because that is known whatever clocks
 * said; which of two learners' came first, only their clocks can tell.
 * @param first - In order; of two that began at the same time, this one's is the earlier.
 */
export function inOrder<T extends { started_at: string }>(
  first: readonly T[],
  second: readonly T[],
): T[] {
  const merged: T[] = [];
  let [i, j] = [0, 0];
  while (i < first.length && j < second.length) {
    const isSecond = second[j]!.started_at < first[i]!.started_at;
    merged.push(isSecond ? second[j++]! : first[i++]!);
  }
  return [...merged, ...first.slice(i), ...second.slice(j)];
}
