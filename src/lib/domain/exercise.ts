/**
 * An exercise as its author declared it, keys and all. Server-side only in practice:
 * what a browser may see of it is in views.ts.
 */
export const difficulties = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof difficulties)[number];

export const pools = ['try', 'challenge', 'review', 'test'] as const;
export type Pool = (typeof pools)[number];

/** A place in a source file: path relative to the content root, 1-based line. */
export interface SourcePlace {
  file: string;
  line: number;
}

interface ExerciseBase {
  /** Never changes, whatever the file or folder is called. */
  uid: string;
  /** The file's name without its extension; may change. */
  id: string;
  difficulty: Difficulty;
  objective: string;
  pool: Pool;
  title: string;
  /** Plain text with `code` spans. */
  prompt: string;
  /** Python source; blanks are `<<1>>`, the place of a choice's code is `<<option>>`. */
  program: string;
  /** URL path to the name of the view in the program that answers it. */
  serve: Record<string, string>;
  /** Python that makes the program act and observes it. Empty: the program is only loaded. */
  drive: string;
  hints: string[];
  /** Why the right answer is right, in steps; shown when a round is over. */
  solution: string[];
  /** Digest of everything about the exercise that an answer's meaning depends on. */
  contentVersion: string;
  /** Where each part stands, for findings: keys such as `answers`, `answers.0`, `options.2`. */
  places: Record<string, SourcePlace>;
}

export interface Misconception {
  /** 1-based blank it applies to; null: any blank, or the whole filling. */
  blank: number | null;
  token: string | null;
  filling: string[] | null;
  says: string;
}

export interface BlanksExercise extends ExerciseBase {
  kind: 'blanks';
  blanks: number;
  bank: string[];
  /** Every right filling, one token for each blank in order. */
  answers: string[][];
  /** Python that judges the observations. */
  expect: string;
  misconceptions: Misconception[];
}

export interface ChoiceOption {
  id: string;
  text: string;
  /** A Python expression over the observations, or null when the option carries code. */
  holds: string | null;
  /** Code put in the place of `<<option>>`, or null when the option is a claim. */
  code: string | null;
  /** Why this option is right or wrong. */
  why: string;
}

export interface ChoiceExercise extends ExerciseBase {
  kind: 'choice';
  options: ChoiceOption[];
  /** Ids of the options that hold. */
  answers: string[];
  /** Python that judges an option's run; null when the options are claims. */
  expect: string | null;
}

export type Exercise = BlanksExercise | ChoiceExercise;

export interface Objective {
  id: string;
  text: string;
}

export interface Source {
  title: string;
  version: string;
  url: string;
}

export interface Lesson {
  /** `django/async/when-async-helps`: slugs without the ordering numbers. */
  id: string;
  track: { slug: string; title: string };
  unit: { slug: string; title: string };
  slug: string;
  title: string;
  summary: string;
  runtime: string;
  objectives: Objective[];
  prerequisites: string[];
  /** Minutes for each mode that this lesson has. */
  minutes: Record<string, number>;
  sources: Source[];
  /** Python that fills the database the lesson's programs run against; null: no rows. */
  rows: string | null;
  /** Source of the fixture's apps, by path below `fixture`: `library/models.py`. Empty when there are none. */
  apps: Record<string, string>;
  exercises: Exercise[];
  /** Absolute path of the lesson's folder. */
  folder: string;
}

/** Something wrong, said so that an author can act on it. `line` is 1-based. */
export interface Finding {
  file: string;
  line: number;
  expected: string;
  found: string;
  fix: string;
}
