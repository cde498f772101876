/**
 * The runtime that is installed with Assay. What it is called, and what is special about it, its own folder
 * says; which folder that is, `package.json` says, under `imports`.
 */
import runtime from '#runtime' with { type: 'json' };
import type { Versions } from './run.ts';

/** Its name, as lessons and the run API give it. */
export const installedRuntime: string = runtime.name;

/** What people call the parts that matter to them: the framework first, then the language. */
const titles: Record<string, string> = runtime.titles;

/** Names of modules that no app of a fixture can have in it, by what they are. */
export const takenNames: Record<string, string[]> = runtime.taken;

/** `Django 5.2.19`, for each part that has a title, in the order of these. */
export function titledVersions(versions: Versions): string[] {
  const known = Object.keys(titles).filter((part) => part in versions);
  return known.map((part) => `${titles[part]} ${versions[part]}`);
}

/** The versions of the parts that have none, by their own names. */
export function untitledVersions(versions: Versions): string[] {
  const others = Object.keys(versions).filter((part) => !(part in titles));
  return others.map((part) => `${part} ${versions[part]}`);
}
