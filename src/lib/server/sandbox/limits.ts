import type { Limits } from '#lib/domain/run.ts';

const mebibyte = 1024 * 1024;

/** What a run may use unless its request says otherwise. */
export const defaultLimits: Limits = {
  wallMs: 5_000,
  cpuMs: 3_000,
  memoryBytes: 512 * mebibyte,
  outputBytes: 64 * 1024,
  diskBytes: 16 * mebibyte,
  files: 256,
};

/** The default limits with a request's own in their place. */
export function limitsOf(wanted: Partial<Limits> | undefined): Limits {
  return { ...defaultLimits, ...wanted };
}

/** Python and the framework take this much address space before a program has asked for any. */
const leastMemoryBytes = 256 * mebibyte;

/** What is wrong with limits, in a sentence; null when nothing is. */
export function limitsProblem(limits: Limits): string | null {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value <= 0) {
      return `The limit ${name} must be a whole number above 0, not ${value}.`;
    }
  }
  if (limits.memoryBytes >= leastMemoryBytes) return null;
  return `The limit memoryBytes must be at least ${leastMemoryBytes}, not ${limits.memoryBytes}.`;
}

/** The most bytes that a run can make the host hold. */
export function costOf(limits: Limits): number {
  return limits.memoryBytes + limits.diskBytes;
}

/**
 * How many runs may go on at once.
 * @returns The number of slots, or 0 when the pool's memory does not hold a single run.
 */
export function slotsFor(poolMemoryBytes: number, cores: number): number {
  return Math.min(Math.max(1, cores), Math.floor(poolMemoryBytes / costOf(defaultLimits)));
}
