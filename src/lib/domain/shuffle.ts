/**
 * The order in which one learner sees tokens and options: the same on every visit, different from
 * the next learner's. Not for secrets; only to keep "the second one" from being passed on.
 */

/** 32-bit FNV-1a, enough to spread seeds. @see http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value ^= text.charCodeAt(i);
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}

/** Mulberry32: a small generator with a full 32-bit period; returns numbers in [0, 1). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Numbers in [0, 1) that look like chance and are the same for the same seed. */
export function chanceFrom(seed: string): () => number {
  return generator(hash(seed));
}

/**
 * A shuffled copy.
 * @param items - What to shuffle; left as it is.
 * @param seed - Same seed, same order: `learner id + exercise uid`.
 */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  const next = chanceFrom(seed);
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const pick = Math.floor(next() * (last + 1));
    const swapped = result[last]!;
    result[last] = result[pick]!;
    result[pick] = swapped;
  }
  return result;
}
