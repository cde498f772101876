/** What an author is told of the proofs on the pages themselves. */
import type { Exercise, Lesson } from './exercise.ts';
import { documentsOf, documentTitle, pageOfDocument } from './lesson-documents.ts';
import type { DocumentProof, LabProof, LessonProof, VisualizeProof } from './proof.ts';
import type { AuthoringView, UnprovenView } from './views.ts';

/** Where it is shown; of a pool without a page, its lesson. A project's step has a page of its own. */
function hrefOf(lesson: Lesson, { id, pool }: Exercise): string {
  const href = `/learn/${lesson.id}`;
  if (pool === 'project') return `${href}/project/${id}`;
  return pool === 'try' || pool === 'challenge' ? `${href}/${pool}#${id}` : href;
}

/** What stands for a document in a list of exercises and documents that are not proven. */
export function documentUid(lesson: string, name: string): string {
  return `${lesson}/${name}`;
}

function presentDocument(
  lesson: Lesson,
  { name, status, findings }: DocumentProof,
  isAwaited: boolean,
): UnprovenView {
  return {
    uid: documentUid(lesson.id, name),
    title: documentTitle(name),
    href: `/learn/${lesson.id}/${pageOfDocument(name)}`,
    status,
    findings: isAwaited ? [] : findings,
  };
}

/** A mode that is neither read nor made of exercises. */
function presentMode(
  lesson: Lesson,
  { mode, title }: { mode: string; title: string },
  { status, findings }: VisualizeProof | LabProof,
  isProving: boolean,
): UnprovenView {
  return {
    uid: documentUid(lesson.id, mode),
    title,
    href: `/learn/${lesson.id}/${mode}`,
    status,
    findings: isProving && status === 'unproven' ? [] : findings,
  };
}

/**
 * @param proofs - Of these lessons, and of files that belong to none.
 * @param standing - Whether a proof is being made: what has not been run yet is then no trouble.
 */
export function presentAuthoring(
  lessons: readonly Lesson[],
  proofs: readonly LessonProof[],
  { version, isProving }: Pick<AuthoringView, 'version' | 'isProving'>,
): AuthoringView {
  const exercises: UnprovenView[] = [];
  const documents: UnprovenView[] = [];
  const files: AuthoringView['files'] = [];
  for (const proof of proofs) {
    const lesson = lessons.find(({ id }) => id === proof.id);
    const elsewhere = [...proof.findings];
    for (const { uid, id, status, findings } of proof.exercises) {
      if (status === 'proven') continue;
      const shown = lesson?.exercises.find((each) => each.uid === uid && each.id === id);
      if (!lesson || !shown) {
        elsewhere.push(...findings);
        continue;
      }
      const isAwaited = isProving && status === 'unproven';
      const { title } = shown;
      const href = hrefOf(lesson, shown);
      exercises.push({ uid, title, href, status, findings: isAwaited ? [] : findings });
    }
    for (const document of proof.documents) {
      const { status, name, findings } = document;
      if (status === 'proven') continue;
      const isShown = lesson && documentsOf(lesson).some((each) => each.name === name);
      if (!isShown) elsewhere.push(...findings);
      else documents.push(presentDocument(lesson, document, isProving && status === 'unproven'));
    }
    const { visualize, lab } = proof;
    if (visualize && visualize.status !== 'proven') {
      const mode = { mode: 'visualize', title: 'Visualize' };
      if (lesson?.visualize) documents.push(presentMode(lesson, mode, visualize, isProving));
      else elsewhere.push(...visualize.findings);
    }
    if (lab && lab.status !== 'proven' && lesson?.lab) {
      const mode = { mode: 'performance', title: 'Performance' };
      documents.push(presentMode(lesson, mode, lab, isProving));
    } else if (lab) {
      // A proven one is shown to learners, and may hold claims that no run could settle.
      elsewhere.push(...lab.findings);
    }
    if (elsewhere.length > 0) files.push({ lesson: proof.id, findings: elsewhere });
  }
  return { version, isProving, exercises, documents, files };
}
