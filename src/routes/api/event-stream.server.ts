/** A run as server-sent events. */
import type { RunEvent, RunListener } from '#lib/domain/heard-run.ts';

/** Proxies cut a connection on which nothing is said; a comment is something. In milliseconds. */
const heartbeatMs = 15_000;

/** The event as text. JSON has no line breaks, so nothing that a program writes can end the event. */
export function eventText({ kind, ...data }: RunEvent<object>): string {
  const told = 'result' in data ? data.result : data;
  return `event: ${kind}\ndata: ${JSON.stringify(told)}\n\n`;
}

/**
 * All that is heard of a run, until its result. Events are taken one by one as the reader takes them, so a
 * slow reader holds up nothing and gathers nothing.
 * @param first - What has been heard already.
 */
export function runStream(
  first: RunEvent<object> | null,
  listener: RunListener<object>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let heartbeat: NodeJS.Timeout;
  return new ReadableStream({
    start: (controller) => {
      if (first) controller.enqueue(encoder.encode(eventText(first)));
      heartbeat = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': waiting\n\n'));
      }, heartbeatMs);
    },
    pull: async (controller) => {
      try {
        const event = await listener.next();
        if (event) return controller.enqueue(encoder.encode(eventText(event)));
        clearInterval(heartbeat);
        controller.close();
      } catch (error) {
        clearInterval(heartbeat);
        throw error;
      }
    },
    cancel: () => {
      clearInterval(heartbeat);
      listener.leave();
    },
  });
}
