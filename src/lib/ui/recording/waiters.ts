/** Who waits where in a program. */
import type { StepView } from '../../domain/step-view.ts';

/** @returns By line of the file, what is said of who waits there at this step. */
export function waitersAt({ tasks, requests }: StepView, path: string): Map<number, string> {
  const names = new Map<number, string[]>();
  const several = requests.length > 1;
  for (const { label, request, doing } of tasks) {
    if (doing.state !== 'waiting') continue;
    const name = several && request > 0 ? `request ${request}` : label;
    for (const { file, line } of doing.places) {
      const known = names.get(line) ?? [];
      if (file === path && !known.includes(name)) names.set(line, [...known, name]);
    }
  }
  return new Map([...names].map(([line, who]) => [line, waitText(who)]));
}

function waitText(who: string[]): string {
  if (who.length > 2) return `${who.length} wait here`;
  return who.length === 1 ? `${who[0]} waits here` : `${who.join(' and ')} wait here`;
}
