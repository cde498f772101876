/** What is said of answers that a check was run on. */
import type { AttemptView } from '../../domain/views.ts';
import { plain } from '../wording.ts';

/** Of a program that ended well, was wrong, and of which nobody says why; else empty. */
export function unmetWithoutWords(attempt: AttemptView): string {
  const ended = attempt.evidence?.outcome === 'finished' && attempt.evidence.error === null;
  if (!ended || attempt.verdict === 'right' || attempt.brokenStep) return '';
  return attempt.says.length === 0 ? 'It ran, but it does not yet do what is asked.' : '';
}

/** What the check asks for, in its own words where it has any. */
export function unmetText(attempt: AttemptView): string {
  return attempt.unmet ? plain(attempt.unmet) : unmetWithoutWords(attempt);
}

/** @param steps - Titles by slug. */
export function brokenStepText(slug: string, steps: Record<string, string>): string {
  const title = steps[slug] ?? slug.replace(/^\d+-/, '').replaceAll('-', ' ');
  return `It does what this step asks for, but it breaks an earlier step: “${title}”.`;
}
