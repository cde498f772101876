/**
 * The timer of a challenge: an offer. It changes no verdict, can be paused and hidden, and says no more
 * than that its time is half gone, and gone. Pure; the component keeps it going.
 */

export const paces = ['off', 'relaxed', 'standard'] as const;
export type Pace = (typeof paces)[number];

export interface Timer {
  pace: Pace;
  /** All of its time, and what is left of it, in milliseconds. */
  totalMs: number;
  leftMs: number;
  isRunning: boolean;
  isHidden: boolean;
}

const minuteMs = 60_000;

export const noTimer: Timer = {
  ...{ pace: 'off', totalMs: 0, leftMs: 0 },
  ...{ isRunning: false, isHidden: false },
};

/** @param minutes - What the lesson says that the challenge takes; relaxed has twice as many. */
export function minutesOf(pace: Pace, minutes: number): number {
  if (pace === 'off') return 0;
  return pace === 'relaxed' ? 2 * minutes : minutes;
}

/** The timer from its beginning, at another pace or at the same. Whether it is seen stays as it was. */
export function startTimer({ isHidden }: Timer, pace: Pace, minutes: number): Timer {
  const totalMs = minutesOf(pace, minutes) * minuteMs;
  return { pace, totalMs, leftMs: totalMs, isRunning: pace !== 'off', isHidden };
}

/** The timer after some time has gone by. One that is paused stands still; one that is over stays so. */
export function passTime(timer: Timer, ms: number): Timer {
  if (!timer.isRunning) return timer;
  const leftMs = Math.max(0, timer.leftMs - Math.max(0, ms));
  return { ...timer, leftMs, isRunning: leftMs > 0 };
}

export const isOver = ({ pace, leftMs }: Timer) => pace !== 'off' && leftMs === 0;

/** What is left, in minutes and seconds: `9:05`. */
export function clockText({ leftMs }: Timer): string {
  const seconds = Math.ceil(leftMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export const overText = 'The time is over. Take as long as you need: it changes nothing.';

/** What is said, to those who listen, between two moments: at half of the time and at its end. */
export function announcement(before: Timer, after: Timer): string {
  if (isOver(after) && !isOver(before)) return overText;
  const half = after.totalMs / 2;
  const isHalf = after.leftMs <= half && before.leftMs > half;
  return isHalf && after.pace === before.pace
    ? `Half of the time is left: ${clockText(after)}.`
    : '';
}

/** What is kept of it between visits. */
export function timerText(timer: Timer): string {
  return JSON.stringify(timer);
}

/**
 * Brings back what was kept. A timer that was running is paused: time away is nobody's loss.
 * @param text - Anything: what is no timer of ours counts as none.
 */
export function readTimer(text: string | null, minutes: number): Timer {
  const kept = parse(text);
  const pace = paces.find((each) => each === kept['pace']) ?? 'off';
  const isHidden = kept['isHidden'] === true;
  const fresh = startTimer({ ...noTimer, isHidden }, pace, minutes);
  const left = kept['leftMs'];
  const isWithin = typeof left === 'number' && left >= 0 && left <= fresh.totalMs;
  return { ...fresh, leftMs: isWithin ? left : fresh.totalMs, isRunning: false };
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
