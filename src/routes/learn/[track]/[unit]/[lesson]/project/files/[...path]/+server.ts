import { error } from '@sveltejs/kit';
import { readBuiltFile } from '#lib/server/use-cases/show-project.ts';
import { lessonIdOf } from '../../../exercise-actions.server.ts';
import type { RequestHandler } from './$types';

/** One of the files that a learner has built, to be kept. */
export const GET: RequestHandler = async (event) => {
  const { app, learnerId } = event.locals;
  const { path } = event.params;
  const source = await readBuiltFile(app, learnerId, lessonIdOf(event), path);
  if (source === null) error(404, 'There is no such file here, or the project is not done yet.');
  const name = encodeURIComponent(path.split('/').at(-1) ?? '');
  return new Response(source, {
    headers: {
      'content-type': 'text/x-python; charset=utf-8',
      // The same address is another text for each learner.
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
    },
  });
};
