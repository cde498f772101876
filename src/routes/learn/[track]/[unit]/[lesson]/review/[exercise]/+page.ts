import { loadKinds } from '#lib/ui/kinds/load-kinds.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => {
  return { ...data, kinds: await loadKinds([data.review.exercise]) };
};
