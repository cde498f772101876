/** Proves what a lesson claims of views under load, and finds again what was proven before. */
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import type { LabResult } from '#lib/domain/lab.ts';
import { measure, measureNames, type MeasureName } from '#lib/domain/lab-measures.ts';
import type { LessonLab } from '#lib/domain/lesson-lab.ts';
import type { LabMachine, LabProof, ProvenScenario, Spread } from '#lib/domain/proof.ts';
import { placeOf } from '../../content/source.ts';
import type { Lab } from '../../sandbox/lab-port.ts';
import { digestOf } from '../digest.ts';
import type { ExerciseBench } from '../kinds/kind.ts';
import type { Bench } from '../observe.ts';
import { claimFindings } from './claim-findings.ts';
import {
  judgeClaims,
  seriesAtOnce,
  spreadOf,
  type JudgedClaims,
  type Series,
} from './judge-claims.ts';
import { faultOf, runScenario, scenarioLimits, troubleOf } from './run-scenario.ts';

/** Part of every key: a change to what proofs hold makes the old ones unfindable. */
const proofFormat = 1;

/** Where runs that are shown are kept. */
export interface LabRunKeeper {
  /** @returns The name under which it is found. */
  keep(result: LabResult): Promise<string>;
  has(id: string): Promise<boolean>;
}

/** What measures, and on which host. */
export interface LabHost {
  port: Pick<Lab, 'runLab' | 'state'>;
  machine: LabMachine;
}

export interface LabBench extends ExerciseBench {
  /** Null: nothing can be measured here. */
  labHost: LabHost | null;
  /** Digest of the lab's own Python. */
  labHarness: string;
  /** Null: nothing is kept, and what is proven has no run to show. */
  labRuns: LabRunKeeper | null;
  signal?: AbortSignal | undefined;
  /** So many runs are going to be made. */
  onPlan(runs: number): void;
}

/** What names a proof, beside the lab itself. */
export type LabKeyParts = Pick<Bench, 'runtime' | 'harness' | 'tier' | 'limits'> & {
  labHarness: string;
};

/** Names the kept proof of a lesson's lab, as it stands, on the software at hand. */
export function labKey(
  lesson: Pick<Lesson, 'id'>,
  { contentVersion }: LessonLab,
  { runtime, harness, labHarness, tier, limits }: LabKeyParts,
): string {
  const lab = { lesson: lesson.id, contentVersion, limits: scenarioLimits };
  return digestOf({ proofFormat, lab, runtime, harness, labHarness, tier, limits });
}

/** Names the newest proof of it that this host made, on whatever software: for when nothing can be run here. */
export function lastingLabKey(lesson: Pick<Lesson, 'id'>, { contentVersion }: LessonLab): string {
  return digestOf({ proofFormat, lastLab: { lesson: lesson.id, contentVersion } });
}

/** The proof kept under a key, when it is of this lab as it stands and all of its runs are there. */
export async function findLabProof(
  { contentVersion }: LessonLab,
  key: string,
  { keeper, labRuns }: Pick<LabBench, 'keeper' | 'labRuns'>,
): Promise<LabProof | null> {
  const kept = (await keeper?.find(key)) as LabProof | null | undefined;
  if (!kept || kept.contentVersion !== contentVersion) return null;
  if (!labRuns) return kept;
  const there = await Promise.all(
    kept.scenarios.map(async ({ run }) => run !== null && (await labRuns.has(run))),
  );
  return there.every(Boolean) ? kept : null;
}

/**
 * Null: the lesson has no lab. To be called when nothing else is run: it measures.
 * @throws The signal's reason, when it was aborted before all was run.
 */
export async function proveLab(lesson: Lesson, bench: LabBench): Promise<LabProof | null> {
  const { lab } = lesson;
  if (!lab) return null;
  const kept = await findLabProof(lab, labKey(lesson, lab, bench), bench);
  if (kept) return kept;
  const { labHost } = bench;
  if (lesson.runtime !== bench.runtime.name) {
    return unrun(lab, bench, { status: 'refuted', finding: otherRuntime(lab, lesson, bench) });
  }
  const state = await labHost?.port.state(lesson.runtime);
  if (!labHost || !state?.ready) {
    const problem = state?.problem ?? 'nothing is measured here';
    return unrun(lab, bench, { status: 'unproven', finding: noLab(lab, problem) });
  }
  const measured = await measureAll(lesson, lab, bench, labHost);
  return keepProven(lesson, lab, await proofOf(lab, measured, bench, labHost), bench);
}

/** All that was run, and what it came to. */
interface MeasuredLab {
  series: Series[];
  refuting: Finding[];
  trouble: Finding[];
  judged: JudgedClaims | null;
  runs: number;
}

/** Series of all scenarios, then of those that claims which are open have to do with. Ends where a run is no good. */
async function measureAll(
  lesson: Lesson,
  lab: LessonLab,
  bench: LabBench,
  host: LabHost,
): Promise<MeasuredLab> {
  const measured: MeasuredLab = {
    ...{ series: [], refuting: [], trouble: [], judged: null, runs: 0 },
  };
  let wanted = lab.scenarios.map(({ id }) => id);
  while (wanted.length > 0) {
    bench.onPlan(wanted.length * seriesAtOnce);
    for (let go = 0; go < seriesAtOnce; go++) {
      measured.series.push(await runSeries(lesson, lab, wanted, { bench, host, measured }));
      if (measured.refuting.length + measured.trouble.length > 0) return measured;
    }
    measured.judged = judgeClaims(lab, measured.series);
    wanted = measured.judged.wanted;
  }
  return measured;
}

/** Each of the scenarios once, one right after the other: what slows the host down slows all of them. */
async function runSeries(
  lesson: Lesson,
  lab: LessonLab,
  wanted: readonly string[],
  { bench, host, measured }: { bench: LabBench; host: LabHost; measured: MeasuredLab },
): Promise<Series> {
  const series = new Map<string, LabResult>();
  for (const [index, scenario] of lab.scenarios.entries()) {
    if (!wanted.includes(scenario.id)) continue;
    const { signal } = bench;
    const result = await bench.inTurn(() =>
      runScenario(lesson, scenario, { lab: host.port, signal }),
    );
    bench.onRun();
    measured.runs += 1;
    series.set(scenario.id, result);
    const trouble = troubleOf(result);
    if (trouble !== null) measured.trouble.push(notMeasured(lab, index, trouble));
    const fault = trouble === null ? faultOf(lab, index, result) : null;
    if (fault) measured.refuting.push(fault);
  }
  return series;
}

async function proofOf(
  lab: LessonLab,
  { series, refuting, trouble, judged, runs }: MeasuredLab,
  bench: LabBench,
  { machine }: LabHost,
): Promise<LabProof> {
  const { refuted, inconclusive } = claimFindings(lab, judged?.claims ?? []);
  const against = [...refuting, ...refuted];
  const status = against.length > 0 ? 'refuted' : trouble.length > 0 ? 'unproven' : 'proven';
  const results = lab.scenarios.map(({ id }) => series.flatMap((each) => each.get(id) ?? []));
  const isShown = status === 'proven';
  const scenarios = await Promise.all(
    lab.scenarios.map(({ id }, index) => provenScenario(id, results[index]!, isShown, bench)),
  );
  const versions = series[0]?.values().next().value?.runtime.versions ?? {};
  return {
    ...{ status, findings: [...against, ...trouble, ...inconclusive] },
    ...{ contentVersion: lab.contentVersion, scenarios: judged ? scenarios : [] },
    claims: (judged?.claims ?? []).map(({ id, verdict, left, right }) => {
      return { id, verdict, left, right };
    }),
    ...{ machine, rounds: Math.min(...results.map(({ length }) => length)), runs },
    versions: { ...bench.runtime.versions, ...versions },
    provenAt: bench.now(),
  };
}

/** Of several runs of one scenario, the one in the middle is kept. */
async function provenScenario(
  id: string,
  results: readonly LabResult[],
  isShown: boolean,
  { labRuns }: LabBench,
): Promise<ProvenScenario> {
  const byTime = results.toSorted((a, b) => a.client.wallMs - b.client.wallMs);
  const shown = byTime[Math.floor((byTime.length - 1) / 2)];
  // Not kept, it is not shown; the proof at hand is none the worse for it.
  const run = isShown && shown ? ((await labRuns?.keep(shown).catch(() => null)) ?? null) : null;
  return { id, run, measured: measuredOf(results) };
}

/** The spread of each measure that all of the runs have. */
function measuredOf(results: readonly LabResult[]): Partial<Record<MeasureName, Spread>> {
  const spreads = measureNames.flatMap((name) => {
    const values = results.flatMap((result) => measure(result, name) ?? []);
    const spread = values.length === results.length ? spreadOf(values) : null;
    return spread ? [[name, spread] as const] : [];
  });
  return Object.fromEntries(spreads);
}

async function keepProven(
  lesson: Lesson,
  lab: LessonLab,
  proof: LabProof,
  bench: LabBench,
): Promise<LabProof> {
  if (proof.status !== 'proven' || proof.scenarios.some(({ run }) => run === null)) return proof;
  for (const key of [labKey(lesson, lab, bench), lastingLabKey(lesson, lab)]) {
    await bench.keeper?.keep(key, proof).catch(() => undefined);
  }
  return proof;
}

/** A proof without a single run. */
function unrun(
  { contentVersion }: LessonLab,
  { runtime, now }: Pick<LabBench, 'runtime' | 'now'>,
  { status, finding }: { status: LabProof['status']; finding: Finding },
): LabProof {
  return {
    ...{ status, findings: [finding], contentVersion, scenarios: [], claims: [], machine: null },
    ...{ rounds: 0, runs: 0, versions: runtime.versions, provenAt: now() },
  };
}

function noLab({ file }: LessonLab, problem: string): Finding {
  return {
    ...{ file, line: 1 },
    expected: 'a host that can put views under load',
    found: problem,
    fix: 'Prove it where programs are run in namespaces of their own; `assay doctor` says what this host lacks.',
  };
}

function notMeasured(lab: LessonLab, index: number, trouble: string): Finding {
  return {
    ...placeOf(lab, `scenarios.${index}`),
    expected: `the scenario \`${lab.scenarios[index]!.id}\` run`,
    found: trouble,
    fix: 'This says nothing of it. Try again; `assay doctor` says what the host lacks.',
  };
}

function otherRuntime(
  { file }: LessonLab,
  lesson: Lesson,
  { runtime }: Pick<LabBench, 'runtime'>,
): Finding {
  return {
    file: file.replace(/[^/]*$/, 'lesson.yaml'),
    line: 1,
    expected: `the runtime \`${runtime.name}\``,
    found: `\`${lesson.runtime}\``,
    fix: 'Name a runtime that is installed; `assay doctor` lists them.',
  };
}
