/** Parts of the lanes of a timeline. */
import { durationText } from './duration-text.ts';
import type { Span } from './timeline.ts';

/** Spans in order of time with neighbours of one kind that say the same made one. Empty ones are left out. */
export function joined(spans: Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of spans) {
    const last = whole.at(-1);
    if (span.until <= span.from) continue;
    if (last?.kind === span.kind && last.says === span.says && last.until >= span.from) {
      last.until = span.until;
    } else {
      whole.push({ ...span });
    }
  }
  return whole;
}

/** Microseconds of the spans of these kinds. */
export function timeOf(spans: Span[], ...kinds: Span['kind'][]): number {
  return spans
    .filter(({ kind }) => kinds.includes(kind))
    .reduce((sum, { from, until }) => sum + until - from, 0);
}

/** The spans with their durations after their longest labels, where those say anything. */
export function withDurations(spans: Span[]): Span[] {
  return spans.map((span) => {
    const [longest] = span.labels;
    if (longest === undefined || span.kind === 'framework' || span.kind === 'query') return span;
    const timed = `${longest}, ${durationText(span.until - span.from)}`;
    return { ...span, labels: [timed, ...span.labels] };
  });
}

/** What a function is called in words: top-level code has no name. */
export function functionWords(name: string): string {
  return name === '<module>' ? 'the program' : name;
}
