/**
 * How each of our npm scripts begins: refuse a Node that is too old before loading anything that it
 * may not understand, then run the command, and turn whatever it throws into a clear message.
 */
import { Problem, printProblem } from './problem.mjs';
import { Interrupted, passSignals } from './process.mjs';

const OLDEST_NODE_MAJOR = 20;

/**
 * What is wrong with this Node, or null.
 * @param {string} version - As in process.versions.node, "20.11.1".
 */
export function nodeProblem(version) {
  if (Number(version.split('.')[0]) >= OLDEST_NODE_MAJOR) return null;
  return new Problem(
    `Node ${version} is too old: Assay needs Node ${OLDEST_NODE_MAJOR} or later to set itself up (it then brings its own).`,
    'Install Node 20 or later, for example from https://nodejs.org/en/download, and try again.',
  );
}

/**
 * Loads and runs a command. The promise of its `run` is the exit code, or nothing for 0.
 * @param {() => Promise<{ run: () => Promise<number | void> }>} load
 */
export function begin(load) {
  const problem = nodeProblem(process.versions.node);
  if (problem) {
    printProblem(problem);
    return;
  }
  passSignals();
  load()
    .then((command) => command.run())
    .then((code) => {
      process.exitCode = code ?? 0;
    })
    .catch((thrown) => {
      if (thrown instanceof Interrupted) {
        process.stderr.write('\nStopped. What was begun is redone at the next start.\n');
        process.exitCode = thrown.exitCode;
      } else {
        printProblem(thrown);
      }
    });
}
