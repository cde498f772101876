/** The calm report of what the set-up does: one line when work begins, one when it ends. */

const HEARTBEAT_MS = 15_000;

/**
 * Runs one step and reports it.
 * @param {import('./context.mjs').Context} context
 * @param {string} name - What the step is about: "npm packages".
 * @param {(say: (doing: string) => void) => Promise<string | void>} work - Calls `say` when there is
 * something to do; resolves to "unchanged", or to a few words about what was done.
 */
export async function step(context, name, work) {
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  let heartbeat;
  const say = (doing) => {
    line(context, name, `${doing} ...`);
    clearInterval(heartbeat);
    // Silence of a minute looks like a hang.
    heartbeat = setInterval(() => line(context, name, `${doing} ... ${seconds()}`), HEARTBEAT_MS);
    heartbeat.unref();
  };
  try {
    const result = (await work(say)) ?? 'done';
    line(context, name, result === 'unchanged' ? result : `${result} (${seconds()})`);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Prints one line about a step. */
export function line(context, name, text) {
  context.out.write(`  ${name.padEnd(18)} ${text}\n`);
}
