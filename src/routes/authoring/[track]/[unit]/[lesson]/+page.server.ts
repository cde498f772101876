import { error } from '@sveltejs/kit';
import { showItems } from '#lib/server/use-cases/show-items.ts';
import { authorOnly } from '../../../author-only.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  authorOnly(locals);
  const { track, unit, lesson } = params;
  const shown = await showItems(locals.app, `${track}/${unit}/${lesson}`);
  return { shown: shown ?? error(404, 'There is no such lesson here.') };
};
