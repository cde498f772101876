/** When an editor is wanted, and the key that runs what stands in it. */

interface Wishes {
  /** An editor is wanted: it is seen, and the page has nothing better to do; or it is used. */
  want(): void;
  /** Ctrl+Enter, or Cmd+Enter. */
  run(): void;
}

interface Thrifty {
  connection?: { saveData?: boolean };
}

/** @returns An attachment for the element around the editors. */
export function editorWish({ want, run }: Wishes) {
  return (node: HTMLElement) => {
    const stop = new AbortController();
    const { signal } = stop;
    for (const used of ['focusin', 'pointerdown']) {
      node.addEventListener(used, want, { signal });
    }
    // Before the editor hears it, to which it means a new line.
    const keyed = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) run();
    };
    node.addEventListener('keydown', keyed, { signal, capture: true });
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      whenIdle(want, signal);
    });
    // Who saves data is sent an editor when they use it, and not before.
    if (!(navigator as Thrifty).connection?.saveData) observer.observe(node);
    return () => {
      stop.abort();
      observer.disconnect();
    };
  };
}

function whenIdle(act: () => void, signal: AbortSignal): void {
  const unlessGone = () => {
    if (!signal.aborted) act();
  };
  if ('requestIdleCallback' in globalThis) requestIdleCallback(unlessGone);
  else setTimeout(unlessGone, 200);
}
