/** A page loads what it needs of the kinds of exercise that it shows, before it is drawn. */
import type { CodeView, ExerciseView } from '../../domain/views.ts';
import type { CardKind } from './kind.ts';

/** A code view is of two kinds. */
type ViewOf<K extends ExerciseView['kind']> = K extends CodeView['kind']
  ? CodeView
  : Extract<ExerciseView, { kind: K }>;

const code = () => import('./code.ts');

const loaders: {
  [K in ExerciseView['kind']]: () => Promise<{ kind: CardKind<ViewOf<K>> }>;
} = {
  blanks: () => import('./blanks.ts'),
  choice: () => import('./choice.ts'),
  predict: () => import('./predict.ts'),
  order: () => import('./order.ts'),
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
      const { kind } = await loaders[name]();
      // Each kind is only ever given views of its own.
      return [name, kind as unknown as CardKind] as const;
    }),
  );
  return Object.fromEntries(loaded);
}
