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

/**
 * Less than this cannot be worked with: Python and the framework take address space before a program has
 * asked for any, and the run's database takes room in its folder.
 */
const least: Partial<Limits> = { memoryBytes: 256 * mebibyte, diskBytes: mebibyte };

/** What is wrong with limits, in a sentence; null when nothing is. */
export function limitsProblem(limits: Limits): string | null {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value <= 0) {
      return `The limit ${name} must be a whole number above 0, not ${value}.`;
    }
    const atLeast = least[name as keyof Limits] ?? 0;
    if (value < atLeast) return `The limit ${name} must be at least ${atLeast}, not ${value}.`;
  }
  return null;
}

/** The most bytes that a run may hold. Page tables and buffers of the kernel come on top: see decision 003. */
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
