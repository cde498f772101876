/** Chance for simulations: the same numbers for the same seed. */
import { chanceFrom } from '#lib/domain/shuffle.ts';

export interface Chance {
  /** In [0, 1). */
  uniform(): number;
  /** Normally distributed, around 0 with spread 1. */
  normal(): number;
}

export function chanceOf(seed: string): Chance {
  const uniform = chanceFrom(seed);
  // Box and Muller's; 1 - uniform is never 0.
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}
