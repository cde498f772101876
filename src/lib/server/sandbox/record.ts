import { mostSteps } from '#lib/domain/recording.ts';
import type { RunRequest } from './port.ts';

/** What is wrong with the number of steps that are to be recorded, in a sentence; null when nothing is. */
export function recordProblem({ record }: Pick<RunRequest, 'record'>): string | null {
  if (record === undefined || (Number.isInteger(record) && record >= 1 && record <= mostSteps)) {
    return null;
  }
  return `From 1 to ${mostSteps} steps can be recorded, not ${record}.`;
}
