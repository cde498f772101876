/**
 * Where to go after a test. Each verdict has the modes that fit it, the most fitting first; those that the lesson has
 * are offered. A mode of exercises leads to one on the objective that was missed most, the first that is not solved;
 * where it has none on what was missed, it is offered only to who is strong. Who is strong is offered only what is not
 * done yet, but for what was missed.
 */
import type { ServedLesson } from './catalogue.ts';
import type { Pool } from './exercise.ts';
import type { TestResultView, TestVerdictName } from './test-view.ts';
import type { ModeView } from './views.ts';

const fitting: Record<TestVerdictName, readonly string[]> = {
  // Something harder, something to build, and then the few gaps.
  strong: ['challenge', 'project', 'try'],
  // The concept is there: practice of what was missed, and what lies underneath.
  shaky: ['try', 'deep-dive', 'challenge'],
  // The concept first, told and seen; practice after that.
  weak: ['learn', 'visualize', 'try'],
  'not-enough-evidence': ['try', 'challenge'],
};

const reasons: Record<string, string> = {
  learn: 'It begins with the concept, around a program that you can change.',
  visualize: 'You can go through a run step by step, and see what the answers rest on.',
  'deep-dive': 'It shows what happens underneath, each claim by a program.',
  project: 'You know it: build something with it.',
  try: 'Short exercises with hints; each answer shows what it did.',
  challenge: 'Exercises with two attempts each, for a badge.',
};

/** Those whose exercises have objectives of their own; their pool has the same name. */
const exerciseModes: ReadonlySet<string> = new Set<Pool>(['try', 'challenge']);

/** How an objective went. */
export interface ObjectiveResult {
  id: string;
  text: string;
  right: number;
  of: number;
}

type Next = TestResultView['next'][number];

/** A lesson as the learner has come in it. */
export interface Standing {
  served: ServedLesson;
  modes: readonly ModeView[];
  /** Uids of the exercises that the learner has answered right. */
  solved: ReadonlySet<string>;
}

/** @param objectives - Those that were asked about, in the lesson's order. */
export function nextAfterTest(
  verdict: TestVerdictName,
  objectives: readonly ObjectiveResult[],
  standing: Standing,
): Next[] {
  const missed = objectives
    .filter(({ right, of }) => right < of)
    .sort((a, b) => b.of - b.right - (a.of - a.right));
  return fitting[verdict].flatMap((name): Next[] => {
    const mode = standing.modes.find((each) => each.mode === name);
    if (!mode) return [];
    const practice = exerciseModes.has(name) ? practiceOf(mode, missed, standing) : null;
    if (practice) return [practice];
    const isPlain = verdict === 'strong' ? !mode.isDone : !exerciseModes.has(name) || !missed[0];
    return isPlain ? [toNext(mode, mode.href, reasons[name]!)] : [];
  });
}

/** The mode's exercises on what was missed most, of all that it has some of; null: it has none. */
function practiceOf(
  mode: ModeView,
  missed: readonly ObjectiveResult[],
  { served, solved }: Standing,
): Next | null {
  for (const { id, text } of missed) {
    const own = served.exercises
      .map(({ exercise }) => exercise)
      .filter(({ pool, objective }) => pool === mode.mode && objective === id);
    const target = own.find(({ uid }) => !solved.has(uid)) ?? own[0];
    if (!target) continue;
    const count =
      own.length === 1 ? 'One of its exercises is' : `${own.length} of its exercises are`;
    const why = `${count} on what you missed: ${text.replaceAll('`', '')}`;
    return toNext(mode, `${mode.href}#${target.id}`, why);
  }
  return null;
}

function toNext({ mode, title }: ModeView, href: string, why: string): Next {
  return { mode, title, href, why };
}
