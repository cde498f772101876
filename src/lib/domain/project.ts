/** What a project's steps begin with. Each builds on the learner's own work, where there is some. */
import { filesOf } from './code-answer.ts';
import type { ProgramFiles, Project } from './exercise.ts';
import type { Attempt, Round } from './round.ts';

/** All rounds of a learner by exercise, oldest first. */
export type RoundsByUid = ReadonlyMap<string, readonly Round[]>;

/**
 * The files that a step begins with. `start`: the project's. `own`: the learner's newest right answer to
 * the step before. `reference`: the solution of that step, which they were shown.
 */
export interface StepStart {
  from: 'start' | 'own' | 'reference';
  files: ProgramFiles;
}

/** The newest right answer of an exercise; undefined when there is none. */
export function newestRight(rounds: readonly Round[]): Attempt | undefined {
  return rounds.flatMap(({ attempts }) => attempts).findLast(({ verdict }) => verdict === 'right');
}

/**
 * What a step begins with for this learner.
 * @returns Null when they have nothing to begin with yet: the step before is neither solved nor shown.
 *   Its solution is what the step's own files are, so these may not be given out then.
 */
export function startOf(project: Project, slug: string, rounds: RoundsByUid): StepStart | null {
  const place = project.steps.findIndex((step) => step.slug === slug);
  const step = project.steps[place]?.exercise;
  if (!step) return null;
  const before = project.steps[place - 1]?.exercise;
  if (!before) return { from: 'start', files: step.start };
  const ofBefore = rounds.get(before.uid) ?? [];
  const right = newestRight(ofBefore);
  const own = right && filesOf(before, right.answer);
  if (own) return { from: 'own', files: own };
  const isShown = ofBefore.some(({ ending }) => ending === 'shown');
  return isShown ? { from: 'reference', files: step.start } : null;
}

/** What the learner has built, once every step is solved: their own files. */
export function builtFiles({ steps }: Project, rounds: RoundsByUid): ProgramFiles | null {
  const answers = steps.map(({ exercise }) => newestRight(rounds.get(exercise.uid) ?? []));
  const last = steps.at(-1)?.exercise;
  const answer = answers.at(-1);
  if (!last || !answer || answers.includes(undefined)) return null;
  return filesOf(last, answer.answer);
}
