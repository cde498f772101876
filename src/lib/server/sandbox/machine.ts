/** The host on which programs are run, as it tells of itself. */
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { LabMachine } from '#lib/domain/proof.ts';

/** Of the memory, what this process may use where it is told to use less than there is. */
export function readMachine(): LabMachine {
  const processor = (cpus()[0]?.model ?? '').trim();
  const mayUse = process.constrainedMemory();
  const [major = '', minor = ''] = release().split('.');
  return {
    processor: processor === 'unknown' ? '' : processor,
    cores: availableParallelism(),
    memoryBytes: mayUse > 0 ? Math.min(totalmem(), mayUse) : totalmem(),
    system: `${type()} ${major}.${Number.parseInt(minor, 10) || 0}`,
  };
}
