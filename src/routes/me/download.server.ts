import type { RequestEvent } from '@sveltejs/kit';
import { dateOfDay, dayOf } from '#lib/domain/day.ts';

/** An answer that a browser saves as a file, and that nothing on its way keeps. */
export function download(
  { locals }: Pick<RequestEvent, 'locals'>,
  text: string,
  { type, extension }: { type: string; extension: string },
): Response {
  const date = dateOfDay(dayOf(locals.app.now(), locals.zone));
  return new Response(text, {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="assay-${date}.${extension}"`,
      'cache-control': 'no-store',
    },
  });
}
