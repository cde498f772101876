/** A page loads what it needs of the kinds of exercise that it shows, before it is drawn. */
import type { CodeView, ExerciseView } from '../../domain/views.ts';
import { kind as blanks } from './blanks.ts';
import { kind as choice } from './choice.ts';
import type { CardKind } from './kind.ts';

/** A code view is of two kinds. */
type ViewOf<K extends ExerciseView['kind']> = K extends CodeView['kind']
  ? CodeView
  : Extract<ExerciseView, { kind: K }>;

const code = async () => (await import('./code.ts')).kind;

// The kinds that most pages have are there at once: each file that is loaded apart has a weight of its own.
const loaders: {
  [K in ExerciseView['kind']]: () => CardKind<ViewOf<K>> | Promise<CardKind<ViewOf<K>>>;
} = {
  blanks: () => blanks,
  choice: () => choice,
  predict: async () => (await import('./predict.ts')).kind,
  order: async () => (await import('./order.ts')).kind,
  fix: code,
  write: code,
  recall: async () => (await import('./recall.ts')).kind,
};

/** What a card draws once there was an answer to its exercise. */
export type AnsweredParts = typeof import('../answered-parts.ts');

/** What is loaded, by kind. */
export type Kinds = Partial<Record<ExerciseView['kind'], CardKind>> & {
  /** Null: none of the exercises needs it yet. */
  answered: AnsweredParts | null;
};

/** Sent for with the first answer: a page that was just opened has no use for it. */
export function loadAnsweredParts(): Promise<AnsweredParts> {
  return import('../answered-parts.ts');
}

/** Loads the kinds of these exercises; to be called in the `load` of a page's `+page.ts`. */
export async function loadKinds(exercises: readonly ExerciseView[]): Promise<Kinds> {
  const answered = exercises.some(isBegun) ? await loadAnsweredParts() : null;
  const wanted = [...new Set(exercises.map(({ kind }) => kind))];
  const loaded = await Promise.all(
    wanted.map(async (name) => {
      // Each kind is only ever given views of its own.
      return [name, (await loaders[name]()) as unknown as CardKind] as const;
    }),
  );
  return { ...(Object.fromEntries(loaded) as Partial<Kinds>), answered };
}

/** Whether anything may be shown of an answer, in this round or of one before. */
function isBegun({ round, canLook }: ExerciseView): boolean {
  return canLook || round.attempts.length > 0 || round.ending !== null;
}
