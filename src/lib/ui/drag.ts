/**
 * Dragging tokens with mouse, pen or finger over Pointer Events. It only follows the pointer and says
 * over what it is; what a drop means is for the board to say.
 *
 * Elements: `data-token` (can be lifted), `data-blank="<1-based>"` (can be lifted and dropped on),
 * `data-bank` (can be dropped on), `data-scroll-x` (scrolls sideways when the pointer nears its edge).
 */
import type { Held } from './filling.ts';

/** What the pointer is over: a blank (0-based), the bank, or nothing. */
export type Over = number | 'bank' | null;

export interface DragEvents {
  /** What would be lifted from the element; null: nothing. */
  lift(element: HTMLElement): Held | null;
  /** The pointer carries a token to a point of the window, in CSS pixels. */
  carried(held: Held, x: number, y: number, over: Over): void;
  dropped(held: Held, over: Over): void;
  /** Called once after every drag, dropped or not. */
  ended(): void;
}

interface Drag {
  pointer: number;
  held: Held;
  source: HTMLElement;
  startX: number;
  startY: number;
  x: number;
  y: number;
  lifted: boolean;
  frame: number;
}

/** Pixels a pointer must travel before a press becomes a drag. */
const slack = { mouse: 4, touch: 8 };
/** How far beside a blank a drop still counts, in pixels: a finger hides what it aims at. */
const reach = 18;
/** Width of the edge in which the page scrolls, and how far it scrolls in a frame, in pixels. */
const edge = { width: 56, step: 12 };

/** @returns An attachment for the element that holds blanks and bank. */
export function dragging(events: DragEvents): (root: HTMLElement) => () => void {
  return (root) => {
    let drag: Drag | null = null;

    function end() {
      if (!drag) return;
      cancelAnimationFrame(drag.frame);
      const wasLifted = drag.lifted;
      drag = null;
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', end);
      removeEventListener('keydown', escape, true);
      if (wasLifted) events.ended();
    }

    function down(event: PointerEvent) {
      if (drag || event.button !== 0 || !event.isPrimary) return;
      const source = closest(event.target, '[data-token], [data-blank]');
      const held = source && events.lift(source);
      if (!held) return;
      const { clientX: x, clientY: y, pointerId: pointer } = event;
      drag = { pointer, held, source, startX: x, startY: y, x, y, lifted: false, frame: 0 };
      addEventListener('pointermove', move);
      addEventListener('pointerup', up);
      addEventListener('pointercancel', end);
      addEventListener('keydown', escape, true);
    }

    function move(event: PointerEvent) {
      if (!drag || event.pointerId !== drag.pointer) return;
      drag.x = event.clientX;
      drag.y = event.clientY;
      if (!drag.lifted) {
        const far = Math.hypot(drag.x - drag.startX, drag.y - drag.startY);
        if (far < (event.pointerType === 'mouse' ? slack.mouse : slack.touch)) return;
        drag.lifted = true;
        // The click that follows then belongs to the source, wherever the drop was.
        drag.source.setPointerCapture(drag.pointer);
        follow();
      }
      events.carried(drag.held, drag.x, drag.y, whatIsAt(root, drag.x, drag.y));
    }

    // The page may scroll under a pointer that rests, so the drag looks again at every frame.
    function follow() {
      if (!drag) return;
      if (scrollAtEdges(root, drag.x, drag.y)) {
        events.carried(drag.held, drag.x, drag.y, whatIsAt(root, drag.x, drag.y));
      }
      drag.frame = requestAnimationFrame(follow);
    }

    function up(event: PointerEvent) {
      if (!drag || event.pointerId !== drag.pointer) return;
      const { held, lifted } = drag;
      if (lifted) {
        swallowNextClick();
        events.dropped(held, whatIsAt(root, event.clientX, event.clientY));
      }
      end();
    }

    function escape(event: KeyboardEvent) {
      if (event.key !== 'Escape' || !drag?.lifted) return;
      event.preventDefault();
      event.stopPropagation();
      addEventListener('pointerup', swallowNextClick, { once: true });
      end();
    }

    root.addEventListener('pointerdown', down);
    return () => {
      root.removeEventListener('pointerdown', down);
      end();
    };
  };
}

function closest(target: EventTarget | null, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}

function whatIsAt(root: HTMLElement, x: number, y: number): Over {
  const under = document.elementFromPoint(x, y);
  const inside = under && root.contains(under) ? under : null;
  const blank = closest(inside, '[data-blank]');
  if (blank) return Number(blank.dataset['blank']) - 1;
  if (closest(inside, '[data-bank]')) return 'bank';
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

/** @returns Whether anything scrolled. */
function scrollAtEdges(root: HTMLElement, x: number, y: number): boolean {
  const before = scrollY;
  if (y < edge.width) scrollBy({ top: -edge.step, behavior: 'instant' });
  else if (y > innerHeight - edge.width) scrollBy({ top: edge.step, behavior: 'instant' });
  return scrollSideways(root, x, y) || scrollY !== before;
}

function scrollSideways(root: HTMLElement, x: number, y: number): boolean {
  const scroller = root.querySelector('[data-scroll-x]');
  if (!scroller) return false;
  const box = scroller.getBoundingClientRect();
  if (y < box.top || y > box.bottom) return false;
  const before = scroller.scrollLeft;
  if (x < box.left + edge.width / 2) scroller.scrollLeft -= edge.step;
  else if (x > box.right - edge.width / 2) scroller.scrollLeft += edge.step;
  return scroller.scrollLeft !== before;
}

/** A press that became a drag is no click. */
function swallowNextClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, { capture: true }), 60);
}
