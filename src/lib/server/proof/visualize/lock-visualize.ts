/** What a proof lock keeps of a recorded program: what is alike in all recordings, and nothing of any one's clock. */
import { z } from 'zod';
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import type { LessonProof, ProvenOption, VisualizeProof } from '#lib/domain/proof.ts';
import { stepKinds } from '#lib/domain/recording.ts';
import type { Visualize } from '#lib/domain/visualize.ts';
import { orderedJson } from '../digest.ts';

const stepName = z.strictObject({
  kind: z.enum(stepKinds),
  function: z.string().nullable(),
  line: z.int().nullable(),
});

export const visualizeLockSchema = z.strictObject({
  contentVersion: z.string(),
  runs: z.int(),
  /** Null: the step differs from recording to recording. */
  moments: z.array(stepName.nullable()),
  quiz: z.array(
    z.strictObject({
      id: z.string(),
      /** The key first. */
      options: z.array(
        z.strictObject({
          id: z.string(),
          /** Null: the number of a step, or another text that differs from recording to recording. */
          text: z.string().nullable(),
          name: stepName.nullable(),
        }),
      ),
    }),
  ),
});

export type LockedVisualize = z.infer<typeof visualizeLockSchema>;
type LockedOption = LockedVisualize['quiz'][number]['options'][number];

export function lockedVisualize(proof: VisualizeProof): LockedVisualize {
  const { contentVersion, runs, moments, quiz } = proof;
  return {
    ...{ contentVersion, runs },
    moments: moments.map(({ name }) => name && pickName(name)),
    quiz: quiz.map(({ id, options }) => ({ id, options: options.map(lockedOption) })),
  };
}

function lockedOption({ id, what, text, isAlike, name }: ProvenOption): LockedOption {
  return { id, text: what === 'step' || !isAlike ? null : text, name: name && pickName(name) };
}

function pickName({ kind, function: called, line }: z.infer<typeof stepName>) {
  return { kind, function: called, line };
}

/** What a lock says of it: unproven, since no lock has a recording to show, and said so in a finding. */
export function visualizeFromLock(
  lesson: Pick<Lesson, 'visualize'>,
  locked: LockedVisualize | undefined,
): VisualizeProof | null {
  const { visualize } = lesson;
  if (!visualize) return null;
  const isOf = isLockOf(visualize, locked);
  const findings = [isOf ? noRecording(visualize) : notInLock(visualize, locked !== undefined)];
  return {
    ...{ status: 'unproven', findings, contentVersion: visualize.contentVersion },
    ...{ recording: null, moments: [], quiz: [], runs: 0, versions: {}, provenAt: null },
  };
}

/** Whether a lock is of this as it stands. */
export function isLockOf(visualize: Visualize, locked: LockedVisualize | undefined): boolean {
  return locked?.contentVersion === visualize.contentVersion;
}

function noRecording({ file }: Visualize): Finding {
  return {
    ...{ file, line: 1 },
    expected: 'a recording of the program, which is what is shown',
    found: 'none on this host: the lock says that it was proven, and has no recording',
    fix: 'Start the site once where programs can be run, with the same data folder; `assay doctor` says what this host lacks.',
  };
}

function notInLock({ file }: Visualize, stale: boolean): Finding {
  return {
    ...{ file, line: 1 },
    expected: 'a proof of the recorded program as it stands',
    found: stale ? 'a proof lock that is not of this version of it' : 'none in the proof lock',
    fix: 'Run `assay verify` on a host with a jail and write the lock there: `assay lock`.',
  };
}

const rewrite = 'Look at the difference; if it is right, write the lock anew: `assay lock`.';

/** Holds what a lock says against a fresh proof. What is not proven has findings of its own. */
export function compareVisualizeLock(
  locked: LockedVisualize | undefined,
  { visualize }: Pick<LessonProof, 'visualize'>,
  place: { file: string; line: number },
): Finding[] {
  const report = (expected: string, found: string) => [{ ...place, expected, found, fix: rewrite }];
  if (!visualize)
    return locked ? report('nothing recorded, as the lesson has it', '`visualize`') : [];
  if (visualize.status !== 'proven') return [];
  if (!locked) return report('what is recorded (`visualize`) in the lock', 'nothing of it');
  const fresh = lockedVisualize(visualize);
  if (locked.contentVersion !== fresh.contentVersion) {
    return report(
      `the lock of \`visualize\` as it stands (${fresh.contentVersion})`,
      `the lock of another version of it (${locked.contentVersion})`,
    );
  }
  const [before, now] = [locked, fresh].map(partsOf);
  return [...new Set([...before!.keys(), ...now!.keys()])].flatMap((part) => {
    const [expected, found] = [before!.get(part), now!.get(part)].map(orderedJson);
    if (expected === found) return [];
    return report(`${part} of \`visualize\` as in the lock: ${cut(expected)}`, cut(found));
  });
}

function cut(text: string | undefined): string {
  const shown = text ?? 'nothing';
  return shown.length > 160 ? `${shown.slice(0, 160)}...` : shown;
}

/** What can differ, by its name in a finding. */
function partsOf({ runs, moments, quiz }: LockedVisualize): Map<string, unknown> {
  return new Map<string, unknown>([
    ['the number of runs', runs],
    ...moments.map((name, index): [string, unknown] => [`moment ${index + 1}`, name]),
    ...quiz.map(({ options }, index): [string, unknown] => [`question ${index + 1}`, options]),
  ]);
}
