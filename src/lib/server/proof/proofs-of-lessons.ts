/** The proofs of what a lesson has once, a lab or a recorded program, without running anything. */
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import type { ProofStatus } from '#lib/domain/proof.ts';
import type { LoadFinding } from '../content/finding.ts';
import type { LoadedCatalogue } from '../content/load-catalogue.ts';

/**
 * @param find - The proof of one lesson's; null where it has nothing of the kind.
 * @param flag - What says of a finding that it is about this; such a one refutes it.
 * @returns By the lesson's id.
 */
export async function proofsOfLessons<Proof extends { status: ProofStatus; findings: Finding[] }>(
  { lessons, findings }: LoadedCatalogue,
  find: (lesson: Lesson) => Promise<Proof | null>,
  flag: 'isOfVisualize' | 'isOfLab',
): Promise<Map<string, Proof>> {
  const proofs = new Map<string, Proof>();
  for (const lesson of lessons) {
    const proof = await find(lesson);
    if (proof) proofs.set(lesson.id, proof);
  }
  for (const found of findings) {
    const proof = proofs.get(found.lesson ?? '');
    if (!found[flag] || !proof) continue;
    proof.status = 'refuted';
    proof.findings.push(toFinding(found));
  }
  return proofs;
}

/** Without what says where it belongs. */
function toFinding({ file, line, expected, found, fix }: LoadFinding): Finding {
  return { file, line, expected, found, fix };
}
