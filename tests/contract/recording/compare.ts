/** Brings a recording and the notes of `oracle.py` to one form, in which they can be compared. */
import type { RecordedStep, Recording } from '#lib/domain/recording.ts';

/** What the oracle notes. */
export interface Note {
  kind: 'call' | 'line' | 'return' | 'raise' | 'yield' | 'element';
  function: string;
  line?: number;
  text?: string;
  /** All names of the frame with their values. */
  variables?: Record<string, string>;
}

/** Lines of a statement, and whether it is the header of a compound one. */
export type Span = [first: number, last: number, isHeader: boolean];

const noted = new Set<string>(['call', 'line', 'return', 'raise', 'yield']);
const isComprehension = (name: string) => name.endsWith('<listcomp>');

/**
 * The steps of a recording as the oracle would have noted them. Where the two differ by nature:
 *
 * - The tracer stops at lines, the oracle at statements. A statement of several lines is stopped at for each of
 *   them, in the order in which they are evaluated, its first one often twice: of these the first stop counts.
 *   So a stop counts when its statement is another one than that of the frame's stop before.
 * - The header of a compound statement is stopped at for each turn of a loop, at both ends of a `with`, and for
 *   each `except` that is tried; no note in the source could stand there. Headers do not count, but the
 *   statement behind one is begun anew. What has changed at them is seen at the next stop: compared is not what
 *   has changed, but all that the frame's variables are by then.
 * - Into a comprehension no statement can be put: the values that its variables take on are compared, and what it
 *   returns.
 * - What a generator passes on by `yield from` is a step of it, too, but no `yield` of its own.
 * - What waits and goes on (`await`, `resume`), rests, hops, queries and requests are in no source.
 */
export function asNotes({ frames, steps }: Recording, spans: Span[]): Note[] {
  const variables = frames.map(() => new Map<string, string>());
  const before = frames.map((): Span | undefined => undefined);
  const notes: Note[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.frame === undefined || isPassedOn(step, steps[index - 1], frames)) continue;
    const { function: name } = frames[step.frame]!;
    change(variables[step.frame]!, step);
    const now = Object.fromEntries(variables[step.frame]!);
    if (isComprehension(name)) notes.push(...ofComprehension(name, step, now));
    else if (step.kind === 'line') {
      const span = spanOf(step.line!, spans);
      if (span !== before[step.frame] && !span[2]) {
        notes.push({ kind: 'line', function: name, line: span[0], variables: now });
      }
      before[step.frame] = span;
    } else if (step.kind === 'call') notes.push({ kind: 'call', function: name, variables: now });
    else if (noted.has(step.kind)) {
      notes.push({ kind: step.kind as Note['kind'], function: name, text: step.text! });
    }
  }
  return notes;
}

function isPassedOn(
  { kind, frame }: RecordedStep,
  before: RecordedStep | undefined,
  frames: Recording['frames'],
): boolean {
  if (kind !== 'yield' || before?.kind !== 'yield') return false;
  return frames[before.frame!]!.parent === frame;
}

function change(variables: Map<string, string>, { changed = [] }: RecordedStep): void {
  for (const [name, text] of changed) {
    if (text === null) variables.delete(name);
    else variables.set(name, text);
  }
}

function ofComprehension(
  name: string,
  { kind, changed = [], text }: RecordedStep,
  variables: Record<string, string>,
): Note[] {
  const notes: Note[] = [];
  if (changed.length > 0) notes.push({ kind: 'element', function: name, variables });
  if (kind === 'return') notes.push({ kind, function: name, text: text! });
  return notes;
}

/** The statement that a line belongs to: the shortest one, since those around it have it as well. */
function spanOf(line: number, spans: Span[]): Span {
  const around = spans.filter(([first, last]) => first <= line && line <= last);
  const [shortest] = around.sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
  if (!shortest) throw new Error(`no statement is in line ${line}`);
  return shortest;
}
