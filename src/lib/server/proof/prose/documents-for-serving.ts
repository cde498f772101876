/** The proofs of documents that a page may rest on, without running anything. */
import type { LessonDocument } from '#lib/domain/document.ts';
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import { documentsOf } from '#lib/domain/lesson-documents.ts';
import { visibleOutput } from '#lib/domain/outputs.ts';
import type { DocumentProof } from '#lib/domain/proof.ts';
import type { LoadedCatalogue } from '../../content/load-catalogue.ts';
import type { ProofKeeper } from '../proof-keeper.ts';
import { lockFile, readLock, type LockedDocument, type ProofLock } from '../proof-lock.ts';
import type { ProofKeyParts } from '../prove-catalogue.ts';
import { documentKey, findDocumentProof } from './prove-documents.ts';

/**
 * One proof for each document that was loaded: the one made on this host if it was kept, else the one from
 * the lesson's lock, which has no figures. A document in whose file something is wrong is refuted.
 * @returns By the lesson's id.
 */
export async function documentsForServing(
  loaded: LoadedCatalogue,
  keeper: ProofKeeper | null,
  parts: ProofKeyParts | null,
): Promise<Map<string, DocumentProof[]>> {
  const all = await Promise.all(
    loaded.lessons.map(async (lesson): Promise<[string, DocumentProof[]]> => {
      const { lock } = await readLock(lesson.folder);
      const proofs = documentsOf(lesson).map(async (document) => {
        const key = parts && documentKey(lesson.id, document, parts);
        const own = key && (await findDocumentProof(document, key, keeper));
        return own || documentFromLock(lesson, document, lock);
      });
      return [lesson.id, await Promise.all(proofs)];
    }),
  );
  const byLesson = new Map(all);
  for (const { lesson = '', document, exercise: _, ...finding } of loaded.findings) {
    const proof = byLesson.get(lesson)?.find(({ name }) => name === document);
    if (!proof) continue;
    proof.status = 'refuted';
    proof.findings.push(finding);
  }
  return byLesson;
}

/** What a lock says of a document: proven, when it is of the document as it stands. */
export function documentFromLock(
  lesson: Lesson,
  document: LessonDocument,
  lock: ProofLock | null,
): DocumentProof {
  const { name, contentVersion } = document;
  const locked = lock?.documents?.find((each) => each.name === name);
  if (lock && locked && isOf(locked, document)) {
    return {
      ...{ name, status: 'proven', findings: [], contentVersion, runs: locked.runs },
      programs: locked.programs.map(({ id, evidence }) => ({ id, evidence })),
      compares: locked.compares.map(({ id, before, after }) => ({
        ...{ id, before, after, figures: null },
      })),
      ...{ versions: lock.versions, provenAt: null },
    };
  }
  return {
    ...{ name, status: 'unproven', findings: [notInLock(lesson, document, locked !== undefined)] },
    ...{ programs: [], compares: [], contentVersion, runs: 0, versions: {}, provenAt: null },
  };
}

/** Whether the lock is of the document as it stands, with all that it shows, printed as it says. */
function isOf(locked: LockedDocument, { contentVersion, blocks }: LessonDocument): boolean {
  if (locked.contentVersion !== contentVersion) return false;
  return blocks.every((block) => {
    if (block.kind === 'compare') return locked.compares.some(({ id }) => id === block.id);
    if (block.kind !== 'program') return true;
    const found = locked.programs.find(({ id }) => id === block.id);
    return found && visibleOutput(found.evidence.stdout) === visibleOutput(block.output);
  });
}

function notInLock(lesson: Lesson, { file }: LessonDocument, stale: boolean): Finding {
  return {
    ...{ file: file || lockFile(lesson), line: 1 },
    expected: 'a proof of the document as it stands',
    found: stale ? 'a proof lock that is not of this version of it' : 'none in the proof lock',
    fix: 'Run `assay verify` on a host with a jail and write the lock there: `assay lock`.',
  };
}
