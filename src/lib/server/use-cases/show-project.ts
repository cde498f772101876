import {
  findDocument,
  findExercise,
  findLesson,
  type ServedCatalogue,
  type ServedLesson,
} from '#lib/domain/catalogue.ts';
import type { Project } from '#lib/domain/exercise.ts';
import { presentDocument } from '#lib/domain/present-document.ts';
import type { HighlightCode } from '#lib/domain/present-evidence.ts';
import { currentRound } from '#lib/domain/present-exercise.ts';
import { presentLesson } from '#lib/domain/present-lesson.ts';
import { presentProject, presentStep } from '#lib/domain/present-project.ts';
import { builtFiles, startOf, type RoundsByUid } from '#lib/domain/project.ts';
import { hasMode } from '#lib/domain/lesson-modes.ts';
import type { DocumentView } from '#lib/domain/document-view.ts';
import type { LessonView, ProjectView, StepView } from '#lib/domain/views.ts';
import type { Store } from '../store/port.ts';

export interface ShowProjectDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectRounds' | 'selectSolved' | 'selectModes'>;
  highlight: HighlightCode;
}

export interface ShownProject {
  lesson: LessonView;
  project: ProjectView;
  /** What is to be built, or what is to be done in the step. */
  document: DocumentView;
}

export interface ShownStep extends ShownProject {
  step: StepView;
}

/** A lesson's project that can be gone through from end to end, else null. */
function findProject(catalogue: ServedCatalogue, lessonId: string) {
  const served = findLesson(catalogue, lessonId);
  const project = served?.lesson.project;
  return served && project && hasMode(served, 'project') ? { served, project } : null;
}

const roundsOf = (
  store: Pick<Store, 'selectRounds'>,
  learnerId: string,
  { steps }: Project,
): Promise<RoundsByUid> =>
  store.selectRounds(
    learnerId,
    steps.map(({ exercise }) => exercise.uid),
  );

async function lessonOf(
  { store }: ShowProjectDeps,
  learnerId: string,
  served: ServedLesson,
): Promise<LessonView> {
  const [solved, kept] = await Promise.all([
    store.selectSolved(learnerId),
    store.selectModes(learnerId, served.lesson.id),
  ]);
  return presentLesson(served, solved, kept);
}

/** The project with one of its documents, which is served wherever the project is. */
async function shownWith(
  deps: ShowProjectDeps,
  learnerId: string,
  { served, project }: NonNullable<ReturnType<typeof findProject>>,
  name: string,
): Promise<(ShownProject & { rounds: RoundsByUid }) | null> {
  const document = findDocument(served, name);
  if (!document) return null;
  const [rounds, lesson] = await Promise.all([
    roundsOf(deps.store, learnerId, project),
    lessonOf(deps, learnerId, served),
  ]);
  return {
    lesson,
    project: presentProject(project, `${lesson.href}/project`, rounds, deps.highlight),
    document: presentDocument(document, deps.highlight),
    rounds,
  };
}

/** @returns The project as this learner stands in it; null when the lesson has none to be shown. */
export async function showProject(
  deps: ShowProjectDeps,
  learnerId: string,
  lessonId: string,
): Promise<ShownProject | null> {
  const found = findProject(deps.catalogue, lessonId);
  const shown = found && (await shownWith(deps, learnerId, found, found.project.brief.name));
  if (!shown) return null;
  const { rounds: _, ...project } = shown;
  return project;
}

/** @returns One step of it; null when there is none of that slug. */
export async function showStep(
  deps: ShowProjectDeps,
  learnerId: string,
  lessonId: string,
  slug: string,
): Promise<ShownStep | null> {
  const found = findProject(deps.catalogue, lessonId);
  const step = found?.project.steps.find((each) => each.slug === slug);
  const exercise = found && step && findExercise(found.served, step.exercise.uid);
  if (!exercise) return null;
  const shown = await shownWith(deps, learnerId, found, step.instructions.name);
  if (!shown) return null;
  const { rounds, ...project } = shown;
  return {
    ...project,
    step: presentStep(found.project, slug, exercise, learnerId, rounds, deps.highlight),
  };
}

/** @returns One of the files that the learner has built, once every step is done; else null. */
export async function readBuiltFile(
  deps: Pick<ShowProjectDeps, 'catalogue' | 'store'>,
  learnerId: string,
  lessonId: string,
  path: string,
): Promise<string | null> {
  const found = findProject(deps.catalogue, lessonId);
  if (!found) return null;
  const built = builtFiles(found.project, await roundsOf(deps.store, learnerId, found.project));
  return built && Object.hasOwn(built, path) ? built[path]! : null;
}

export interface TakeReferenceDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectRounds' | 'endRound'>;
  now: () => Date;
}

/**
 * Lets a learner begin a step with the solution of the one before, which is shown to them by it: that
 * step's round ends so. Where they have something to begin with already, nothing is done.
 * @returns False when there is no such step, or none before it.
 */
export async function takeReference(
  deps: TakeReferenceDeps,
  learnerId: string,
  lessonId: string,
  slug: string,
): Promise<boolean> {
  const project = findProject(deps.catalogue, lessonId)?.project;
  const place = project?.steps.findIndex((step) => step.slug === slug) ?? -1;
  const before = project?.steps[place - 1]?.exercise;
  if (!project || !before) return false;
  const rounds = await roundsOf(deps.store, learnerId, project);
  if (startOf(project, slug, rounds)) return true;
  const current = currentRound(before, rounds.get(before.uid)?.at(-1));
  await deps.store.endRound(
    {
      ...{ learnerId, exerciseUid: before.uid, contentVersion: before.contentVersion },
      ...{ round: current?.number ?? 1, at: deps.now().toISOString() },
    },
    'shown',
  );
  return true;
}
