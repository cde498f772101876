import type { ExecutionView } from '#lib/domain/views.ts';
import type { Lab } from './lab-port.ts';

/** Whether lab runs can be made here. The lab is tried once, when somebody first asks, which takes seconds. */
export interface LabTrial {
  /** What is known at this moment. */
  now(): ExecutionView;
  /** What came of it. */
  settled(): Promise<ExecutionView>;
}

export function createLabTrial(lab: Pick<Lab, 'state'>, runtime: string): LabTrial {
  let found: ExecutionView | null = null;
  let trying: Promise<ExecutionView> | null = null;

  async function attempt(): Promise<ExecutionView> {
    const { ready, problem } = await lab.state(runtime);
    return (found = { available: ready, reason: problem });
  }

  const settled = () => (trying ??= attempt());
  return {
    settled,
    now: () => {
      void settled();
      return found ?? { available: false, reason: 'The lab is being tried; ask again in a while.' };
    },
  };
}
