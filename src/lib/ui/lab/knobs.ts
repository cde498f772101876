/** What a learner may change of a scenario's load. */
import { labBounds, type LabLoad } from '../../domain/lab.ts';
import type { LabKnob } from '../../domain/lesson-lab.ts';

/** What is set; null: nothing stands there. */
export type KnobValues = Partial<Record<LabKnob, number | null>>;

/** What a knob is called, its unit, and by how much its slider goes. */
export const knobs: Record<LabKnob, { label: string; unit: string; step: number }> = {
  requests: { label: 'Requests at once', unit: '', step: 1 },
  waitMs: { label: 'What the view waits', unit: 'ms', step: 50 },
  cpuMs: { label: 'What the view computes', unit: 'ms', step: 10 },
  workers: { label: 'Processes', unit: '', step: 1 },
  threads: { label: 'Threads of each process', unit: '', step: 1 },
};

/** The scenario's own numbers. */
export function startOf(load: LabLoad, names: readonly LabKnob[]): KnobValues {
  return Object.fromEntries(names.map((name) => [name, load[name]]));
}

/** @returns The load to be asked for, or what is wrong with it in a sentence. */
export function loadOf(values: KnobValues): Partial<Record<LabKnob, number>> | string {
  const load: Partial<Record<LabKnob, number>> = {};
  for (const [name, value] of Object.entries(values) as [LabKnob, number | null][]) {
    const [least, most] = labBounds[name];
    if (value === null || value < least || value > most) {
      return `${knobs[name].label}: give a whole number from ${least} to ${most}.`;
    }
    load[name] = value;
  }
  return load;
}
