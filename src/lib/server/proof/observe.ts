/**
 * The lower layer of proof: runs a program, again where chance could have helped it, and has what
 * it did judged. Knows nothing of what an author declared.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Evidence } from '#lib/domain/proof.ts';
import {
  hostOutcomes,
  type Judgement,
  type Limits,
  type Observations,
  type Outcome,
  type RunError,
  type RunResult,
  type Versions,
} from '#lib/domain/run.ts';
import { rowsFault, type Expectation, type RunRequest, type Sandbox } from '../sandbox/port.ts';
import { digestOf, orderedJson, valueWithoutAddresses, withoutAddresses } from './digest.ts';
import type { ProofKeeper } from './proof-keeper.ts';

/** A run whose requests overlapped is made so many times in all, and must be judged alike. */
export const repetitions = 3;

/** Part of every key: a change to what records hold makes the old ones unfindable. */
const recordFormat = 1;

/** How long a run that met a busy host waits before it is tried once more, in milliseconds. */
const retryPause = 250;

/** What runs are made with; all of it is part of a run record's key. */
export interface Bench {
  sandbox: Pick<Sandbox, 'run' | 'judge'>;
  runtime: { name: string; versions: Versions };
  /** Digest of the Python that runs inside the jail and of the limits and filters around it. */
  harness: string;
  /** The sandbox's tier, as its state names it. */
  tier: string;
  limits: Partial<Limits>;
  /** Null: nothing is remembered, and everything is run. */
  keeper: ProofKeeper | null;
  /**
   * What became of fixtures that could not be made, by a digest of their rows and apps, for as long as
   * one proof takes: no other program of the lesson is run with them.
   */
  failedRows?: Map<string, RunRecord>;
}

/** What one execution did, without clock readings of its host except in the events. */
export interface RunRecord {
  outcome: Outcome;
  error: RunError | null;
  stdout: string;
  observations: Observations | null;
  /** The database that the run left, where an expectation looks into it; null when it left none. */
  database?: string | null;
}

/** One program to run, and what to judge it by. */
export interface Asked {
  request: RunRequest;
  expectations: Expectation[];
  /** What the reference solution gave for the same inputs. */
  reference?: Observations['values'];
  /** Whether a run stopped by the clock deserves a second one: the host may have been busy. */
  patient: boolean;
  /** How often to run it at the least, when it comes to its own end; 1 when left out. */
  times?: number;
  /** Once is enough, though its requests overlap: another run repeats what this one does. */
  isRepeatedElsewhere?: boolean;
  /** Id of an expectation that settles it: when one repetition has failed it, no more are made. */
  settledBy?: string;
}

export interface Observed {
  evidence: Evidence;
  /** For each repetition: whether each expectation held, by its id. */
  judged: { outcome: Outcome; judgements: Map<string, Judgement> }[];
  /** What each repetition printed, addresses and all. */
  outputs: string[];
  /** Names that the drive observed in any repetition. */
  names: Set<string>;
  /** How many programs ran. */
  runs: number;
  /** Why nothing can be said, in a person's words; null when something can. */
  trouble: string | null;
}

/** Names the run record of a request. */
export function runKey(bench: Omit<Bench, 'sandbox' | 'keeper'>, request: RunRequest): string {
  const { program, fileName, serve, drive, rows, seed, inputs, keepsDatabase } = request;
  const { runtime, harness, tier, limits } = bench;
  return digestOf({
    recordFormat,
    ...{ program, fileName, serve, drive, rows, seed, inputs, keepsDatabase },
    ...{ files: unlessEmpty(request.files), apps: unlessEmpty(request.apps) },
    ...{ runtime: runtime.name, versions: runtime.versions, harness, tier, limits },
  });
}

/** No files are as good as none named: both give one key, and what was kept before is found. */
function unlessEmpty(files: Record<string, string> | undefined) {
  return files && Object.keys(files).length > 0 ? files : undefined;
}

/** Names a request's fixture among those of one proof. */
function fixtureKey({ rows, apps }: RunRequest): string {
  return digestOf({ rows: rows ?? '', apps: unlessEmpty(apps) });
}

/** Whether an expectation held: the program came to its end and every repetition satisfied it. */
export function held(observed: Observed, expectation: string): boolean {
  return observed.judged.every((round) => roundHeld(round, expectation));
}

/** Whether all repetitions of the run agree on an expectation. */
export function agrees(observed: Observed, expectation: string): boolean {
  const [first, ...rest] = observed.judged.map((round) => roundHeld(round, expectation));
  return rest.every((each) => each === first);
}

function roundHeld(round: Observed['judged'][number], expectation: string): boolean {
  return round.outcome === 'finished' && round.judgements.get(expectation)?.holds === true;
}

/** Runs and judges; from the run records kept, where there are any. Never rejects for a program. */
export async function observe(bench: Bench, given: Asked): Promise<Observed> {
  const asked = keepingDatabase(given);
  const key = runKey(bench, asked.request);
  const times = asked.times ?? 1;
  const kept = await findRecords(bench, key);
  if (kept && kept.length >= times) {
    const rounds = await Promise.all(kept.map((record) => judgeRecord(bench, asked, record)));
    if (rounds.every((round) => round.trouble === null)) return gather(key, rounds);
  }
  const rounds = [await runAndJudge(bench, asked)];
  const wanted = asked.isRepeatedElsewhere ? times : timesToRun(rounds[0]!, times);
  while (rounds.length < wanted && !isSettled(rounds.at(-1)!, asked)) {
    rounds.push(await runAndJudge(bench, asked));
  }
  const last = rounds.at(-1)!;
  if (isLost(last, asked)) {
    // Told of are the repetitions that decide, not those that went well.
    return { ...gather(key, [last]), runs: rounds.length };
  }
  const observed = gather(key, rounds);
  if (worthKeeping(observed, asked)) await keepRecords(bench, key, rounds);
  return observed;
}

/** An expectation that speaks of `database` is about what the run has stored: so that is kept. */
function keepingDatabase(asked: Asked): Asked {
  const isJudged = asked.expectations.some(({ source }) => /\bdatabase\b/.test(source));
  return isJudged ? { ...asked, request: { ...asked.request, keepsDatabase: true } } : asked;
}

/**
 * As {@link observe}, but a single run: nothing is taken from what is kept, and nothing is kept. For what is
 * measured, and has to be run each time.
 */
export async function observeOnce(bench: Bench, given: Asked): Promise<Observed> {
  const asked = keepingDatabase(given);
  return gather(runKey(bench, asked.request), [await runAndJudge(bench, asked)]);
}

interface Round {
  record: RunRecord;
  judgements: Map<string, Judgement>;
  counts: Record<string, number>;
  trouble: string | null;
}

function overlapped(round: Round): boolean {
  return (round.counts['handler.max_open'] ?? 0) > 1;
}

/** A run that was stopped would be stopped again; overlapping requests may take turns otherwise. */
function timesToRun(first: Round, atLeast: number): number {
  if (overlapped(first)) return Math.max(atLeast, repetitions);
  return first.record.outcome === 'finished' ? atLeast : 1;
}

/** Whether another repetition could say nothing more. */
function isSettled(round: Round, asked: Asked): boolean {
  return round.trouble !== null || isLost(round, asked);
}

/** Whether it has failed what settles it. */
function isLost({ trouble, record, judgements }: Round, { settledBy }: Asked): boolean {
  if (trouble !== null || settledBy === undefined) return false;
  return !roundHeld({ outcome: record.outcome, judgements }, settledBy);
}

async function runAndJudge(bench: Bench, asked: Asked): Promise<Round> {
  return judgeRecord(bench, asked, await run(bench, asked));
}

async function run(bench: Bench, asked: Asked): Promise<RunRecord> {
  const request: RunRequest = {
    ...asked.request,
    runtime: bench.runtime.name,
    limits: bench.limits,
  };
  const known = bench.failedRows?.get(fixtureKey(request));
  if (known) return known;
  const again = (record: RunRecord) =>
    hostOutcomes.has(record.outcome) ||
    rowsStopped(record) ||
    (asked.patient && (record.outcome === 'time-limit' || record.outcome === 'cpu-limit'));
  let result = await runSafely(bench.sandbox, request);
  if (again(result)) {
    await wait(retryPause);
    result = await runSafely(bench.sandbox, request);
  }
  if (result.error?.type === rowsFault) bench.failedRows?.set(fixtureKey(request), result);
  return result;
}

/** Whether the fixture was stopped by something that a busy host can bring about. */
function rowsStopped({ outcome, error }: RunRecord): boolean {
  return error?.type === rowsFault && (outcome === 'time-limit' || outcome === 'killed');
}

/** A sandbox that throws is a host in trouble; the program is not to blame. */
async function runSafely(sandbox: Bench['sandbox'], request: RunRequest): Promise<RunRecord> {
  let result: RunResult;
  try {
    result = await sandbox.run(request);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      outcome: 'infrastructure',
      error: { type: 'Sandbox', message, line: null, place: 'load' },
      stdout: '',
      observations: null,
    };
  }
  const { outcome, error, stdout, observations, database } = result;
  const kept = database === undefined ? {} : { database };
  return { outcome, error: error && withoutFrames(error), stdout, observations, ...kept };
}

/** An error as it is kept: its steps are for whoever wrote the program, and no part of the evidence. */
function withoutFrames({ type, message, line, place }: RunError): RunError {
  return { type, message, line, place };
}

async function judgeRecord(bench: Bench, asked: Asked, record: RunRecord): Promise<Round> {
  const round: Round = { record, judgements: new Map(), counts: {}, trouble: null };
  if (hostOutcomes.has(record.outcome)) {
    const said = record.error?.message;
    round.trouble = `the sandbox was ${record.outcome === 'busy' ? 'busy' : 'not able to run it'}${said ? ` (${said})` : ''}`;
    return round;
  }
  if (rowsStopped(record)) {
    round.trouble = record.error!.message;
    return round;
  }
  if (record.observations === null) return round;
  const request = {
    runtime: bench.runtime.name,
    observations: record.observations,
    expectations: asked.expectations,
    ...(record.database !== undefined && { database: record.database, apps: asked.request.apps }),
    ...(asked.reference && { reference: asked.reference }),
  };
  for (let go = 0; go < 2; go++) {
    try {
      const { judgements, counts } = await bench.sandbox.judge(request);
      round.judgements = new Map(judgements.map((judgement) => [judgement.id, judgement]));
      round.counts = counts;
      const complete = asked.expectations.every(
        ({ id }) => (round.judgements.get(id)?.holds ?? null) !== null,
      );
      round.trouble = complete ? null : 'the sandbox could not judge what was observed';
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      round.trouble = `the sandbox could not judge what was observed (${message})`;
    }
    if (round.trouble === null) break;
    await wait(retryPause);
  }
  return round;
}

function gather(key: string, rounds: Round[]): Observed {
  const { record } = rounds[0]!;
  const values = rounds.map((round) => round.record.observations?.values ?? {});
  const outputs = rounds.map((round) => round.record.stdout);
  const [stdout = '', ...others] = new Set(outputs.map(withoutAddresses));
  return {
    evidence: {
      id: key,
      outcome: record.outcome,
      error: record.error && {
        ...record.error,
        message: withoutAddresses(record.error.message),
      },
      stdout: others.length === 0 ? stdout : '',
      values: inCommon(values.map((each) => valueWithoutAddresses(each) as typeof each)),
      counts: inCommon(rounds.map((round) => round.counts)),
    },
    judged: rounds.map(({ record: { outcome }, judgements }) => ({ outcome, judgements })),
    outputs,
    names: new Set(values.flatMap((each) => Object.keys(each))),
    runs: rounds.length,
    trouble: rounds.find((round) => round.trouble !== null)?.trouble ?? null,
  };
}

/** What all repetitions say alike: the rest is chance, and no evidence. Keys in order. */
export function inCommon<T>(all: Record<string, T>[]): Record<string, T> {
  const [first = {}, ...rest] = all;
  return Object.fromEntries(
    Object.entries(first)
      .filter(([name, value]) =>
        rest.every((each) => name in each && orderedJson(each[name]) === orderedJson(value)),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Only what another run would give again: no trouble of the host, no clock, no disagreement. */
function worthKeeping(observed: Observed, asked: Asked): boolean {
  const byClock: Outcome[] = ['time-limit', 'cpu-limit', 'killed'];
  return (
    observed.trouble === null &&
    asked.expectations.every(({ id }) => agrees(observed, id)) &&
    observed.judged.every(({ outcome }) => !byClock.includes(outcome))
  );
}

async function findRecords(bench: Bench, key: string): Promise<RunRecord[] | null> {
  const kept = (await bench.keeper?.find(key)) as { records?: RunRecord[] } | null | undefined;
  return kept?.records?.length ? kept.records : null;
}

async function keepRecords(bench: Bench, key: string, rounds: Round[]): Promise<void> {
  const records = rounds.map((round) => round.record);
  // A full disk costs a run the next time; the proof at hand is none the worse for it.
  await bench.keeper?.keep(key, { records }).catch(() => undefined);
}
