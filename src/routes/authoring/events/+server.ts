/** Tells an author's open pages that they may show something else now. Not there for learners. */
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) => {
  const { authoring } = locals.app;
  if (!authoring) error(404, 'There is no such page here.');
  const encoder = new TextEncoder();
  let end: () => void;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const tell = (event: 'changed' | 'closed') => {
        // The browser asks again by itself, and finds what has taken this one's place.
        if (event === 'closed') return controller.close();
        const { version, isProving } = authoring.view();
        const data = JSON.stringify({ version, isProving });
        controller.enqueue(encoder.encode(`data: ${data}\n\n`));
      };
      end = authoring.subscribe(tell);
      tell('changed');
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
};
