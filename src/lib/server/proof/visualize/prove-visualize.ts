/** Proves what a lesson shows of a recorded program, and finds again what was proven before. */
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import type { VisualizeProof } from '#lib/domain/proof.ts';
import type { Recording } from '#lib/domain/recording.ts';
import type { Visualize } from '#lib/domain/visualize.ts';
import { rowsFault } from '../../sandbox/port.ts';
import { digestOf } from '../digest.ts';
import { endSentence } from '../happened.ts';
import type { ExerciseBench } from '../kinds/kind.ts';
import type { Bench } from '../observe.ts';
import { brokenFixture, errorPlace, requestFor } from '../prose/prove-programs.ts';
import { holdAgainst, placeIn } from './hold-against.ts';
import { record, troubleOf, type RecordedRun } from './record.ts';

/** Part of every key: a change to what proofs hold makes the old ones unfindable. */
const proofFormat = 1;

/** How often the program is recorded: what is looked up must be found each time. */
export const recordedTimes = 3;

/** Where recordings that are shown are kept. */
export interface RecordingKeeper {
  /** @returns The name under which it is found. */
  keep(recording: Recording): Promise<string>;
  has(id: string): Promise<boolean>;
}

export interface VisualizeBench extends ExerciseBench {
  /** The program is going to be recorded. */
  onPlan(): void;
  /** Null: nothing is kept, and what is proven has no recording to show. */
  recordings: RecordingKeeper | null;
}

/** Names the kept proof of what a lesson shows, as it stands, on the software at hand. */
export function visualizeKey(
  lesson: Pick<Lesson, 'id'>,
  { contentVersion }: Visualize,
  { runtime, harness, tier, limits }: Pick<Bench, 'runtime' | 'harness' | 'tier' | 'limits'>,
): string {
  const visualize = { lesson: lesson.id, contentVersion };
  return digestOf({ proofFormat, visualize, runtime, harness, tier, limits });
}

/** Names the newest proof of it that this host made, on whatever software: for when nothing can be run here. */
export function lastingKey(lesson: Pick<Lesson, 'id'>, { contentVersion }: Visualize): string {
  return digestOf({ proofFormat, lastVisualize: { lesson: lesson.id, contentVersion } });
}

/** The proof kept under a key, when it is of this as it stands and its recording is there. */
export async function findVisualizeProof(
  { contentVersion }: Visualize,
  key: string,
  { keeper, recordings }: Pick<VisualizeBench, 'keeper' | 'recordings'>,
): Promise<VisualizeProof | null> {
  const kept = (await keeper?.find(key)) as VisualizeProof | null | undefined;
  if (!kept || kept.contentVersion !== contentVersion) return null;
  if (!recordings) return kept;
  const isThere = kept.recording !== null && (await recordings.has(kept.recording));
  return isThere ? kept : null;
}

/** Null: the lesson has nothing of the kind. Never rejects for what the program does. */
export async function proveVisualize(
  lesson: Lesson,
  bench: VisualizeBench,
): Promise<VisualizeProof | null> {
  const { visualize } = lesson;
  if (!visualize) return null;
  const key = visualizeKey(lesson, visualize, bench);
  const kept = await findVisualizeProof(visualize, key, bench);
  if (kept) return kept;
  if (lesson.runtime !== bench.runtime.name) {
    return proofOf(visualize, bench, { refuting: [otherRuntime(visualize, lesson, bench)] });
  }
  bench.onPlan();
  const runs = await recordAll(lesson, visualize, bench);
  const ended = endFindings(visualize, runs);
  if (ended) return proofOf(visualize, bench, { ...ended, runs: runs.length });
  const recordings = runs.flatMap(({ recording }) => recording ?? []);
  const { findings: refuting, ...held } = holdAgainst(visualize, recordings);
  const proof = proofOf(visualize, bench, { refuting, runs: runs.length });
  return keepProven(lesson, visualize, { ...proof, ...held }, recordings[0]!, bench);
}

/** One after another: runs at the same time would disturb each other's. Ends at the first that says nothing. */
async function recordAll(
  lesson: Lesson,
  visualize: Visualize,
  bench: VisualizeBench,
): Promise<RecordedRun[]> {
  const request = requestFor(lesson, visualize);
  const runs: RecordedRun[] = [];
  while (runs.length < recordedTimes) {
    const run = await bench.inTurn(() => record(bench, request));
    bench.onRun();
    runs.push(run);
    if (endFindings(visualize, [run])) break;
  }
  return runs;
}

/** Keeps the recording that is shown, and then the proof that speaks of it. */
async function keepProven(
  lesson: Lesson,
  visualize: Visualize,
  proof: VisualizeProof,
  shown: Recording,
  bench: VisualizeBench,
): Promise<VisualizeProof> {
  if (proof.status !== 'proven' || !bench.recordings) return proof;
  // Not kept, it is not shown; the proof at hand is none the worse for it.
  const recording = await bench.recordings.keep(shown).catch(() => null);
  const whole = { ...proof, recording };
  if (recording === null) return whole;
  for (const key of [visualizeKey(lesson, visualize, bench), lastingKey(lesson, visualize)]) {
    await bench.keeper?.keep(key, whole).catch(() => undefined);
  }
  return whole;
}

function proofOf(
  { contentVersion }: Visualize,
  { runtime, now }: Pick<VisualizeBench, 'runtime' | 'now'>,
  found: { refuting?: Finding[]; trouble?: Finding[]; runs?: number },
): VisualizeProof {
  const { refuting = [], trouble = [], runs = 0 } = found;
  return {
    status: refuting.length > 0 ? 'refuted' : trouble.length > 0 ? 'unproven' : 'proven',
    findings: [...refuting, ...trouble],
    ...{ contentVersion, recording: null, moments: [], quiz: [], runs },
    ...{ versions: runtime.versions, provenAt: now() },
  };
}

/** What keeps the runs from being held against; null: nothing does. */
function endFindings(
  visualize: Visualize,
  runs: readonly RecordedRun[],
): { refuting: Finding[] } | { trouble: Finding[] } | null {
  for (const run of runs) {
    const trouble = troubleOf(run);
    if (trouble !== null) return { trouble: [notRecorded(visualize, trouble)] };
    const refuting = endFinding(visualize, run);
    if (refuting) return { refuting: [refuting] };
  }
  return null;
}

function notRecorded({ places }: Visualize, trouble: string): Finding {
  return {
    ...placeIn(places, 'program'),
    expected: 'the program run and recorded',
    found: trouble,
    fix: 'This says nothing of the program. Try again; `assay doctor` says what the host lacks.',
  };
}

function endFinding(
  { file, places }: Visualize,
  { outcome, error, recording }: RecordedRun,
): Finding | null {
  if (error?.type === rowsFault) return brokenFixture({ file }, error);
  if (outcome !== 'finished' || error !== null) {
    const program = places['program:text'] ?? placeIn(places, 'program');
    const drive = places['drive:text'] ?? placeIn(places, 'drive');
    return {
      ...(error ? errorPlace({ program, drive }, error) : placeIn(places, 'program')),
      expected: 'the program to come to its end, and no exception',
      found: endSentence(outcome, error),
      fix: error
        ? 'Mend the program, or what it is driven with.'
        : 'Look for what never ends or takes too much in the program or the drive.',
    };
  }
  if (!recording?.cut) return null;
  return {
    ...placeIn(places, 'program'),
    expected: 'a program that is short enough to be recorded whole',
    found:
      recording.cut === 'steps'
        ? `more than the ${recording.steps.length} steps that were recorded`
        : `more than fits after ${recording.steps.length} steps: its values take too much room`,
    fix: 'Let it do less: fewer turns of its loops, fewer requests, smaller values.',
  };
}

function otherRuntime({ file }: Visualize, lesson: Lesson, { runtime }: VisualizeBench): Finding {
  return {
    file: file.replace(/[^/]*$/, 'lesson.yaml'),
    line: 1,
    expected: `the runtime \`${runtime.name}\``,
    found: `\`${lesson.runtime}\``,
    fix: 'Name a runtime that is installed; `assay doctor` lists them.',
  };
}
