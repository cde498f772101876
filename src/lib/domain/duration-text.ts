/** Times of a recording, as people read them. */

/** A duration of `micros` microseconds: `87 µs`, `1.4 ms`, `203 ms`, `1.25 s`. */
export function durationText(micros: number): string {
  if (micros < 100) return `${Math.round(micros)} µs`;
  if (micros < 9_950) return `${round(micros / 1_000, 1)} ms`;
  if (micros < 999_500) return `${Math.round(micros / 1_000)} ms`;
  return `${round(micros / 1_000_000, 2)} s`;
}

function round(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
