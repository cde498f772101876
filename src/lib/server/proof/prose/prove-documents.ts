/** Proves the documents of a lesson, and finds again what was proven before. */
import type { LessonDocument } from '#lib/domain/document.ts';
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import { besideDocument, documentsOf } from '#lib/domain/lesson-documents.ts';
import type { DocumentProof, ProvenCompare, ProvenProgram } from '#lib/domain/proof.ts';
import { digestOf } from '../digest.ts';
import type { ExerciseBench } from '../kinds/kind.ts';
import type { Bench } from '../observe.ts';
import { measureCompare, runsEach } from './measure.ts';
import { provePrograms, type ProseOutcome } from './prove-programs.ts';

/** Part of every key: a change to what proofs hold makes the old ones unfindable. */
const proofFormat = 1;

/** A bench, and what is told of each document's part in the work. */
export interface DocumentBench extends Omit<ExerciseBench, 'onRun'> {
  /** So many programs are going to be run. */
  onPlan(programs: number): void;
  /** A program of the document has been run and judged. */
  onRun(document: string): void;
}

/** Names the kept proof of a document as it stands, on the software at hand. */
export function documentKey(
  lesson: string,
  { name, contentVersion }: LessonDocument,
  { runtime, harness, tier, limits }: Pick<Bench, 'runtime' | 'harness' | 'tier' | 'limits'>,
): string {
  const document = { lesson, name, contentVersion };
  return digestOf({ proofFormat, document, runtime, harness, tier, limits });
}

/** The proof kept under a key, when it is one of this document as it stands. */
export async function findDocumentProof(
  { name, contentVersion }: LessonDocument,
  key: string,
  keeper: Bench['keeper'],
): Promise<DocumentProof | null> {
  const kept = (await keeper?.find(key)) as DocumentProof | null | undefined;
  return kept?.name === name && kept.contentVersion === contentVersion ? kept : null;
}

/**
 * Runs the documents' programs, beside whatever else is run.
 * @returns Measures what they compare and gives the proofs: to be called when nothing else is run any more,
 *   so that the figures are those of a quiet host.
 */
export async function beginDocuments(
  lesson: Lesson,
  bench: DocumentBench,
): Promise<() => Promise<DocumentProof[]>> {
  const begun = await Promise.all(
    documentsOf(lesson).map((document) => beginDocument(document, lesson, bench)),
  );
  return async () => {
    const proofs: DocumentProof[] = [];
    for (const finish of begun) proofs.push(await finish());
    return proofs;
  };
}

async function beginDocument(
  document: LessonDocument,
  lesson: Lesson,
  bench: DocumentBench,
): Promise<() => Promise<DocumentProof>> {
  const key = documentKey(lesson.id, document, bench);
  const kept = await findDocumentProof(document, key, bench.keeper);
  if (kept) return async () => kept;
  const { name } = document;
  if (lesson.runtime !== bench.runtime.name) {
    const refuting = [otherRuntime(document, lesson, bench.runtime.name)];
    const proof = proofOf(document, bench, { proven: [], refuting, trouble: [], runs: 0 }, []);
    return async () => proof;
  }
  const own: ExerciseBench = { ...bench, onRun: () => bench.onRun(name) };
  const compares = document.blocks.filter((block) => block.kind === 'compare');
  const programs = document.blocks.filter((block) => block.kind === 'program').length;
  bench.onPlan(programs + compares.length * 2 * runsEach);
  const ran = await provePrograms(document, lesson, own);
  return async () => {
    const measured: ProseOutcome<ProvenCompare>[] = [];
    for (const block of compares) {
      measured.push(await measureCompare(block, document, lesson, own));
    }
    const proof = proofOf(document, bench, ran, measured);
    if (proof.status === 'proven') {
      // Not kept, it is run again next time; that is all.
      await bench.keeper?.keep(key, proof).catch(() => undefined);
    }
    return proof;
  };
}

function proofOf(
  { name, contentVersion }: LessonDocument,
  bench: Pick<DocumentBench, 'runtime' | 'now'>,
  ran: ProseOutcome<ProvenProgram>,
  measured: ProseOutcome<ProvenCompare>[],
): DocumentProof {
  const all = [ran, ...measured];
  const refuting = all.flatMap((each) => each.refuting);
  const trouble = all.flatMap((each) => each.trouble);
  return {
    name,
    status: refuting.length > 0 ? 'refuted' : trouble.length > 0 ? 'unproven' : 'proven',
    findings: [...refuting, ...trouble],
    programs: ran.proven,
    compares: measured.flatMap((each) => each.proven),
    contentVersion,
    runs: all.reduce((sum, each) => sum + each.runs, 0),
    versions: bench.runtime.versions,
    provenAt: bench.now(),
  };
}

function otherRuntime(document: LessonDocument, lesson: Lesson, runtime: string): Finding {
  return {
    file: besideDocument(document, 'lesson.yaml'),
    line: 1,
    expected: `the runtime \`${runtime}\``,
    found: `\`${lesson.runtime}\``,
    fix: 'Name a runtime that is installed; `assay doctor` lists them.',
  };
}
