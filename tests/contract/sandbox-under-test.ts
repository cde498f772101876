/** The real sandbox of this host, as the contract tests use it. */
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { RunResult } from '#lib/domain/run.ts';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import { containerIdentity } from '#lib/server/sandbox/identity.ts';
import type { Expectation, RunRequest, Sandbox } from '#lib/server/sandbox/port.ts';

export const runtime = 'django-5.2';
export const root = join(import.meta.dirname, '../..');
const mebibyte = 1024 * 1024;

export const options = {
  root,
  venv: join(root, '.venv'),
  poolMemoryBytes: 4096 * mebibyte,
  execution: true,
};

/** Whether root runs these tests on a checkout that other users may read: it can then step down. */
export const canStepDown =
  (await containerIdentity([
    join(root, 'sandbox'),
    join(options.venv, 'bin'),
    process.execPath,
  ])) !== null;

export interface UnderTest {
  sandbox: Sandbox;
  run(program: string, more?: Partial<RunRequest>): Promise<RunResult>;
  /** Runs, and judges the observations: what each expectation came to, by its source. */
  judged(request: Omit<RunRequest, 'runtime'>, holds: string[]): Promise<Record<string, unknown>>;
}

/** One sandbox for all tests of a file: what one test does to it, the next ones meet. */
export function sandboxUnderTest(): UnderTest {
  const under = {} as UnderTest;
  beforeAll(async () => {
    const sandbox = createSandbox(options);
    const state = await sandbox.state(runtime);
    if (!state.ready) throw new Error(`these tests need the sandbox: ${state.problem}`);
    Object.assign(under, methodsOf(sandbox));
  });
  afterAll(() => under.sandbox.close());
  return under;
}

function methodsOf(sandbox: Sandbox): UnderTest {
  const run: UnderTest['run'] = (program, more = {}) => sandbox.run({ runtime, program, ...more });
  return {
    sandbox,
    run,
    async judged(request, holds) {
      const result = await sandbox.run({ runtime, ...request });
      if (!result.observations) throw new Error(`no observations: ${JSON.stringify(result)}`);
      const expectations = holds.map((source): Expectation => ({
        id: source,
        kind: 'holds',
        source,
      }));
      const { judgements } = await sandbox.judge({
        runtime,
        observations: result.observations,
        expectations,
      });
      return Object.fromEntries(
        judgements.map(({ id, holds: held, error }) => [id, error?.message ?? held]),
      );
    },
  };
}

/** Lines without their common indentation, so that Python can stand in a test. */
export function python(strings: TemplateStringsArray, ...values: unknown[]): string {
  const text = String.raw({ raw: strings.raw }, ...values).replace(/^\n/, '');
  const indentation = /^ */.exec(text)?.[0].length ?? 0;
  return text
    .split('\n')
    .map((line) => line.slice(Math.min(indentation, line.length - line.trimStart().length)))
    .join('\n')
    .trimEnd();
}

/** Says whether a lock of the C library has the main thread for its owner, as the kernel numbers it. */
export const locksByNumber = python`
  import ctypes, threading
  libc = ctypes.CDLL(None)
  attributes, mutex = ctypes.create_string_buffer(64), ctypes.create_string_buffer(64)
  libc.pthread_mutexattr_init(attributes)
  libc.pthread_mutexattr_settype(attributes, 2)  # one that knows its owner
  libc.pthread_mutex_init(mutex, attributes)
  libc.pthread_mutex_lock(mutex)
  print(ctypes.c_int.from_buffer(mutex, 8).value == threading.get_native_id())
`;
