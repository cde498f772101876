import { findRoot, formatProblems, loadConfig, type Config } from '#config';

/** The settings are wrong; the text says all of it. */
export class SettingsProblem extends Error {}

/**
 * Reads the settings of this process.
 * @throws SettingsProblem with everything that is wrong with them.
 */
export function readConfig(): Config {
  const loaded = loadConfig(process.env, findRoot());
  if (!loaded.ok) throw new SettingsProblem(formatProblems(loaded.problems));
  return loaded.config;
}
