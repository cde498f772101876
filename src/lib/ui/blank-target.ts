/**
 * Where a token is dropped: on a blank (`data-blank="<1-based>"`), or on the bank (`data-bank`).
 */
import { elementAt } from './drag.ts';

/** A blank (0-based), the bank, or nothing. */
export type Over = number | 'bank' | null;

/** How far beside a blank a drop still counts, in pixels: a finger hides what it aims at. */
const reach = 18;

/** What a point of the window is over. */
export function blankAt(root: HTMLElement, x: number, y: number): Over {
  const inside = elementAt(root, x, y);
  const blank = inside?.closest<HTMLElement>('[data-blank]');
  if (blank) return Number(blank.dataset['blank']) - 1;
  if (inside?.closest('[data-bank]')) return 'bank';
  return nearestBlank(root, x, y);
}

function nearestBlank(root: HTMLElement, x: number, y: number): Over {
  let nearest: Over = null;
  let least = reach;
  for (const blank of root.querySelectorAll<HTMLElement>('[data-blank]')) {
    const box = blank.getBoundingClientRect();
    const frame = blank.closest('[data-scroll-x]')?.getBoundingClientRect();
    if (frame && (box.right < frame.left || box.left > frame.right)) continue;
    const aside = Math.max(box.left - x, 0, x - box.right);
    const above = Math.max(box.top - y, 0, y - box.bottom);
    const distance = Math.hypot(aside, above);
    if (distance >= least) continue;
    least = distance;
    nearest = Number(blank.dataset['blank']) - 1;
  }
  return nearest;
}
