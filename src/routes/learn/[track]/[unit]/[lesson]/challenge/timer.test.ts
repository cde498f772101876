import { describe, expect, test } from 'vitest';
import {
  announcement,
  clockText,
  isOver,
  noTimer,
  overText,
  passTime,
  readTimer,
  startTimer,
  timerText,
} from './timer.ts';

const minute = 60_000;
const standard = startTimer(noTimer, 'standard', 20);

describe('the timer', () => {
  test('has the minutes of the lesson, relaxed twice as many, and none when it is off', () => {
    expect(clockText(standard)).toBe('20:00');
    expect(clockText(startTimer(noTimer, 'relaxed', 20))).toBe('40:00');
    expect(startTimer(standard, 'off', 20)).toEqual(noTimer);
    expect(isOver(noTimer)).toBe(false);
  });

  test('counts down while it runs, and stands still while it is paused', () => {
    expect(clockText(passTime(standard, 90_500))).toBe('18:30');
    const paused = { ...standard, isRunning: false };
    expect(passTime(paused, 5 * minute)).toBe(paused);
    expect(passTime(standard, -5)).toEqual(standard);
  });

  test('ends at nothing, and stays there', () => {
    const over = passTime(standard, 21 * minute);
    expect(over).toMatchObject({ leftMs: 0, isRunning: false });
    expect(isOver(over)).toBe(true);
    expect(passTime(over, minute)).toEqual(over);
  });

  test('shows the second that has begun', () => {
    expect(clockText(passTime(standard, 20 * minute - 1))).toBe('0:01');
    expect(clockText(passTime(standard, 11 * minute))).toBe('9:00');
  });

  test('says something twice: when half of the time is gone, and when all is', () => {
    const said: string[] = [];
    let now = standard;
    for (let second = 0; second < 21 * 60; second += 1) {
      const after = passTime(now, 1000);
      const text = announcement(now, after);
      if (text) said.push(text);
      now = after;
    }
    expect(said).toEqual(['Half of the time is left: 10:00.', overText]);
  });

  test('says nothing when another pace is chosen', () => {
    const late = passTime(startTimer(noTimer, 'relaxed', 20), 15 * minute);
    expect(announcement(late, startTimer(late, 'standard', 20))).toBe('');
    expect(announcement(late, startTimer(late, 'off', 20))).toBe('');
  });
});

describe('a timer that was kept', () => {
  test('comes back paused, with what was left and as it was seen', () => {
    const left = passTime({ ...standard, isHidden: true }, 5 * minute);
    expect(readTimer(timerText(left), 20)).toEqual({ ...left, isRunning: false });
  });

  test('begins anew when the lesson has fewer minutes than were left', () => {
    expect(clockText(readTimer(timerText(standard), 10))).toBe('10:00');
  });

  test.each([null, '', 'x', 'null', '[]', '{"pace":"fast"}', '{"leftMs":-1}', '3'])(
    'is off when it is none of ours: %j',
    (text) => {
      expect(readTimer(text, 20)).toEqual(noTimer);
    },
  );

  test.each(['-1', '"x"', '1e9', 'null', '{}'])('has all of its time for a rest of %s', (left) => {
    expect(clockText(readTimer(`{"pace":"standard","leftMs":${left}}`, 20))).toBe('20:00');
  });
});
