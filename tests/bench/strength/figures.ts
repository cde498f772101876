/**
 * Means, ratios and shares, each with its margin of error (95 %). What is measured of learners is held in one list
 * for each site: learners of one site meet the same exercises, so it is sites that count as independent.
 */

const z = 1.96;

export interface Figure {
  value: number;
  margin: number;
}

export function meanOf(sites: readonly (readonly number[])[]): Figure {
  const value = plainMean(sites.flat());
  return { value, margin: marginOf(sites.map((values) => values.map((each) => each - value))) };
}

/** The ratio of two means over the same learners, in the same order (delta method). */
export function ratioOf(
  over: readonly (readonly number[])[],
  under: readonly (readonly number[])[],
): Figure {
  const below = plainMean(under.flat());
  const value = plainMean(over.flat()) / below;
  const differences = over.map((values, site) =>
    values.map((each, at) => (each - value * under[site]![at]!) / below),
  );
  return { value, margin: marginOf(differences) };
}

/** The margin of a mean from what each value is above it. */
function marginOf(sites: readonly (readonly number[])[]): number {
  const count = sites.length;
  const sums = sites.map((values) => values.reduce((sum, each) => sum + each, 0));
  const squares = sums.reduce((sum, each) => sum + each ** 2, 0);
  // Student's t, to the first order: few sites tell less well how far apart sites are.
  const t = z + (z ** 3 + z) / (4 * (count - 1));
  return (t * Math.sqrt((squares * count) / (count - 1))) / sites.flat().length;
}

function plainMean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** A share with the upper end of its Wilson interval: an honest bound even where nothing was counted. */
export function shareOf(count: number, all: number): { value: number; atMost: number } {
  const value = count / all;
  const middle = value + z ** 2 / (2 * all);
  const reach = z * Math.sqrt((value * (1 - value)) / all + z ** 2 / (4 * all ** 2));
  return { value, atMost: (middle + reach) / (1 + z ** 2 / all) };
}

export const shown = ({ value, margin }: Figure) => `${value.toFixed(3)} ± ${margin.toFixed(3)}`;
export const shownShare = (share: number) => `${(share * 100).toFixed(1)} %`;
