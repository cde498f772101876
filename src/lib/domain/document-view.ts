/** What a browser may see of a document. All of it is shown: prose has no keys. */
import type { DocumentHeading } from './document.ts';
import type { Figure } from './proof.ts';
import type { JsonValue, RunError } from './run.ts';
import type { CodeLine, Hallmark } from './views.ts';

/** A document of a lesson as its page shows it. */
export interface DocumentView {
  /** `learn`; of a project, `brief` or the slug of a step. */
  name: string;
  /** Changes with its programs: what was edited of others is no draft of these. */
  contentVersion: string;
  headings: DocumentHeading[];
  blocks: DocumentBlockView[];
  /** Of its programs; null when it shows none. */
  hallmark: Hallmark | null;
}

export type DocumentBlockView =
  | { kind: 'text'; html: string }
  | { kind: 'figure'; svg: string; caption: string }
  | ProgramView
  | MeasurementView;

/** A program that was run, with what it was driven by and what it printed. */
export interface ProgramView {
  kind: 'program';
  id: string;
  title: string | null;
  program: CodeLine[];
  /** Empty: it is a script. */
  drive: CodeLine[];
  output: string;
  /** What it ended in, where that is what it shows. */
  error: RunError | null;
  /** What an editor begins with. */
  source: string;
}

/** Two programs, measured in turn. */
export interface MeasurementView {
  kind: 'compare';
  id: string;
  title: string;
  before: MeasuredProgramView;
  after: MeasuredProgramView;
  drive: CodeLine[];
  unit: string;
  /** The claim: the median of before is at least so many times that of after. */
  ratio: number;
  /** The same, as measured; null where this host has not measured it. */
  measured: number | null;
  /** ISO date of the measurement; null as `measured` is. */
  measuredAt: string | null;
}

export interface MeasuredProgramView {
  label: string;
  program: CodeLine[];
  /** Null where this host has not measured it. */
  figure: Figure | null;
  /** What was observed in every run, but for the measured number. */
  values: Record<string, JsonValue>;
}
