/** What a proof lock keeps of a lab: what is claimed and holds, and no figures, which belong to a host. */
import { z } from 'zod';
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import type { LessonLab } from '#lib/domain/lesson-lab.ts';
import type { LabProof, LessonProof } from '#lib/domain/proof.ts';

export const labLockSchema = z.strictObject({
  contentVersion: z.string(),
  /** In the order of the lesson. Inconclusive: no host on which the lock was written could tell. */
  claims: z.array(z.strictObject({ id: z.string(), verdict: z.enum(['holds', 'inconclusive']) })),
});

export type LockedLab = z.infer<typeof labLockSchema>;

/**
 * @param proof - A proven one, so that nothing in it is refuted.
 * @param before - What the lock said so far: what has held on another day is not taken back by a busy host.
 */
export function lockedLab({ contentVersion, claims }: LabProof, before?: LockedLab): LockedLab {
  const held = before?.contentVersion === contentVersion ? before.claims : [];
  return {
    contentVersion,
    claims: claims.map(({ id, verdict }) => {
      const isHeld =
        verdict === 'holds' || held.some((each) => each.id === id && each.verdict === 'holds');
      return { id, verdict: isHeld ? 'holds' : 'inconclusive' };
    }),
  };
}

/** Whether a lock is of this lab as it stands. */
export function isLockOfLab(lab: LessonLab, locked: LockedLab | undefined): boolean {
  return locked?.contentVersion === lab.contentVersion;
}

/** What a lock says of it: unproven, since no lock has a run to show, and said so in a finding. */
export function labFromLock(
  { lab }: Pick<Lesson, 'lab'>,
  locked: LockedLab | undefined,
): LabProof | null {
  if (!lab) return null;
  const findings = [isLockOfLab(lab, locked) ? noRun(lab) : notInLock(lab, locked !== undefined)];
  return {
    ...{ status: 'unproven', findings, contentVersion: lab.contentVersion },
    ...{ scenarios: [], claims: [], machine: null, rounds: 0, runs: 0 },
    ...{ versions: {}, provenAt: null },
  };
}

function noRun({ file }: LessonLab): Finding {
  return {
    ...{ file, line: 1 },
    expected: 'a run of each scenario, which is what is shown',
    found: 'none on this host: the lock says that the claims hold, and has no figures',
    fix: 'Start the site once where the lab can be run, with the same data folder; `assay doctor` says what this host lacks.',
  };
}

function notInLock({ file }: LessonLab, stale: boolean): Finding {
  return {
    ...{ file, line: 1 },
    expected: 'a proof of the lab as it stands',
    found: stale ? 'a proof lock that is not of this version of it' : 'none in the proof lock',
    fix: 'Run `assay verify` on a host with a jail and write the lock there: `assay lock`.',
  };
}

const rewrite = 'Look at the difference; if it is right, write the lock anew: `assay lock`.';

/**
 * Holds what a lock says against a fresh proof. What is not proven has findings of its own, and a claim that one of
 * the two could not settle is no difference.
 */
export function compareLabLock(
  locked: LockedLab | undefined,
  { lab }: Pick<LessonProof, 'lab'>,
  place: { file: string; line: number },
): Finding[] {
  const report = (expected: string, found: string) => [{ ...place, expected, found, fix: rewrite }];
  if (!lab) return locked ? report('no lab, as the lesson has none', '`lab`') : [];
  if (lab.status !== 'proven') return [];
  if (!locked) return report("the lab's claims (`lab`) in the lock", 'nothing of it');
  if (locked.contentVersion !== lab.contentVersion) {
    return report(
      `the lock of \`lab\` as it stands (${lab.contentVersion})`,
      `the lock of another version of it (${locked.contentVersion})`,
    );
  }
  const [inLock, now] = [locked, lab].map(({ claims }) => claims.map(({ id }) => id).join(', '));
  return inLock === now ? [] : report(`the claims of \`lab\`: ${now}`, inLock || 'none');
}
