/**
 * An exercise as its author declared it, keys and all. Server-side only in practice:
 * what a browser may see of it is in views.ts.
 */
import type { LessonDocument } from './document.ts';
import type { LessonLab } from './lesson-lab.ts';
import type { Visualize } from './visualize.ts';

export const difficulties = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof difficulties)[number];

export const kinds = ['blanks', 'choice', 'predict', 'order', 'fix', 'write', 'recall'] as const;
export type Kind = (typeof kinds)[number];

export const pools = ['try', 'challenge', 'project', 'review', 'test'] as const;
export type Pool = (typeof pools)[number];

/** Those that anybody may open. Of the others nothing is seen before it is asked, not even how many there are. */
export const openPools: ReadonlySet<Pool> = new Set<Pool>(['try', 'challenge', 'project']);

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
  /** Python that makes the program act and observes it. Empty: the program is run as a script. */
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

/** What is printed is the key: nobody writes it down, the proof finds it. */
export interface PredictExercise extends ExerciseBase {
  kind: 'predict';
  /** Whether outputs are offered to choose from, or the output is typed. */
  ask: 'choose' | 'type';
  /** Outputs that learners believe in. `id` is a digest, which tells nothing. */
  wrong: { id: string; output: string; why: string }[];
}

/** One line that can be put in its place; lines of the same text are told apart by their ids only. */
export interface OrderLine {
  /** A digest of exercise, text and occurrence, which tells nothing. */
  id: string;
  /** Without indentation. */
  text: string;
}

/** A line and how deep it stands: an item of an answer is `<indent>:<line id>`. */
export interface PlacedLine {
  line: string;
  indent: number;
}

export interface OrderExercise extends ExerciseBase {
  kind: 'order';
  /** The lines of the right order, in that order. `program` has `<<lines>>` where they go. */
  lines: OrderLine[];
  distractors: (OrderLine & { why: string })[];
  /** Every declared right order; the first is the author's own. */
  orders: PlacedLine[][];
  expect: string;
}

/** Source by path: `views.py`. */
export type ProgramFiles = Record<string, string>;

/** What makes a program act, and what judges it then. */
export interface Check {
  /** `own`, or the slug of the earlier project step that it comes from. */
  id: string;
  serve: Record<string, string>;
  drive: string;
  expect: string;
  /** Python that observes `inputs`, a list for the drive; null: the drive takes none. */
  inputs: string | null;
}

/** A wrong answer that is known, and what is told to whoever gives one like it. */
export interface Mistake {
  files: ProgramFiles;
  /** It ends in this exception, */
  error: string | null;
  /** or this Python expression is true of what was observed. */
  holds: string | null;
  says: string;
}

/** An exercise that is answered with a program. `program` is what the learner starts from. */
export interface CodeExercise extends ExerciseBase {
  kind: 'fix' | 'write';
  /** The file that is the program; the others are imported by it. */
  main: string;
  /** The files that a learner edits, as they are at the start; `main` is among them. */
  start: ProgramFiles;
  /** Further files, shown and not edited. */
  given: ProgramFiles;
  /** The reference solution, of the same files as `start`. */
  answer: ProgramFiles;
  /** Other programs that must pass as well. */
  alternatives: ProgramFiles[];
  expect: string;
  inputs: string | null;
  /** What Run drives the program with; shown. */
  demo: string;
  mistakes: Mistake[];
  /** The exercise's own check first, then those of earlier steps that must still hold. */
  checks: Check[];
}

/** Something that a good explanation has in it. */
export interface RubricPoint {
  id: string;
  text: string;
  /** A Python expression over what the program's run observed, or null: this is not shown by a run. */
  holds: string | null;
}

/**
 * A question that is answered in one's own words, and rated by who answered it. `program` is what shows that its
 * facts are so; empty where it states none. It has neither hints nor a solution: the answer is kept as its one hint.
 */
export interface RecallExercise extends ExerciseBase {
  kind: 'recall';
  /** In paragraphs. */
  answer: string[];
  rubric: RubricPoint[];
}

export type Exercise =
  BlanksExercise | ChoiceExercise | PredictExercise | OrderExercise | CodeExercise | RecallExercise;

/** Something small that is built in steps. */
export interface Project {
  title: string;
  summary: string;
  /** What is to be built, and why. */
  brief: LessonDocument;
  /** Exercises of the kind `write` in the pool `project`, in order; each is one of the lesson's exercises too. */
  steps: ProjectStep[];
}

export interface ProjectStep {
  slug: string;
  exercise: CodeExercise;
  instructions: LessonDocument;
}

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
  /** The reading modes, in the order of the modes. */
  documents: LessonDocument[];
  project: Project | null;
  /** A recorded program; null: there is none. */
  visualize: Visualize | null;
  /** Views to be put under load; null: there are none. */
  lab: LessonLab | null;
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
