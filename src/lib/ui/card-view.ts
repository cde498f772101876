/** Where the reader of a card is led to. */

/** Leaves the focus on the first of these that is seen: of several files only one is. */
export function focusWithin(card: HTMLElement, selector: string): void {
  const found = [...card.querySelectorAll<HTMLElement>(selector)];
  found.find((each) => each.getClientRects().length > 0)?.focus({ preventScroll: true });
}

/** Brings it into the window, if it is not all there. */
export function showWithin(card: HTMLElement, selector: string): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const behavior = calm ? 'instant' : 'smooth';
  card.querySelector(selector)?.scrollIntoView({ block: 'nearest', behavior });
}
