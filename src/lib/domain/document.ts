/** Prose of a lesson, whose programs are run. Text is cleaned HTML by the time it is here. */
import type { SourcePlace } from './exercise.ts';

export const readingModes = ['learn', 'why', 'deep-dive'] as const;

export interface LessonDocument {
  /** `learn`; for a project's prose, `brief` or the slug of a step. */
  name: string;
  blocks: DocumentBlock[];
  /** In the order in which they stand; their ids are in the HTML of the text. */
  headings: DocumentHeading[];
  /** Digest of all that its programs' meaning depends on; wording is no part of it. */
  contentVersion: string;
  /** Path relative to the content root. */
  file: string;
}

export interface DocumentHeading {
  /** Unique in the document: what a link leads to. */
  id: string;
  /** Plain text. */
  text: string;
  /** 2 for the document's own sections; the page's title is above them. */
  level: number;
}

export type DocumentBlock = TextBlock | FigureBlock | ProgramBlock | CompareBlock;

export interface TextBlock {
  kind: 'text';
  html: string;
}

export interface FigureBlock {
  kind: 'figure';
  /** Cleaned SVG. */
  svg: string;
  /** What it shows, for who cannot see it. */
  alt: string;
  caption: string;
}

/** A program that prose shows. */
export interface ProgramBlock {
  kind: 'program';
  /** Unique in the lesson. */
  id: string;
  title: string | null;
  program: string;
  serve: Record<string, string>;
  /** Empty: a script. */
  drive: string;
  /** All that it prints. */
  output: string;
  /** The type of the exception that it ends in, or null. */
  raises: string | null;
  places: { program: SourcePlace; drive: SourcePlace; output: SourcePlace };
}

/** Two programs, measured in turn. */
export interface CompareBlock {
  kind: 'compare';
  id: string;
  title: string;
  before: ComparedProgram;
  after: ComparedProgram;
  serve: Record<string, string>;
  drive: string;
  /** Of the number that the drive observes under the name of the unit: `ms`. */
  unit: string;
  /** The median of before is at least so many times that of after. */
  ratio: number;
  /**
   * Where each part stands, for findings: `drive`, `ratio`, `before_holds`, `before.file`; the whole block is
   * `''`, the first line of a block of text `drive:text`, of a program `before.file:text`.
   */
  places: Record<string, SourcePlace>;
}

export interface ComparedProgram {
  label: string;
  program: string;
  /** A Python expression over what was observed, or null. */
  holds: string | null;
}
