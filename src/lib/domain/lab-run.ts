/**
 * A learner's lab run: which scenario of which lesson it is of, and the load that takes the place of the author's. Only
 * what is served can be run, and only the numbers that have an effect on the scenario can be changed.
 */
import { findLesson, type ServedCatalogue } from './catalogue.ts';
import type { Lesson } from './exercise.ts';
import { labBounds, type LabLoad } from './lab.ts';
import { labKnobs, type LabKnob, type LabScenario } from './lesson-lab.ts';

export interface ScenarioName {
  lesson: string;
  scenario: string;
}

export interface FoundScenario {
  lesson: Lesson;
  scenario: LabScenario;
}

/** Numbers in place of the author's; what is left out is theirs. */
export type ChangedLoad = Partial<Record<LabKnob, number | undefined>>;

/** What is wrong with a changed load: with one of its numbers, or, where that is null, with all together. */
export interface LoadProblem {
  knob: LabKnob | null;
  expected: string;
  found: string;
}

/** The longest that a changed load may be bound to take, in milliseconds, whatever the views do. */
export const mostLoadMs = 15_000;

/** @returns The scenario, or which part of its name names nothing that is served. */
export function findScenario(
  catalogue: ServedCatalogue,
  { lesson: lessonId, scenario: id }: ScenarioName,
): FoundScenario | { unknown: keyof ScenarioName } {
  const served = findLesson(catalogue, lessonId);
  if (!served?.lab) return { unknown: 'lesson' };
  const scenario = served.lab.lab.scenarios.find((each) => each.id === id);
  return scenario ? { lesson: served.lesson, scenario } : { unknown: 'scenario' };
}

/** The scenario's load with these numbers in place of its own. All requests are open at a time. */
export function loadWith({ load }: LabScenario, changed: ChangedLoad): LabLoad {
  const given = Object.entries(changed).filter(([, number]) => number !== undefined);
  const whole: LabLoad = { ...load, ...Object.fromEntries(given) };
  return changed.requests === undefined ? whole : { ...whole, atOnce: whole.requests };
}

/** Everything that is wrong with a changed load; nothing when it may be put on the scenario. */
export function loadProblems(scenario: LabScenario, changed: ChangedLoad): LoadProblem[] {
  const numbers = labKnobs.flatMap((knob) => {
    const number = changed[knob];
    return number === undefined ? [] : knobProblems(scenario, knob, number);
  });
  if (numbers.length > 0) return numbers;
  const load = loadWith(scenario, changed);
  // As it is, the author's load was measured, and came to its end.
  if (labKnobs.every((knob) => load[knob] === scenario.load[knob])) return [];
  const ms = leastMs(scenario, load);
  if (ms <= mostLoadMs) return [];
  return [{ knob: null, expected: expectedLoad(scenario), found: `at least ${ms} ms` }];
}

function knobProblems({ knobs, load }: LabScenario, knob: LabKnob, number: number): LoadProblem[] {
  const found = String(number);
  // The author's own number is no change.
  if (!knobs.includes(knob) && number !== load[knob]) {
    const expected = `nothing: in this scenario only ${knobs.join(', ') || 'the program'} can be changed`;
    return [{ knob, expected, found }];
  }
  const [least, most] = labBounds[knob];
  if (Number.isInteger(number) && number >= least && number <= most) return [];
  return [{ knob, expected: `a whole number from ${least} to ${most}`, found }];
}

/**
 * How long a load takes at the least, in milliseconds: threads wait in turns, and no request can be spared the
 * processor time that it asks for. Numbers that have no effect on the scenario take no time.
 */
function leastMs({ knobs }: LabScenario, load: LabLoad): number {
  const waitMs = knobs.includes('waitMs') ? load.waitMs : 0;
  const cpuMs = knobs.includes('cpuMs') ? load.cpuMs : 0;
  const turns =
    load.server === 'wsgi' ? Math.ceil(load.requests / (load.workers * load.threads)) : 1;
  return turns * waitMs + load.requests * cpuMs;
}

function expectedLoad({ knobs, load: { server } }: LabScenario): string {
  const parts = [
    ...(knobs.includes('waitMs')
      ? [server === 'wsgi' ? 'the wait, once for each turn of the threads' : 'the wait']
      : []),
    ...(knobs.includes('cpuMs') ? ['the processor time of all requests together'] : []),
  ];
  return `a load that can end within ${mostLoadMs} ms: ${parts.join(' and ')}`;
}
