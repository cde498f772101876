/** Finds the step that a place names, and looks up what a fact says, in a recording. */
import type { Recording, RecordedStep, StepKind } from './recording.ts';
import type { Fact, Place } from './visualize.ts';

/** A recording, and the source of each of its files, in the order of `recording.files`. */
export interface Recorded {
  recording: Recording;
  sources: readonly string[];
}

/** `step` is the number of the step, from 0. A problem is a clause that says why none fits. */
export type FoundStep = { step: number } | { problem: string };

/** What a step is called by, whatever its number and time: the same each time the program runs alike. */
export interface StepName {
  kind: StepKind;
  function: string | null;
  /** 1-based. */
  line: number | null;
}

/** What a fact came to in a recording. */
export interface LookedUp {
  /** As a page shows it; of a `step` the number from 1. */
  text: string;
  /** The step that it was looked up at, from 0; of a `count` the first that was counted. */
  step: number;
  name: StepName;
}

/** One thing that a place asks of a step. */
interface Criterion {
  /** `the kind \`await\``. */
  said: string;
  fits(step: RecordedStep): boolean;
  /** What the recording has to offer, where it is worth telling. */
  known: readonly string[];
}

/** @returns The first, or the `nth`, of the steps that fit the place. */
export function findStep(recorded: Recorded, place: Place): FoundStep {
  const found = stepsThatFit(recorded, place);
  if ('problem' in found) return found;
  const step = found.steps[place.nth - 1];
  if (step !== undefined) return { step };
  const { length } = found.steps;
  return {
    problem: `${length === 1 ? 'only one step fits' : `only ${length} steps fit`}, and number ${place.nth} of them is asked for`,
  };
}

/** @returns What the fact is in this recording, or why it cannot be looked up. */
export function lookUpFact(recorded: Recorded, fact: Fact): LookedUp | { problem: string } {
  if (fact.what === 'count') {
    const found = stepsThatFit(recorded, fact.at);
    if ('problem' in found) return found;
    return looked(recorded, found.steps[0], String(found.steps.length));
  }
  const found = findStep(recorded, fact.at);
  if ('problem' in found) return found;
  const text = textAt(recorded, found.step, fact);
  return typeof text === 'string' ? looked(recorded, found.step, text) : text;
}

/** What the step at this number is called by. */
export function stepName({ recording }: Recorded, number: number): StepName {
  const { kind, frame, line } = recording.steps[number]!;
  const called = frame === undefined ? null : (recording.frames[frame]?.function ?? null);
  return { kind, function: called, line: line ?? null };
}

function looked(recorded: Recorded, step: number, text: string): LookedUp {
  return { text, step, name: stepName(recorded, step) };
}

/** Of all but a count, which has no single step. */
function textAt({ recording }: Recorded, number: number, fact: Fact): string | { problem: string } {
  if (fact.what === 'value') return valueAt(recording, number, fact.name);
  if (fact.what === 'step') return String(number + 1);
  const { thread, task } = recording.steps[number]!;
  if (fact.what === 'thread') return recording.threads[thread]!;
  const name = task === undefined ? undefined : recording.tasks[task]?.name;
  return name ?? { problem: `no task runs at step ${number + 1}` };
}

/** What a name's value was told as at a step, in the frame of that step. */
function valueAt(
  { steps, frames }: Recording,
  number: number,
  name: string,
): string | { problem: string } {
  const { frame } = steps[number]!;
  if (frame === undefined) {
    return {
      problem: `step ${number + 1} is in no function of the program, so no name has a value`,
    };
  }
  const values = new Map<string, string>();
  for (const { frame: own, changed } of steps.slice(0, number + 1)) {
    if (own !== frame) continue;
    for (const [changedName, text] of changed ?? []) {
      if (text === null) values.delete(changedName);
      else values.set(changedName, text);
    }
  }
  const where = `at step ${number + 1}, in \`${frames[frame]!.function}\``;
  const there =
    values.size === 0
      ? 'nothing has'
      : `${listed([...values.keys()])} ${values.size === 1 ? 'has' : 'have'}`;
  return values.get(name) ?? { problem: `\`${name}\` has no value ${where}; ${there}` };
}

function stepsThatFit(
  recorded: Recorded,
  place: Place,
): { steps: [number, ...number[]] } | { problem: string } {
  let from = 0;
  if (place.after) {
    const before = findStep(recorded, place.after);
    if ('problem' in before)
      return { problem: `the step of \`after\` is not there: ${before.problem}` };
    from = before.step + 1;
  }
  const { steps } = recorded.recording;
  const behind = place.after ? ` behind step ${from}` : '';
  let left = steps.flatMap((_, number) => (number < from ? [] : [number]));
  const met: string[] = [];
  for (const { said, fits, known } of criteriaOf(recorded, place)) {
    const next = left.filter((number) => fits(steps[number]!));
    if (next.length === 0) {
      const of =
        met.length > 0
          ? `of the steps${behind} with ${met.join(' and ')}, none`
          : `no step${behind}`;
      const hint =
        known.length > 0
          ? `; in the record there ${known.length === 1 ? 'is' : 'are'} ${listed(known)}`
          : '';
      return { problem: `${of} has ${said}${hint}` };
    }
    left = next;
    met.push(said);
  }
  const [first, ...others] = left;
  return first === undefined
    ? { problem: `no step is left${behind}` }
    : { steps: [first, ...others] };
}

function criteriaOf({ recording, sources }: Recorded, place: Place): Criterion[] {
  const { frames, tasks, threads } = recording;
  const lines = sources.map((source) => source.split('\n'));
  const functionOf = ({ frame }: RecordedStep) => (frame === undefined ? undefined : frames[frame]);
  const taskOf = ({ task }: RecordedStep) => (task === undefined ? undefined : tasks[task]);
  const lineOf = (step: RecordedStep) =>
    lines[functionOf(step)?.file ?? -1]?.[(step.line ?? 0) - 1];
  const criteria: Criterion[] = [];
  const add = <T>(
    wanted: T | null,
    called: string,
    fits: (step: RecordedStep, wanted: T) => boolean,
    known: readonly string[] = [],
  ) => {
    if (wanted === null) return;
    const said = `${called} \`${wanted}\``;
    criteria.push({ said, fits: (step) => fits(step, wanted), known: [...new Set(known)] });
  };
  add(place.kind, 'the kind', ({ kind }, wanted) => kind === wanted);
  add(
    place.function,
    'the function',
    (step, wanted) => isCalled(functionOf(step)?.function, wanted),
    frames.map((frame) => frame.function),
  );
  add(place.line, 'a line with', (step, wanted) => lineOf(step)?.includes(wanted) === true);
  add(
    place.request,
    'the request',
    (step, wanted) => (step.request ?? (taskOf(step)?.request || undefined)) === wanted,
  );
  const taskNames = tasks.map(({ name }) => name);
  add(place.task, 'the task', (step, wanted) => taskOf(step)?.name === wanted, taskNames);
  add(place.thread, 'the thread', ({ thread }, wanted) => threads[thread] === wanted, threads);
  add(place.text, 'a text with', ({ text }, wanted) => text?.includes(wanted) === true);
  return criteria;
}

/** Whether a function has this name, or ends in it: `shout` is `make.<locals>.shout` too. */
function isCalled(qualified: string | undefined, wanted: string): boolean {
  return qualified === wanted || qualified?.endsWith(`.${wanted}`) === true;
}

const mostListed = 8;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostListed).map((name) => `\`${name}\``);
  return names.length > mostListed ? `${shown.join(', ')}, ...` : shown.join(', ');
}
