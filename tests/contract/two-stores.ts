/** Two processes' views of one database, and how what random steps on them came to is explained. */
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Store } from '#lib/server/store/port.ts';
import type { Place, TestedEngine } from './store-engines.ts';

/**
 * Opens them before the tests of the suite that this is called in, and closes them after.
 * @returns To be called within a test: the store to use for the nth call of those made at once.
 */
export function twoStoresOn(engine: TestedEngine): (call: number) => Store {
  let place: Place;
  const stores: Store[] = [];
  beforeAll(async () => {
    await engine.start();
    place = await engine.newPlace();
    stores.push(await place.open(), await place.open());
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await place.remove();
    await engine.stop();
  });
  return (call) => stores[call % stores.length]!;
}

/** An empty database, and two stores on it. */
export interface FreshStores {
  place: Place;
  store: Store;
  /** A second process's view of the same database. */
  other: Store;
  /** Closes both, does this, and opens both again, one after the other. */
  reopenAfter(act: () => Promise<void>): Promise<void>;
}

/**
 * Opens an empty database twice before each test of the suite that this is called in.
 * @returns What is open now.
 */
export function freshStoresOn(engine: TestedEngine): FreshStores {
  const open = async () => {
    fresh.store = await fresh.place.open();
    fresh.other = await fresh.place.open();
  };
  const close = () => Promise.all([fresh.store.close(), fresh.other.close()]);
  const fresh = {
    reopenAfter: async (act) => {
      await close();
      await act();
      await open();
    },
  } as FreshStores;
  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  beforeEach(async () => {
    fresh.place = await engine.newPlace();
    await open();
  });
  afterEach(async () => {
    await close();
    await fresh.place.remove();
  });
  return fresh;
}

function permutationsOf<T>(list: T[]): T[][] {
  if (list.length < 2) return [list];
  return list.flatMap((first, i) =>
    permutationsOf(list.toSpliced(i, 1)).map((rest) => [first, ...rest]),
  );
}

/** What calls that were made at once came to. */
interface Happened<Call> {
  calls: Call[];
  /** What the store answered to each. */
  answers: string[];
}

/**
 * The model after the first order of the calls that explains the answers and what is kept; null when none does.
 * @param apply - Applies a call to a model, and says what the store should answer.
 * @param isKept - Whether the store keeps what this model has.
 */
export function explain<Model, Call>(
  model: Model,
  { calls, answers }: Happened<Call>,
  apply: (model: Model, call: Call) => string,
  isKept: (model: Model) => boolean,
): Model | null {
  for (const order of permutationsOf(calls.map((_, i) => i))) {
    const tried = structuredClone(model);
    const explains = order.every((i) => apply(tried, calls[i]!) === answers[i]);
    if (explains && isKept(tried)) return tried;
  }
  return null;
}
