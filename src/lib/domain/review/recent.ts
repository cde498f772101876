/** What was worked out for somebody stays as long as nothing it depends on has changed. */

interface Kept<T> {
  /** Compared one by one, by identity. */
  dependsOn: readonly unknown[];
  value: T;
}

/** Keeps the newest value of each key, for those asked for last. */
export class Recent<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #most: number;

  /** @param most - How many keys are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** @returns What is kept, or else what `make` comes to. */
  async get(key: string, dependsOn: readonly unknown[], make: () => Promise<T>): Promise<T> {
    const found = this.#kept.get(key);
    const isSame = found?.dependsOn.every((each, index) => each === dependsOn[index]) ?? false;
    const kept = found && isSame ? found : { dependsOn, value: await make() };
    this.#put(key, kept);
    return kept.value;
  }

  /** At the end, which is the last to go. */
  #put(key: string, kept: Kept<T>): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (this.#kept.size <= this.#most) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}
