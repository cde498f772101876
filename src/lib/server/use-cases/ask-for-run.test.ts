import { describe, expect, it } from 'vitest';
import type { RunEvent, RunListener } from '#lib/domain/heard-run.ts';
import type { RunResult } from '#lib/domain/run.ts';
import type { Asker, RunRequest } from '../sandbox/port.ts';
import {
  createAskForRun,
  keptResults,
  type AskedRun,
  type AskedResult,
  type AskForRunResult,
} from './ask-for-run.ts';

interface StartedRun {
  request: RunRequest;
  asker: Asker;
  end: (result?: Partial<RunResult>) => void;
  fail: (error: Error) => void;
}

const finished: RunResult = {
  outcome: 'finished',
  exit: 0,
  stdout: '',
  stderr: '',
  truncated: { stdout: false, stderr: false },
  error: null,
  usage: { wallMs: 1, cpuMs: 1, peakBytes: 1 },
  limits: { wallMs: 1, cpuMs: 1, memoryBytes: 1, outputBytes: 1, diskBytes: 1, files: 1 },
  runtime: { name: 'django-5.2', versions: {} },
  retryAfterSeconds: null,
  observations: null,
};

/** A sandbox whose runs end when the test says so, and a clock that the test sets. */
function bench() {
  const runs: StartedRun[] = [];
  const troubles: string[] = [];
  const clock = { now: new Date('2026-01-01T00:00:00Z') };
  const ask = createAskForRun({
    now: () => clock.now,
    keepRecording: async ({ micros }) => {
      if (micros === 0) throw new Error('no room');
      return `id of ${micros}`;
    },
    onTrouble: (problem) => troubles.push(problem),
    sandbox: {
      run: (request, asker = {}) =>
        new Promise((resolve, reject) => {
          const end = (result: Partial<RunResult> = {}) => resolve({ ...finished, ...result });
          runs.push({ request, asker, end, fail: reject });
        }),
    },
  });
  const asked = (changes: Partial<AskedRun> = {}): AskedRun => ({
    owner: 'ada',
    id: 'run-1',
    digest: 'one',
    request: { runtime: 'django-5.2', program: 'print(1)' },
    ...changes,
  });
  const listen = (changes?: Partial<AskedRun>) => listenerOf(ask(asked(changes)));
  return {
    ask: (changes?: Partial<AskedRun>) => ask(asked(changes)),
    listen,
    runs,
    troubles,
    clock,
  };
}

function listenerOf(answer: AskForRunResult): RunListener<AskedResult> {
  if (answer.kind !== 'run') throw new Error(`no run but ${answer.kind}`);
  return answer.listener;
}

async function heardBy(listener: RunListener<AskedResult>): Promise<RunEvent<AskedResult>[]> {
  const events: RunEvent<AskedResult>[] = [];
  for (let event = await listener.next(); event; event = await listener.next()) events.push(event);
  return events;
}

/** Lets what has been settled reach those who wait for it. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A whole run whose result is `stdout`. */
async function runToItsEnd(
  { listen, runs }: ReturnType<typeof bench>,
  changes: Partial<AskedRun>,
  result?: Partial<RunResult>,
): Promise<void> {
  const listener = listen(changes);
  runs.at(-1)?.end(result);
  await heardBy(listener);
  await settled();
}

describe('a run that was asked for', () => {
  it('is heard from its place in the queue to its result, in order', async () => {
    const { listen, runs } = bench();
    const listener = listen();
    const heard = heardBy(listener);
    const { asker, end } = runs[0]!;
    asker.onPlace?.(2);
    await settled();
    asker.onPlace?.(1);
    await settled();
    asker.onStarted?.();
    asker.onOutput?.('stdout', 'a');
    await settled();
    asker.onOutput?.('stderr', 'b');
    end({ stdout: 'a', stderr: 'b' });
    const kinds = (await heard).map((event) => ('ahead' in event ? event.ahead : event.kind));
    expect(kinds).toEqual([2, 1, 'started', 'output', 'output', 'result']);
    expect(asker.owner).toBe('ada');
  });

  it('says nothing of observations, which are for authors', async () => {
    const { listen, runs } = bench();
    const heard = heardBy(listen());
    runs[0]!.end({ observations: { version: 1, values: { secret: 1 }, events: [] } });
    expect(JSON.stringify(await heard)).not.toContain('secret');
  });

  it('is the same run for who asks again while it goes on, heard from the beginning', async () => {
    const { listen, runs } = bench();
    const first = heardBy(listen());
    runs[0]!.asker.onStarted?.();
    runs[0]!.asker.onOutput?.('stdout', 'early ');
    await settled();
    const second = heardBy(listen());
    runs[0]!.asker.onOutput?.('stdout', 'late');
    runs[0]!.end({ stdout: 'early late' });
    expect(runs).toHaveLength(1);
    expect((await second).map(({ kind }) => kind)).toEqual([
      'started',
      'output',
      'output',
      'result',
    ]);
    expect(await first).toEqual(await second);
  });

  it('tells who comes later only the last place it had', async () => {
    const { listen, runs } = bench();
    const early = listen();
    for (const ahead of [3, 2, 1]) {
      runs[0]!.asker.onPlace?.(ahead);
      await early.next();
    }
    expect(await listen().next()).toEqual({ kind: 'queued', ahead: 1 });
  });

  it('keeps what nobody has read yet as one piece, however small the pieces were', async () => {
    const { listen, runs } = bench();
    const listener = listen();
    for (let n = 0; n < 10_000; n++) runs[0]!.asker.onOutput?.('stdout', 'x');
    runs[0]!.end();
    const [output, result] = await heardBy(listener);
    expect(output).toEqual({ kind: 'output', stream: 'stdout', text: 'x'.repeat(10_000) });
    expect(result).toMatchObject({ kind: 'result' });
  });

  it('gives its result once more after its end, and is not run again', async () => {
    const all = bench();
    await runToItsEnd(all, {}, { stdout: 'once' });
    const again = await heardBy(all.listen());
    expect(again).toMatchObject([{ kind: 'result', result: { stdout: 'once' } }]);
    expect(all.runs).toHaveLength(1);
  });

  it('with another request under its id is refused, while it goes on and afterwards', async () => {
    const { ask, listen, runs } = bench();
    const heard = heardBy(listen());
    expect(ask({ digest: 'two' }).kind).toBe('other-request');
    runs[0]!.end();
    await heard;
    await settled();
    expect(ask({ digest: 'two' }).kind).toBe('other-request');
    expect(runs).toHaveLength(1);
  });

  it('is not that of another owner with the same id, even when names look like keys', async () => {
    const all = bench();
    await runToItsEnd(all, { owner: 'ada', id: '__proto__' }, { stdout: "ada's" });
    await runToItsEnd(all, { owner: 'bob', id: '__proto__', digest: 'two' }, { stdout: "bob's" });
    expect(all.runs).toHaveLength(2);
    const again = await heardBy(all.listen({ owner: 'ada', id: '__proto__' }));
    expect(again).toMatchObject([{ result: { stdout: "ada's" } }]);
  });

  it.each(['busy', 'infrastructure'] as const)('is made anew when it was %s', async (outcome) => {
    const all = bench();
    await runToItsEnd(all, {}, { outcome });
    await runToItsEnd(all, {}, { stdout: 'made' });
    expect(all.runs).toHaveLength(2);
  });

  it('tells the log what was wrong with the host, and the learner only that something was', async () => {
    const { listen, runs, troubles } = bench();
    const heard = heardBy(listen());
    const error = { message: 'no /srv/secret/path', line: null, frames: [] };
    runs[0]!.end({
      outcome: 'infrastructure',
      error: { ...error, type: 'Sandbox', place: 'load' },
    });
    expect(JSON.stringify(await heard)).not.toContain('/srv/secret/path');
    expect(troubles).toEqual(['no /srv/secret/path']);
  });

  it('passes on what the sandbox throws to all who listen, and can be asked for again', async () => {
    const { listen, runs, troubles } = bench();
    const both = [heardBy(listen()), heardBy(listen())];
    runs[0]!.fail(new Error('broken'));
    const reasons = (await Promise.allSettled(both)).map(({ status }) => status);
    expect(reasons).toEqual(['rejected', 'rejected']);
    expect(troubles).toHaveLength(1);
    await settled();
    listen();
    expect(runs).toHaveLength(2);
  });
});

describe('who goes away', () => {
  it('cancels the run when nobody else listens', async () => {
    const { listen, runs } = bench();
    const [one, other] = [listen(), listen()];
    const { signal } = runs[0]!.asker;
    one.leave();
    one.leave();
    expect(signal?.aborted).toBe(false);
    other.leave();
    expect(signal?.aborted).toBe(true);
  });

  it('hears no more, even in the middle of waiting', async () => {
    const { listen, runs } = bench();
    const listener = listen();
    const waiting = listener.next();
    listener.leave();
    expect(await waiting).toBeNull();
    runs[0]!.end();
    expect(await listener.next()).toBeNull();
  });

  it('finds the run as it was killed when coming back with its id', async () => {
    const { listen, runs } = bench();
    listen().leave();
    runs[0]!.end({ outcome: 'killed' });
    await settled();
    expect(await heardBy(listen())).toMatchObject([{ result: { outcome: 'killed' } }]);
    expect(runs).toHaveLength(1);
  });

  it('after the result cancels nothing', async () => {
    const { listen, runs } = bench();
    const listener = listen();
    runs[0]!.end();
    await heardBy(listener);
    listener.leave();
    expect(runs[0]!.asker.signal?.aborted).toBe(false);
  });
});

describe('results', () => {
  it('are forgotten after a time', async () => {
    const all = bench();
    await runToItsEnd(all, {});
    all.clock.now = new Date(all.clock.now.getTime() + keptResults.milliseconds - 1);
    all.listen();
    expect(all.runs).toHaveLength(1);
    all.clock.now = new Date(all.clock.now.getTime() + 1);
    all.listen();
    expect(all.runs).toHaveLength(2);
  });

  it('of one owner are kept up to a number, the oldest go first, and no others for them', async () => {
    const all = bench();
    await runToItsEnd(all, { owner: 'bob' });
    const ids = Array.from({ length: keptResults.ofOneOwner + 1 }, (_, n) => `run-${n}`);
    for (const id of ids) await runToItsEnd(all, { id });
    const before = all.runs.length;
    all.listen({ owner: 'bob' });
    for (const id of ids.slice(1)) all.listen({ id });
    expect(all.runs).toHaveLength(before);
    all.listen({ id: ids[0]! });
    expect(all.runs).toHaveLength(before + 1);
  });

  it('of all owners together are kept up to a number', async () => {
    const all = bench();
    const owners = Array.from({ length: keptResults.inAll + 1 }, (_, n) => `learner-${n}`);
    for (const owner of owners) await runToItsEnd(all, { owner });
    all.listen({ owner: owners[1]! });
    expect(all.runs).toHaveLength(owners.length);
    all.listen({ owner: owners[0]! });
    expect(all.runs).toHaveLength(owners.length + 1);
  });
});

describe('a run that is recorded', () => {
  const recorded = { runtime: 'django-5.2', program: 'print(1)', record: 5000 };
  const resultOf = async (listener: RunListener<AskedResult>) => {
    for (;;) {
      const event = await listener.next();
      if (event?.kind === 'result') return event.result;
    }
  };
  const recording = (micros: number) => ({ micros }) as NonNullable<RunResult['recording']>;

  it('names its recording, and tells nothing of it', async () => {
    const { listen, runs } = bench();
    const listener = listen({ request: recorded });
    runs[0]!.end({ recording: recording(7) });
    expect(await resultOf(listener)).toMatchObject({ recording: 'id of 7' });
  });

  it.each([
    ['it left none', null, 0],
    ['it cannot be kept', recording(0), 1],
  ])('names none when %s', async (_, left, told) => {
    const { listen, runs, troubles } = bench();
    const listener = listen({ request: recorded });
    runs[0]!.end({ recording: left });
    expect(await resultOf(listener)).toMatchObject({ outcome: 'finished', recording: null });
    expect(troubles).toHaveLength(told);
  });

  it('says nothing of a recording where none was asked for', async () => {
    const { listen, runs } = bench();
    const listener = listen();
    runs[0]!.end();
    expect(await resultOf(listener)).not.toHaveProperty('recording');
  });
});
