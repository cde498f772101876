/** Holds every lesson's lock against the proof just made. */
import type { CatalogueProof, LessonProof } from '#lib/domain/proof.ts';
import type { LoadedCatalogue } from '../content/load-catalogue.ts';
import { totalsOf } from './prove-catalogue.ts';
import { compareLock } from './compare-lock.ts';
import { compareDocumentLock } from './prose/compare-document-lock.ts';
import { compareLabLock } from './lab/lock-lab.ts';
import { lockFile, readLock } from './proof-lock.ts';
import { compareVisualizeLock } from './visualize/lock-visualize.ts';

/**
 * @returns The proof with what the locks add: whatever's lock differs is refuted. Notes are
 *   sentences about what is worth knowing and nothing wrong.
 */
export async function checkLocks(
  loaded: LoadedCatalogue,
  proof: CatalogueProof,
  harness: string,
): Promise<{ proof: CatalogueProof; notes: string[] }> {
  const checked = structuredClone(proof);
  const notes: string[] = [];
  for (const lesson of loaded.lessons) {
    const found = checked.lessons.find((each) => each.id === lesson.id);
    if (!found) continue;
    const made = { runtime: proof.runtime, harness };
    const read = await readLock(lesson.folder);
    const compared = compareLock(lesson, read, found, made);
    const ofDocuments = compareDocumentLock(lesson, read, found, made);
    notes.push(...compared.notes);
    for (const { uid, ...finding } of compared.findings) add(found, uid, finding);
    for (const { document, ...finding } of ofDocuments) addToDocument(found, document, finding);
    if (!read.lock) continue;
    const place = { file: lockFile(lesson), line: read.lines['visualize'] ?? 1 };
    for (const finding of compareVisualizeLock(read.lock.visualize, found, place)) {
      addToPart(found, 'visualize', finding);
    }
    const placeOfLab = { ...place, line: read.lines['lab'] ?? 1 };
    for (const finding of compareLabLock(read.lock.lab, found, placeOfLab)) {
      addToPart(found, 'lab', finding);
    }
  }
  checked.totals = totalsOf(checked.lessons, proof.totals.ms);
  return { proof: checked, notes };
}

function add(lesson: LessonProof, uid: string | null, finding: LessonProof['findings'][number]) {
  const exercise = lesson.exercises.find((each) => each.uid === uid);
  if (exercise) {
    exercise.status = 'refuted';
    exercise.findings.push(finding);
  } else lesson.findings.push(finding);
}

function addToDocument(
  lesson: LessonProof,
  name: string,
  finding: LessonProof['findings'][number],
) {
  const document = lesson.documents.find((each) => each.name === name);
  if (document) {
    document.status = 'refuted';
    document.findings.push(finding);
  } else lesson.findings.push(finding);
}

function addToPart(
  lesson: LessonProof,
  name: 'visualize' | 'lab',
  finding: LessonProof['findings'][number],
) {
  const part = lesson[name];
  if (part) {
    part.status = 'refuted';
    part.findings.push(finding);
  } else lesson.findings.push(finding);
}
