/**
 * Tab stops for boxes that scroll, either way, for as long as they do: who uses the keyboard alone can then
 * see all of what is in them.
 */

/**
 * @param label - Says what the box is, to who lands on it; null for a box that has a role and a name anyway.
 * @returns An attachment for the box.
 */
export function tabStopWhereItScrolls(label: string | null) {
  return (box: HTMLElement) => watch([[box, label]]);
}

/**
 * The same for boxes within text that is set as it comes.
 * @param labels - By selector.
 * @returns An attachment for the element around them.
 */
export function tabStopsWhereItScrolls(labels: Record<string, string>) {
  return (node: HTMLElement) =>
    watch(
      Object.entries(labels).flatMap(([selector, label]) =>
        [...node.querySelectorAll<HTMLElement>(selector)].map((box): Watched => [box, label]),
      ),
    );
}

type Watched = [box: HTMLElement, label: string | null];

function watch(boxes: Watched[]): () => void {
  const observer = new ResizeObserver(() => {
    for (const [box, label] of boxes) mark(box, label, scrolls(box));
  });
  for (const [box] of boxes) {
    observer.observe(box);
    // A box that is as high as it may be stays so when what is in it grows.
    if (box.firstElementChild) observer.observe(box.firstElementChild);
  }
  return () => observer.disconnect();
}

function scrolls(box: HTMLElement): boolean {
  return box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
}

function mark(box: HTMLElement, label: string | null, isStop: boolean): void {
  const attributes = {
    tabindex: '0',
    ...(label !== null && { role: 'group', 'aria-label': label }),
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (isStop) box.setAttribute(name, value);
    else box.removeAttribute(name);
  }
}
