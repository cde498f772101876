/** What a browser may see of a lesson's Performance. What was measured is not in it before a guess was made or waived. */
import type { LabKnob } from './lesson-lab.ts';
import type { LabLoad, LabResult } from './lab.ts';
import type { MeasureName } from './lab-measures.ts';
import type { LabMachine, ProvenClaim, Spread } from './proof.ts';
import type { CodeLine, Hallmark, Prose } from './views.ts';

/** What a reader expects of a scenario; a number that they left out is null. */
export interface Guess {
  /** Requests in the view at once. */
  open: number | null;
  /** Milliseconds until the last answer. */
  ms: number | null;
}

/** A scenario, and nothing of how it went. */
export interface ScenarioView {
  id: string;
  title: string;
  says: Prose;
  program: CodeLine[];
  source: string;
  view: string;
  load: LabLoad;
  knobs: LabKnob[];
  against: string;
}

/** One kept run of a scenario, and the spread of all of them. */
export interface MeasuredScenario {
  scenario: string;
  title: string;
  /** Names the run on the shelf. */
  run: string;
  result: LabResult;
  measured: Partial<Record<MeasureName, Spread>>;
}

/** A claim that has to do with the chosen scenario. */
export interface ClaimView extends Pick<ProvenClaim, 'id' | 'verdict' | 'left' | 'right'> {
  says: Prose;
  /** The inequality as its author wrote it. */
  holds: string;
  /** What is compared, for people, and in which unit. */
  measure: { title: string; unit: 'count' | 'a second' | 'ms' };
}

export interface MeasuredView {
  chosen: MeasuredScenario;
  against: MeasuredScenario;
  claims: ClaimView[];
  machine: LabMachine;
  rounds: number;
}

export interface PerformanceView {
  title: string;
  intro: Prose;
  /** In the author's order. */
  scenarios: ScenarioView[];
  /** Id of the one that is looked at. */
  chosen: string;
  /** Null: none was made. */
  guess: Guess | null;
  /** Null until a guess was made or waived. */
  measured: MeasuredView | null;
  hallmark: Hallmark;
}
