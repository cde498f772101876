import type { JsonValue } from '#lib/domain/run.ts';
import type { RunRequest } from './port.ts';

/** As deep as what a run may observe, of which inputs are made. */
const mostDeep = 16;
/** They are in a request's header, which holds 64 KiB; other things are there, too. */
const mostBytes = 60 * 1024;

/** What is wrong with the inputs of a drive, in a sentence; null when nothing is. */
export function inputsProblem({ inputs = [] }: Pick<RunRequest, 'inputs'>): string | null {
  if (depthOf(inputs) > mostDeep + 1) {
    return `An input may be nested at most ${mostDeep} deep.`;
  }
  const bytes = Buffer.byteLength(JSON.stringify(inputs));
  return bytes > mostBytes
    ? `The inputs take ${bytes} bytes; at most ${mostBytes} can be given.`
    : null;
}

/** How deep a value is nested; stops soon after it is too deep. */
function depthOf(value: JsonValue, above = 0): number {
  if (typeof value !== 'object' || value === null || above > mostDeep + 1) return above;
  return Math.max(above + 1, ...Object.values(value).map((part) => depthOf(part, above + 1)));
}
