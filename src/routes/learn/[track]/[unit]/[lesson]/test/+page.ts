import type { TestView } from '#lib/domain/test-view.ts';
import type { ExerciseView } from '#lib/domain/views.ts';
import { loadKinds } from '#lib/ui/kinds/load-kinds.ts';
import type { PageLoad } from './$types';

/** The exercises that the page shows: the one that is asked, or those of a sitting that is over. */
function shownIn(test: TestView): ExerciseView[] {
  if (test.state === 'question') return [test.exercise];
  return test.state === 'over' ? test.result.items.flatMap(({ exercise }) => exercise ?? []) : [];
}

export const load: PageLoad = async ({ data }) => {
  return { ...data, kinds: await loadKinds(shownIn(data.test)) };
};
