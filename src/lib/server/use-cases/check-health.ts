import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { Tier } from '#lib/domain/run.ts';
import type { ExecutionView } from '#lib/domain/views.ts';
import type { LabTrial } from '../sandbox/lab-trial.ts';
import type { SandboxState } from '../sandbox/port.ts';
import type { Store } from '../store/port.ts';

export interface CheckHealthDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'describe'>;
  execution: () => ExecutionView;
  sandbox: Pick<SandboxState, 'tier' | 'canaries'>;
  labTrial: Pick<LabTrial, 'now'>;
}

export interface Health {
  status: 'ok' | 'failing';
  store: { engine: string; durability: string } | { error: string };
  execution: ExecutionView;
  /** What shuts runs in, and how many of the canaries that were tried at the start held. */
  sandbox: { tier: Tier; canaries: { held: number; tried: number } };
  /** Whether programs can be put under load. */
  lab: ExecutionView;
  exercises: { shown: number; heldBack: number };
}

/** For load balancers and operators: nothing about learners, nothing secret. */
export async function checkHealth(deps: CheckHealthDeps): Promise<Health> {
  const lessons = deps.catalogue.lessons;
  const { tier, canaries } = deps.sandbox;
  const held = canaries.filter((canary) => canary.held).length;
  const shared = {
    execution: deps.execution(),
    sandbox: { tier, canaries: { held, tried: canaries.length } },
    lab: deps.labTrial.now(),
    exercises: {
      shown: lessons.reduce((sum, { exercises }) => sum + exercises.length, 0),
      heldBack: lessons.reduce((sum, { heldBack }) => sum + heldBack, 0),
    },
  };
  try {
    const { engine, durability } = await deps.store.describe();
    return { status: 'ok', store: { engine, durability }, ...shared };
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : 'The store does not answer.';
    return { status: 'failing', store: { error }, ...shared };
  }
}
