/** Holds the documents of a proof lock against a fresh proof. */
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import type { Evidence, LessonProof } from '#lib/domain/proof.ts';
import { orderedJson } from '../digest.ts';
import {
  isSameSoftware,
  lockedDocument,
  lockFile,
  type LockedDocument,
  type MadeOn,
  type ReadLock,
} from '../proof-lock.ts';

const rewrite = 'Look at the difference; if it is right, write the lock anew: `assay lock`.';

/** A finding, and the document that it is about. */
export type DocumentLockFinding = Finding & { document: string };

/** Documents that are not proven are passed over: they have findings of their own. */
export function compareDocumentLock(
  lesson: Lesson,
  { lock, lines }: ReadLock,
  proof: LessonProof,
  made: MadeOn,
): DocumentLockFinding[] {
  if (!lock) return [];
  const findings: DocumentLockFinding[] = [];
  const inLock = lock.documents ?? [];
  const report = (document: string, expected: string, found: string) => {
    const place = { file: lockFile(lesson), line: lines[document] ?? 1 };
    findings.push({ ...place, expected, found, fix: rewrite, document });
  };
  const withIds = isSameSoftware(lock, made);
  for (const document of proof.documents.filter(({ status }) => status === 'proven')) {
    const { name, contentVersion } = document;
    const locked = inLock.find((each) => each.name === name);
    if (!locked) {
      report(name, `the document \`${name}\` in the lock`, 'nothing of it');
      continue;
    }
    if (locked.contentVersion !== contentVersion) {
      report(
        name,
        `the lock of \`${name}\` as it stands (${contentVersion})`,
        `the lock of another version of it (${locked.contentVersion})`,
      );
      continue;
    }
    const [left, right] = [locked, lockedDocument(document)].map((each) => partsOf(each, withIds));
    for (const part of new Set([...left!.keys(), ...right!.keys()])) {
      const [expected, found] = [left!.get(part), right!.get(part)].map(orderedJson);
      if (expected === found) continue;
      report(name, `${part} of \`${name}\` as in the lock: ${cut(expected)}`, cut(found));
    }
  }
  for (const { name } of inLock) {
    if (proof.documents.some((each) => each.name === name)) continue;
    report(name, 'only documents that the lesson has', `\`${name}\``);
  }
  return findings;
}

/** What can differ, by its name in a finding; names of evidence only where they must be the same. */
function partsOf(
  { runs, programs, compares }: LockedDocument,
  withIds: boolean,
): Map<string, unknown> {
  const kept = ({ id, ...rest }: Evidence) => (withIds ? { id, ...rest } : rest);
  return new Map<string, unknown>([
    ['the number of runs', runs],
    ...programs.map(({ id, evidence }): [string, unknown] => [
      `what the program \`${id}\` did`,
      kept(evidence),
    ]),
    ...compares.flatMap(({ id, before, after }): [string, unknown][] => [
      [`what was counted before, in \`${id}\`,`, kept(before)],
      [`what was counted after, in \`${id}\`,`, kept(after)],
    ]),
  ]);
}

function cut(text: string | undefined): string {
  const shown = text ?? 'nothing';
  return shown.length > 160 ? `${shown.slice(0, 160)}...` : shown;
}
