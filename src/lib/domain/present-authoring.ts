/** What an author is told of the proofs on the pages themselves. */
import type { Exercise, Lesson } from './exercise.ts';
import type { LessonProof } from './proof.ts';
import type { AuthoringView, UnprovenView } from './views.ts';

function hrefOf(lesson: Lesson, { id, pool }: Exercise): string {
  const href = `/learn/${lesson.id}`;
  return pool === 'try' ? `${href}/try#${id}` : href;
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
    if (elsewhere.length > 0) files.push({ lesson: proof.id, findings: elsewhere });
  }
  return { version, isProving, exercises, files };
}
