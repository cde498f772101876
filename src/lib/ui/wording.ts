/** Words and numbers as the pages write them. Pure, and the same on the server and in the browser. */
import { titledVersions, untitledVersions } from '../domain/installed-runtime.ts';
import type { KudosView } from '../domain/kudos.ts';
import type { Versions } from '../domain/run.ts';
import type { ModeView, NextMode, Prose } from '../domain/views.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A count with its noun: `1 answer`, `4 answers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2 of 3 attempts left`; the noun follows the number that is allowed. Null: as many as it takes. */
export function attemptsLeft(allowed: number | null, used: number): string {
  if (allowed === null) return 'As many attempts as it takes';
  return `${Math.max(0, allowed - used)} of ${counted(allowed, 'attempt')} left`;
}

/**
 * The day of an ISO date, in UTC so that server and browser write the same.
 * @returns `23 Nov 2026`, or the text itself when it is no date.
 */
export function day(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Every part of a runtime as `Django 5.2.19`, the framework first. */
export function versionNames(versions: Versions): string[] {
  return [...titledVersions(versions), ...untitledVersions(versions)];
}

/** The parts that a hallmark names: the well-known ones, else the first two. */
export function mainVersions(versions: Versions): string[] {
  return versionNames(versions).slice(0, titledVersions(versions).length || 2);
}

/** How often a program was run. More than once only where chance could have had a hand in it. */
export function runsText(runs: number): string {
  return runs === 1 ? 'Run once.' : `Run ${runs} times, with the same outcome each time.`;
}

/** Prose without its marks, for names and announcements. */
export function plain(prose: Prose): string {
  return prose.map((part) => part.text).join('');
}

/** Minutes of a lesson's modes together. */
export function totalMinutes(modes: ModeView[]): number {
  return modes.reduce((sum, mode) => sum + mode.minutes, 0);
}

const onward = { continue: 'Continue: ', next: 'Next: ', begin: 'Begin with ' };

/** Where a lesson goes on: `Continue: Why`. */
export function nextWords(
  { how }: Pick<NextMode, 'how'>,
  { title }: Pick<ModeView, 'title'>,
): string {
  return onward[how] + title;
}

/** `12 kudos, yours among them`; empty where there are none. */
export function kudosWords({ count, isGiven }: KudosView): string {
  if (count === 0) return '';
  if (!isGiven) return `${count} kudos`;
  return count === 1 ? '1 kudos: yours' : `${count} kudos, yours among them`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
