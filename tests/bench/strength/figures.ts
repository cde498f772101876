/** Means, ratios and shares, each with its margin of error (95 %). */

const z = 1.96;

export interface Figure {
  value: number;
  margin: number;
}

export function meanOf(values: readonly number[]): Figure {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / (values.length - 1);
  return { value, margin: z * Math.sqrt(variance / values.length) };
}

/** The ratio of two means over the same learners, in the same order (delta method). */
export function ratioOf(over: readonly number[], under: readonly number[]): Figure {
  const value = meanOf(over).value / meanOf(under).value;
  const differences = over.map((each, index) => each - value * under[index]!);
  return { value, margin: meanOf(differences).margin / meanOf(under).value };
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
