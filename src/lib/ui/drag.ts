/**
 * Dragging with mouse, pen or finger over Pointer Events. It only follows the pointer and asks over what it
 * is; what can be lifted, and what a drop means, is for the board to say.
 *
 * `data-scroll-x` on an element inside lets it scroll sideways when the pointer nears its edge.
 */

/** What is being moved, and the element that it was lifted from. */
export interface Lifted<Held> {
  held: Held;
  source: HTMLElement;
}

export interface DragEvents<Held, Over> {
  /** What a pointer that goes down on something would lift; null: nothing. */
  lift(target: Element, event: PointerEvent): Lifted<Held> | null;
  /** What a point of the window, in CSS pixels, is over. */
  at(root: HTMLElement, x: number, y: number, held: Held): Over;
  /** The pointer carries something to a point of the window, in CSS pixels. */
  carried(held: Held, x: number, y: number, over: Over): void;
  dropped(held: Held, over: Over): void;
  /** Called once after every drag, dropped or not. */
  ended(): void;
}

interface Drag<Held> extends Lifted<Held> {
  pointer: number;
  startX: number;
  startY: number;
  x: number;
  y: number;
  lifted: boolean;
  frame: number;
}

/** Pixels a pointer must travel before a press becomes a drag. */
const slack = { mouse: 4, touch: 8 };
/** Width of the edge in which the page scrolls, and how far it scrolls in a frame, in pixels. */
const edge = { width: 56, step: 12 };

/** @returns An attachment for the element that holds all that is dragged and dropped on. */
export function dragging<Held, Over>(
  events: DragEvents<Held, Over>,
): (root: HTMLElement) => () => void {
  return (root) => {
    let drag: Drag<Held> | null = null;

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
      if (!(event.target instanceof Element)) return;
      const lifted = events.lift(event.target, event);
      if (!lifted) return;
      const { clientX: x, clientY: y, pointerId: pointer } = event;
      drag = { ...lifted, pointer, startX: x, startY: y, x, y, lifted: false, frame: 0 };
      addEventListener('pointermove', move);
      addEventListener('pointerup', up);
      addEventListener('pointercancel', end);
      addEventListener('keydown', escape, true);
    }

    function carry({ held, x, y }: Drag<Held>) {
      events.carried(held, x, y, events.at(root, x, y, held));
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
      carry(drag);
    }

    // The page may scroll under a pointer that rests, so the drag looks again at every frame.
    function follow() {
      if (!drag) return;
      if (scrollAtEdges(root, drag.x, drag.y)) carry(drag);
      drag.frame = requestAnimationFrame(follow);
    }

    function up(event: PointerEvent) {
      if (!drag || event.pointerId !== drag.pointer) return;
      const { held, lifted } = drag;
      if (lifted) {
        swallowNextClick();
        events.dropped(held, events.at(root, event.clientX, event.clientY, held));
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

/** The element under a point of the window, if it is inside `root`. */
export function elementAt(root: HTMLElement, x: number, y: number): Element | null {
  const under = document.elementFromPoint(x, y);
  return under && root.contains(under) ? under : null;
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
