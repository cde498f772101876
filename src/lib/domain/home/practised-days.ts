/** On which days a learner practised. Nothing is counted in a row, so that nothing is lost by a pause. */
import { dateOfDay, dayOf } from '../day.ts';
import type { ModeProgress } from '../mode.ts';
import type { PractisedRound } from '../practice.ts';
import type { Sitting } from '../sitting.ts';

/** All that tells when something was done. */
export interface Done {
  rounds: readonly PractisedRound[];
  sittings: readonly Sitting[];
  modes: readonly ModeProgress[];
  quizRights: readonly { answeredAt: string }[];
}

/** A strip of weeks, as a calendar has them. */
export interface DaysView {
  /** Oldest first, each from Monday on; the last one ends today. */
  weeks: DayView[][];
  /** On how many of the last days, today among them, the learner practised, */
  practised: number;
  /** of how many. */
  of: number;
}

export interface DayView {
  /** `2026-11-26`. */
  date: string;
  isPractised: boolean;
}

const shownWeeks = 12;
const countedDays = 28;

/**
 * The days of the last weeks.
 * @param zone - Where the learner is.
 */
export function practisedDays(done: Done, now: Date, zone: string): DaysView {
  const today = dayOf(now, zone);
  const practised = new Set(momentsOf(done).map((at) => dayOf(new Date(at), zone)));
  const monday = today - weekdayOf(today);
  const weeks = Array.from({ length: shownWeeks }, (_, index) => {
    const first = monday - 7 * (shownWeeks - 1 - index);
    const days = Array.from(
      { length: Math.min(7, today - first + 1) },
      (__, later) => first + later,
    );
    return days.map((day) => ({ date: dateOfDay(day), isPractised: practised.has(day) }));
  });
  const counted = [...practised].filter((day) => day <= today && day > today - countedDays);
  return { weeks, practised: counted.length, of: countedDays };
}

/** 0 is Monday. Day 0, the first of 1970, was a Thursday. */
function weekdayOf(day: number): number {
  return (day + 3) % 7;
}

/** When something was answered, given up or done. Opening a page is no practice. */
function momentsOf({ rounds, sittings, modes, quizRights }: Done): string[] {
  return [
    ...rounds.flatMap(({ attempts, endedAt }) => [...attempts.map(({ at }) => at), endedAt]),
    ...sittings.flatMap(({ items }) => items.map(({ answered }) => answered?.at ?? null)),
    ...modes.map(({ doneAt }) => doneAt),
    ...quizRights.map(({ answeredAt }) => answeredAt),
  ].filter((at) => at !== null);
}
