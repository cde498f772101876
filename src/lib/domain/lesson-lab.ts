/**
 * What a lesson's Performance mode puts under load, and what it claims about it, as its author declared it
 * (`lab.yaml`). docs/decisions/011 has the reasons.
 */
import type { SourcePlace } from './exercise.ts';
import type { LabLoad } from './lab.ts';
import type { MeasureName } from './lab-measures.ts';

/** One way to serve one view, and the load that is put on it. */
export interface LabScenario {
  /** As the author names it, unique in the lesson: `async-waits`. Part of addresses. */
  id: string;
  /** In a few words. */
  title: string;
  /** What is special about it, before anything is told of how it went. Plain text with `code` spans. */
  says: string;
  /** Python source, one file. Learners may change it and run it again. */
  program: string;
  /** Name of the view, which is served at `/`. */
  view: string;
  /** The server, and every number of the load. */
  load: LabLoad;
  /** Those numbers of the load that a learner may change; the others have no effect on this scenario. */
  knobs: LabKnob[];
  /** Id of the scenario that it is shown beside. */
  against: string;
}

/** What a learner can change; `requests` is also how many are open at a time. */
export const labKnobs = ['requests', 'waitMs', 'cpuMs', 'workers', 'threads'] as const;
export type LabKnob = (typeof labKnobs)[number];

/** One measure of one scenario. */
export interface Measured {
  scenario: string;
  measure: MeasureName;
}

/** `left compared factor * right`, or, where `right` is null, `left compared factor`. */
export interface LabInequality {
  left: Measured;
  compared: '==' | '>=' | '<=';
  /** At least 0; a margin, or the number itself. */
  factor: number;
  right: Measured | null;
}

export interface LabClaim {
  /** A digest of what is claimed; wording is no part of it. */
  id: string;
  /** Plain text with `code` spans. */
  says: string;
  /** As the author wrote it: `async-waits.per-second >= 3 * sync-waits.per-second`. */
  holds: string;
  inequality: LabInequality;
}

export interface LessonLab {
  title: string;
  /** Plain text with `code` spans. */
  intro: string;
  /** At least two; the first is the one that the page begins with. */
  scenarios: LabScenario[];
  claims: LabClaim[];
  /** Digest of all that a lab run and what is claimed of it depend on. */
  contentVersion: string;
  /** Path relative to the content root. */
  file: string;
  /**
   * Where each part stands, for findings: `scenarios.0`, `claims.1.holds`; `''` is the file, and
   * `scenarios.0.program:text` the first line of that source.
   */
  places: Record<string, SourcePlace>;
}
