import { findDocument, findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { presentDocument } from '#lib/domain/present-document.ts';
import type { HighlightCode } from '#lib/domain/present-evidence.ts';
import { presentLesson } from '#lib/domain/present-lesson.ts';
import type { DocumentView } from '#lib/domain/document-view.ts';
import type { LessonView } from '#lib/domain/views.ts';
import type { Store } from '../store/port.ts';

export interface ShowDocumentDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectSolved' | 'selectModes'>;
  highlight: HighlightCode;
}

/** @returns The lesson with one of its documents, as this learner sees them; null when it is not served. */
export async function showDocument(
  { catalogue, store, highlight }: ShowDocumentDeps,
  learnerId: string,
  lessonId: string,
  name: string,
): Promise<{ lesson: LessonView; document: DocumentView } | null> {
  const served = findLesson(catalogue, lessonId);
  const document = served && findDocument(served, name);
  if (!served || !document) return null;
  const [solved, kept] = await Promise.all([
    store.selectSolved(learnerId),
    store.selectModes(learnerId, lessonId),
  ]);
  return {
    lesson: presentLesson(served, solved, kept),
    document: presentDocument(document, highlight),
  };
}
