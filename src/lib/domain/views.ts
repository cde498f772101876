/**
 * What a browser may see. Nothing here can hold an answer key before the round is over:
 * `solution`, `rightBlanks` and evidence are filled only from attempts already made.
 */
import type { Difficulty, Finding, Kind } from './exercise.ts';
import type { ProofStatus } from './proof.ts';
import type { RoundEnding } from './round.ts';
import type { JsonValue, Outcome, RunError, Versions } from './run.ts';

/** Text in which `code` stands apart. */
export type Prose = { text: string; code: boolean }[];

/** A piece of a line of a program: text with its highlight class, a blank, or where an option's code goes. */
export type CodePiece =
  | { kind: 'text'; text: string; className: string }
  | { kind: 'blank'; blank: number }
  | { kind: 'option' };
export type CodeLine = CodePiece[];

/** Counts, versions and date only: shown before the answer too. */
export interface Hallmark {
  /** What was run, and how much of it: `4 answers run`, `57 of 240 orders run`. */
  ran: string;
  versions: Versions;
  /** ISO date; null when the evidence came with the lesson and was not re-run on this host. */
  provenAt: string | null;
}

export interface EvidenceView {
  id: string;
  /** One plain sentence of what happened: "Django 5.2.19 raised SynchronousOnlyOperation on line 5." */
  sentence: string;
  outcome: Outcome;
  error: RunError | null;
  stdout: string;
  values: Record<string, JsonValue>;
  counts: Record<string, number>;
  /** The program as it ran, with the answer in place. */
  program: CodeLine[];
  /** How many times it was run, always with the same outcome; null when that is not known. */
  runs: number | null;
  versions: Versions;
  provenAt: string | null;
}

/** What a filling or an option does, without being given as an answer: no verdict, no reason. */
export interface LookView {
  answer: string[];
  evidence: EvidenceView;
}

export interface AttemptView {
  number: number;
  answer: string[];
  verdict: 'right' | 'wrong';
  /** For blanks: which of them agree with the right filling nearest to the answer. */
  rightBlanks: boolean[];
  /** What the author says of this wrong answer, or why the right one is right. */
  says: Prose[];
  /** What the check asks for that did not hold, where it says so; null: nothing, or all held. */
  unmet: Prose | null;
  /** Slug of the earlier step whose check fails with this answer; null: none. */
  brokenStep: string | null;
  /** Null when there is none to be shown; `unshown` then says why. */
  evidence: EvidenceView | null;
  unshown: WhyUnshown | null;
}

/**
 * Why an answer comes without evidence. `withheld`: it is the key, and the round is not over. `changed`:
 * the content has changed since, and the evidence is gone.
 */
export type WhyUnshown = 'withheld' | 'changed';

export interface RoundView {
  number: number;
  /** Null: as many as it takes. */
  attemptsAllowed: number | null;
  attempts: AttemptView[];
  ending: RoundEnding | null;
  /** Hints shown so far, in order. */
  hints: Prose[];
  hintsLeft: number;
  /** Only once the round is over; in a challenge whose attempts are used up, only when it was asked for. */
  solution: SolutionView | null;
}

export interface SolutionView {
  /** Every declared right answer. */
  answers: string[][];
  steps: Prose[];
  /** Evidence of the first right answer. */
  evidence: EvidenceView | null;
  /** For options that are chosen: why each is right or wrong, by id. */
  reasons: Record<string, Prose>;
  /** The learner's own text beside the author's, by file; empty where nothing was written. */
  compare: CompareView[];
}

/** Two texts, line by line. */
export interface CompareView {
  /** Path of the file; null where there is only one text. */
  path: string | null;
  /** What stands on the left: the newest answer of the round, or what the round began with. */
  own: 'answer' | 'start';
  /** In order, of either text or of both. */
  lines: ComparedLine[];
}

export interface ComparedLine {
  in: 'both' | 'own' | 'solution';
  code: CodeLine;
}

interface ExerciseViewBase {
  uid: string;
  /** Anchor on the page. */
  anchor: string;
  title: string;
  difficulty: Difficulty;
  objective: string;
  prompt: Prose;
  /** Of an order, what stands before its lines; of code, nothing: its files are apart. */
  program: CodeLine[];
  hallmark: Hallmark;
  round: RoundView;
  /** Whether what other answers do may be looked at now, without giving them. */
  canLook: boolean;
}

export interface BlanksView extends ExerciseViewBase {
  kind: 'blanks';
  blanks: number;
  /** Tokens in this learner's order. */
  bank: string[];
}

export interface ChoiceView extends ExerciseViewBase {
  kind: 'choice';
  /** Options in this learner's order; `code` is empty for a claim. */
  options: { id: string; text: Prose; code: CodeLine[] }[];
}

export interface PredictView extends ExerciseViewBase {
  kind: 'predict';
  ask: 'choose' | 'type';
  /** What makes the program act, and may print as well; none for a script. */
  drive: CodeLine[];
  /** Outputs in this learner's order; none where the output is typed. */
  outputs: { id: string; output: string }[];
}

export interface OrderView extends ExerciseViewBase {
  kind: 'order';
  /** What stands after the lines in the program. */
  after: CodeLine[];
  /** How deep in the program an indent of 0 is, in steps of four spaces. */
  depth: number;
  /** Lines to choose from, distractors among them, in this learner's order. */
  lines: { id: string; code: CodeLine }[];
  /** How many lines an answer has. */
  slots: number;
  /** How deep a line may stand, in steps of four spaces. */
  deepest: number;
}

export interface CodeView extends ExerciseViewBase {
  kind: 'fix' | 'write';
  main: string;
  /** What the learner edits, `main` first and then in order of path: as it is at the start of a round. */
  files: { path: string; source: string }[];
  /** Shown, and not edited. */
  given: { path: string; code: CodeLine[] }[];
  /** What Run drives the program with. */
  demo: CodeLine[];
}

export interface RecallView extends ExerciseViewBase {
  kind: 'recall';
  /** Null until the answer was asked for. */
  revealed: RevealedView | null;
}

export interface RevealedView {
  /** In paragraphs. */
  answer: Prose[];
  /** What a good explanation has in it; `isRun`: the run shows that it is so. */
  rubric: { id: string; text: Prose; isRun: boolean }[];
}

export type ExerciseView =
  BlanksView | ChoiceView | PredictView | OrderView | CodeView | RecallView;

export interface ModeView {
  mode: string;
  title: string;
  /** One line of what it is. */
  about: string;
  minutes: number;
  href: string;
  /** How many of its exercises are solved; null: it has none. */
  progress: { done: number; of: number } | null;
  isDone: boolean;
}

/** Something small that is built in steps, and how far one learner has come. */
export interface ProjectView {
  title: string;
  summary: Prose;
  href: string;
  steps: StepLink[];
  /** Slug of the first step that is not done; null when all are. */
  next: string | null;
  /** The learner's own files, once every step is done; empty before. */
  built: { path: string; code: CodeLine[] }[];
}

export interface StepLink {
  slug: string;
  title: string;
  difficulty: Difficulty;
  href: string;
  /** ISO date and time of the newest right answer; null: none yet. */
  doneAt: string | null;
  /** Answers given to it, in all rounds. */
  attempts: number;
  /** Whether its solution was shown. */
  isShown: boolean;
}

export interface StepView {
  slug: string;
  title: string;
  /** What it begins with: the project's files, the learner's own, or the solution before; null: nothing yet. */
  start: 'start' | 'own' | 'reference' | null;
  /** Null while there is nothing to begin with. */
  exercise: ExerciseView | null;
}

/** What a learner has earned in a challenge. */
export interface BadgeView {
  /** One for each exercise, in their order. */
  marks: MarkView[];
  /** Whether all of them are earned. */
  isWhole: boolean;
}

export interface MarkView {
  uid: string;
  /** Of the exercise's card. */
  anchor: string;
  title: string;
  kind: Kind;
  /** The right answer that it stands for; null: not earned. */
  earned: {
    round: number;
    attempt: number;
    /** ISO date and time. */
    at: string;
    /** What that answer did; null when the content has changed since and the evidence is gone. */
    sentence: string | null;
  } | null;
  /** Whether the solution was shown before, so that it cannot be earned any more. */
  isShown: boolean;
}

/** Where a learner goes on in a lesson: where they were, with what follows, or at its beginning. */
export interface NextMode {
  mode: string;
  how: 'continue' | 'next' | 'begin';
}

export interface LessonView {
  id: string;
  href: string;
  track: { slug: string; title: string };
  unit: { slug: string; title: string };
  title: string;
  summary: Prose;
  runtime: { name: string; versions: Versions };
  objectives: { id: string; text: Prose }[];
  /** Those that are there, in the order in which they are recommended. */
  modes: ModeView[];
  /** Null when all are done, or none is there. */
  next: NextMode | null;
  sources: { title: string; version: string; url: string }[];
  /** How many exercises the lesson's modes show, and how many of the lesson are held back as unproven. */
  exercises: { shown: number; heldBack: number; done: number };
}

export interface CatalogueView {
  tracks: {
    slug: string;
    title: string;
    units: { slug: string; title: string; lessons: LessonView[] }[];
  }[];
}

/** Whether programs can be run on this host now; said on the page when not. */
export interface ExecutionView {
  available: boolean;
  reason: string;
}

/** What an author is shown besides while writing lessons. Findings name keys: no learner gets this. */
export interface AuthoringView {
  /** Grows whenever the pages may show something else. */
  version: number;
  /** Whether a change is being proven at this moment. */
  isProving: boolean;
  /** Exercises on the pages that are not proven. */
  exercises: UnprovenView[];
  /** Documents on the pages that are not proven; the uid is made of lesson and name. */
  documents: UnprovenView[];
  /** What is wrong elsewhere: in files that hold no exercise, or one that cannot be run. */
  files: { lesson: string; findings: Finding[] }[];
}

export interface UnprovenView {
  uid: string;
  title: string;
  /** Where it is shown. */
  href: string;
  status: ProofStatus;
  findings: Finding[];
}
