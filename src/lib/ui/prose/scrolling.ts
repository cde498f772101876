/**
 * Gives a tab stop to each box of text that scrolls sideways, for as long as it does: who uses the keyboard
 * alone can then see all of it.
 */
export function tabStopsWhereItScrolls(selector: string) {
  return (node: HTMLElement) => {
    const boxes = [...node.querySelectorAll<HTMLElement>(selector)];
    const observer = new ResizeObserver(() => {
      for (const box of boxes) {
        if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
        else box.removeAttribute('tabindex');
      }
    });
    for (const box of boxes) observer.observe(box);
    return () => observer.disconnect();
  };
}
