/** Parts of the lanes of a timeline. */
import { durationText } from './duration-text.ts';
import type { Lane, Span } from './timeline.ts';

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

/** Spans as a lane may have them, whatever they are: in order, within the axis, none over another, none empty. */
export function inOrder(spans: Span[], micros: number): Span[] {
  const whole: Span[] = [];
  let at = 0;
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const [from, until] = [Math.max(span.from, at), Math.min(span.until, micros)];
    // Also false for what is no number.
    if (!(until > from)) continue;
    whole.push({ ...span, from, until });
    at = until;
  }
  return whole;
}

/**
 * Labels lanes that stand close together sparingly: of spans that say the same from, or until, about the same time, lane
 * below lane under one heading, only the longest keeps its labels.
 */
export function labelledOnce(lanes: Lane[], micros: number): Lane[] {
  const near = micros * 0.04;
  const isLike = (one: Span, other: Span) =>
    one.kind === other.kind &&
    one.labels[0] === other.labels[0] &&
    (Math.abs(one.from - other.from) < near || Math.abs(one.until - other.until) < near);
  const kept = new Set<Span>();
  /** Of each span of the lane above, the longest of those that it is like. */
  let above = new Map<Span, { longest: Span }>();
  let heading: string | undefined;
  for (const lane of lanes) {
    if (lane.close?.heading !== heading) above = new Map();
    heading = lane.close?.heading;
    const here = new Map<Span, { longest: Span }>();
    for (const span of lane.spans.filter(({ labels }) => labels.length > 0)) {
      const apart = (other: Span) =>
        Math.abs(other.from - span.from) + Math.abs(other.until - span.until);
      const [nearest] = [...above]
        .filter(([other]) => isLike(other, span))
        .sort(([one], [other]) => apart(one) - apart(other));
      const like = nearest?.[1] ?? { longest: span };
      here.set(span, like);
      if (lengthOf(span) > lengthOf(like.longest) * 1.02) {
        kept.delete(like.longest);
        like.longest = span;
      }
      kept.add(like.longest);
    }
    above = here;
  }
  const labelled = (span: Span) => (kept.has(span) ? span : { ...span, labels: [] });
  return lanes.map((lane) => ({ ...lane, spans: lane.spans.map(labelled) }));
}

const lengthOf = ({ from, until }: Span) => until - from;
