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
};

/** What is loaded, by kind. */
export type Kinds = Partial<Record<ExerciseView['kind'], CardKind>>;

/** Loads the kinds of these exercises; to be called in the `load` of a page's `+page.ts`. */
export async function loadKinds(exercises: readonly ExerciseView[]): Promise<Kinds> {
  const wanted = [...new Set(exercises.map(({ kind }) => kind))];
  const loaded = await Promise.all(
    wanted.map(async (name) => {
      // Each kind is only ever given views of its own.
      return [name, (await loaders[name]()) as unknown as CardKind] as const;
    }),
  );
  return Object.fromEntries(loaded);
}
