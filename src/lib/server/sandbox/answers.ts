/** What a container answers, checked: it relays what hostile code made of its own report. */
import {
  type JsonValue,
  type Observations,
  type Outcome,
  outcomes,
  type RunError,
  type RunFailure,
  type RunResult,
  type Versions,
} from '#lib/domain/run.ts';
import {
  AnswerError,
  fields,
  isBoolean,
  isNumber,
  isString,
  isWhole,
  must,
  orNull,
} from './answer-form.ts';
import type { SandboxState } from './port.ts';
import { readRecording } from './read-recording.ts';

export { AnswerError };

/** A run's result, without what this side adds to it. */
export type RunAnswer = Omit<RunResult, 'limits' | 'runtime' | 'retryAfterSeconds'>;

/** Why a fixture's apps could not be installed. */
export interface AppsFault extends RunFailure {
  /** Path in the fixture, `library/models.py`. */
  file: string;
}

/** What a container announces: that its runtime is set up, or what is wrong with the fixture's apps. */
export type Announcement = { versions: Versions } | { fault: AppsFault };

export interface JudgeAnswer {
  /** How the judging process ended, when it did not come to its own end. */
  ended: Outcome | null;
  counts: Record<string, number>;
  judgements: { id: string; holds: boolean; error: RunError | null }[];
}

const isOutcome = (value: unknown) => outcomes.includes(value as Outcome);

/** @throws AnswerError */
export function readAnnouncement(answer: unknown): Announcement {
  const { versions, fault } = fields(answer, 'the announcement');
  if (fault !== undefined) {
    const file = must<string>(fields(fault, 'a fault')['file'], isString, 'its file');
    return { fault: { ...readFailure(fault), file } };
  }
  Object.values(fields(versions, 'versions')).forEach((value) =>
    must(value, isString, 'a version'),
  );
  return { versions: versions as Versions };
}

/** @throws AnswerError */
export function readSaid(said: unknown): { stream: 'stdout' | 'stderr'; text: string } {
  const [stream, text] = must<unknown[]>(said, Array.isArray, 'what was said');
  return {
    stream: must<'stdout' | 'stderr'>(
      stream,
      (name) => name === 'stdout' || name === 'stderr',
      'its stream',
    ),
    text: must<string>(text, isString, 'its text'),
  };
}

/** @throws AnswerError */
export function readCanaries(answer: unknown): SandboxState['canaries'] {
  const list = must<unknown[]>(fields(answer, 'the answer')['canaries'], Array.isArray, 'canaries');
  if (list.length === 0) throw new AnswerError('there are no canaries');
  return list.map((item) => {
    const { name, held } = fields(item, 'a canary');
    return {
      name: must<string>(name, isString, 'its name'),
      held: must<boolean>(held, isBoolean, 'held'),
    };
  });
}

/** Whether the container no longer has the rows that a run asked for. */
export function isMissingRows(answer: unknown): boolean {
  return fields(answer, 'the answer')['missing'] === 'rows';
}

/** @returns Null when the rows were kept; else the result that says why not. */
export function readRows(answer: unknown): RunAnswer | null {
  const { kept, result } = fields(answer, 'the answer');
  return must<boolean>(kept, isBoolean, 'kept') ? null : readRun(result);
}

/** @throws AnswerError */
export function readRun(answer: unknown): RunAnswer {
  const run = fields(answer, 'a run');
  const truncated = fields(run['truncated'], 'truncated');
  const usage = fields(run['usage'], 'usage');
  return {
    outcome: must<Outcome>(run['outcome'], isOutcome, 'outcome'),
    exit: must<number | null>(run['exit'], orNull(isWhole), 'exit'),
    stdout: must<string>(run['stdout'], isString, 'stdout'),
    stderr: must<string>(run['stderr'], isString, 'stderr'),
    truncated: {
      stdout: must<boolean>(truncated['stdout'], isBoolean, 'truncated'),
      stderr: must<boolean>(truncated['stderr'], isBoolean, 'truncated'),
    },
    error: run['error'] === null ? null : readFailure(run['error']),
    usage: {
      wallMs: must<number>(usage['wallMs'], isNumber, 'wallMs'),
      cpuMs: must<number>(usage['cpuMs'], isNumber, 'cpuMs'),
      peakBytes: must<number>(usage['peakBytes'], isNumber, 'peakBytes'),
    },
    observations: readObservations(run['observations']),
    ...('database' in run && {
      database: must<string | null>(run['database'], orNull(isString), 'database'),
    }),
    ...('recording' in run && {
      recording: run['recording'] === null ? null : readRecording(run['recording']),
    }),
  };
}

/** @throws AnswerError */
export function readJudge(answer: unknown): JudgeAnswer {
  const { ended, counts, judgements } = fields(answer, 'a judgement');
  const all = fields(counts, 'counts');
  Object.values(all).forEach((value) => must(value, isWhole, 'a count'));
  return {
    ended: must<Outcome | null>(ended, orNull(isOutcome), 'ended'),
    counts: all as Record<string, number>,
    judgements: must<unknown[]>(judgements, Array.isArray, 'judgements').map((item) => {
      const { id, holds, error } = fields(item, 'a judgement');
      return {
        id: must<string>(id, isString, 'its id'),
        holds: must<boolean>(holds, isBoolean, 'holds'),
        error: readError(error),
      };
    }),
  };
}

function readError(value: unknown): RunError | null {
  if (value === null) return null;
  const { type, message, line, place } = fields(value, 'an error');
  return {
    type: must<string>(type, isString, 'its type'),
    message: must<string>(message, isString, 'its message'),
    line: must<number | null>(line, orNull(isWhole), 'its line'),
    place: must<RunError['place']>(
      place,
      (name) => ['load', 'view', 'drive', 'expect'].includes(name as string),
      'its place',
    ),
  };
}

function readFailure(value: unknown): RunFailure {
  const frames = must<unknown[]>(fields(value, 'an error')['frames'], Array.isArray, 'its frames');
  return {
    ...readError(value)!,
    frames: frames.map((item) => {
      const frame = fields(item, 'a frame');
      return {
        file: must<string>(frame['file'], isString, 'its file'),
        line: must<number>(frame['line'], isWhole, 'its line'),
        function: must<string>(frame['function'], isString, 'its function'),
      };
    }),
  };
}

function readObservations(value: unknown): Observations | null {
  if (value === null) return null;
  const { version, values, events } = fields(value, 'observations');
  if (version !== 1) throw new AnswerError('observations are of another version');
  return {
    version,
    values: fields(values, 'values') as Record<string, JsonValue>,
    events: must<Observations['events']>(events, Array.isArray, 'events'),
  };
}
