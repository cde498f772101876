import type { OnProgress } from '#lib/domain/proof.ts';

/** Shows how far proving has come, on a terminal only; a log would fill with it. */
export function progressOn(stream: NodeJS.WriteStream): { show: OnProgress; clear: () => void } {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  return {
    show: ({ done, total, exercise }) =>
      stream.write(`\r\u001b[2Kproving ${done} of ${total}: ${exercise}`),
    clear: () => stream.write('\r\u001b[2K'),
  };
}
