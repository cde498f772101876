/** The real lab of this host, as its tests use it. */
import { afterAll, beforeAll } from 'vitest';
import type { LabResult } from '#lib/domain/lab.ts';
import { createLab } from '#lib/server/sandbox/bubblewrap-lab.ts';
import type { Lab, LabRequest } from '#lib/server/sandbox/lab-port.ts';
import { options, runtime } from './sandbox-under-test.ts';

interface LabUnderTest {
  lab: Lab;
  /** Puts a load on the program's `view`. */
  load(
    program: string,
    request: Omit<LabRequest, 'runtime' | 'program' | 'serve'>,
  ): Promise<LabResult>;
}

/** One lab for all tests of a file. */
export function labUnderTest(): LabUnderTest {
  const under = {} as LabUnderTest;
  beforeAll(async () => {
    const lab = createLab(options);
    const state = await lab.state(runtime);
    if (!state.ready) throw new Error(`these tests need the lab: ${state.problem}`);
    Object.assign(under, {
      lab,
      load: (program: string, request: Omit<LabRequest, 'runtime' | 'program' | 'serve'>) =>
        lab.runLab({ runtime, program, serve: { '/': 'view' }, ...request }),
    });
  });
  afterAll(() => under.lab.close());
  return under;
}
