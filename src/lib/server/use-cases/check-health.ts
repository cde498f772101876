import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { ExecutionView } from '#lib/domain/views.ts';
import type { Store } from '../store/port.ts';

export interface CheckHealthDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'describe'>;
  execution: () => ExecutionView;
}

export interface Health {
  status: 'ok' | 'failing';
  store: { engine: string; durability: string } | { error: string };
  execution: ExecutionView;
  exercises: { shown: number; heldBack: number };
}

/** For load balancers and operators: nothing about learners, nothing secret. */
export async function checkHealth(deps: CheckHealthDeps): Promise<Health> {
  const lessons = deps.catalogue.lessons;
  const shared = {
    execution: deps.execution(),
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
