/**
 * Where a line is dropped: between the placed ones (`data-place`, inside `data-area`), as deep as the pointer
 * is far from the edge of the code (`data-edge`), or on the bank (`data-bank`).
 */
import { elementAt } from './drag.ts';

export type LineTarget = { place: number; indent: number } | 'bank' | null;

/**
 * @param held - The line that is dragged, which does not count among the placed ones; `grip` is how far from
 *   its own left edge it was taken, in CSS pixels.
 * @param deepest - Most steps that it can stand in.
 */
export function lineTargetAt(
  root: HTMLElement,
  x: number,
  y: number,
  held: { id: string; grip: number },
  deepest: number,
): LineTarget {
  const inside = elementAt(root, x, y);
  if (inside?.closest('[data-bank]')) return 'bank';
  const area = root.querySelector<HTMLElement>('[data-area]');
  if (!area || !isNear(area, x, y)) return null;
  const rows = [...area.querySelectorAll<HTMLElement>('[data-place]')];
  const others = rows.filter(({ dataset }) => dataset['place'] !== held.id);
  const place = others.filter((row) => {
    const box = row.getBoundingClientRect();
    return y > box.top + box.height / 2;
  }).length;
  const ruler = area.querySelector<HTMLElement>('[data-edge]')?.getBoundingClientRect();
  if (!ruler) return { place, indent: 0 };
  const steps = Math.round((x - held.grip - ruler.left) / ruler.width);
  return { place, indent: Math.min(Math.max(steps, 0), deepest) };
}

/** Half a row above and below still counts: a finger hides what it aims at. */
function isNear(area: HTMLElement, x: number, y: number): boolean {
  const box = area.getBoundingClientRect();
  return x > box.left - 24 && x < box.right + 24 && y > box.top - 20 && y < box.bottom + 20;
}
