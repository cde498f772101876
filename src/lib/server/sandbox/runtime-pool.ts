import { createHash } from 'node:crypto';
import { FrameError } from './frames.ts';
import { SandboxProblem } from './problems.ts';
import { AppsProblem, type RuntimeSetup, WarmRuntime } from './warm-runtime.ts';

export interface RuntimePoolOptions extends Pick<RuntimeSetup, 'root' | 'venv' | 'spares'> {
  /** After so many runs a container is replaced: what the kernel or the interpreter leaks ends with it. */
  recycleAfter: number;
  /** Containers that are kept, beyond which the one that was not used for longest is ended. */
  most: number;
}

/** Which container a run needs: a runtime, and the apps of a fixture. */
export type Needed = Pick<RuntimeSetup, 'runtime' | 'apps'>;

/** One container and those who use it at this moment. */
class Place {
  readonly needed: Needed;
  readonly warm: Promise<WarmRuntime>;
  runs = 0;
  #users = 0;
  #isRetired = false;

  constructor(needed: Needed, warm: Promise<WarmRuntime>) {
    this.needed = needed;
    this.warm = warm;
  }

  get isFree(): boolean {
    return this.#users === 0;
  }

  async use<T>(work: (warm: WarmRuntime) => Promise<T>): Promise<T> {
    this.runs += 1;
    this.#users += 1;
    try {
      return await work(await this.warm);
    } finally {
      this.#users -= 1;
      if (this.#isRetired && this.isFree) await this.stop();
    }
  }

  /** Ends it as soon as nobody uses it. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    if (this.isFree) await this.stop();
  }

  async stop(): Promise<void> {
    await this.warm.then(
      (warm) => warm.stop(),
      () => undefined,
    );
  }
}

/** The containers of this host: one for each runtime and fixture, started when first needed. */
export class RuntimePool {
  readonly #options: RuntimePoolOptions;
  /** By key; the one used last stands last. */
  readonly #places = new Map<string, Place>();
  #isClosed = false;

  constructor(options: RuntimePoolOptions) {
    this.#options = options;
  }

  /**
   * Does the work; where the container is lost over it, once more in a new one.
   * @param mayRepeat - Asked before that.
   * @throws SandboxProblem, AppsProblem, FrameError, or what the second try met.
   */
  async use<T>(
    needed: Needed,
    work: (warm: WarmRuntime) => Promise<T>,
    mayRepeat: () => boolean = () => true,
  ): Promise<T> {
    for (let isAgain = false; ; isAgain = true) {
      const place = await this.#place(needed);
      try {
        return await place.use(work);
      } catch (error) {
        if (isNoFaultOfContainer(error)) throw error;
        // Whatever it was, a container in which it happened is not trusted with the next run.
        await place.stop();
        if (isAgain || !mayRepeat()) throw error;
      }
    }
  }

  /** @throws SandboxProblem or AppsProblem */
  async warm(needed: Needed): Promise<WarmRuntime> {
    return (await this.#place(needed)).warm;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#places.values()].map((place) => place.stop()));
  }

  async #place(needed: Needed): Promise<Place> {
    if (this.#isClosed) throw new SandboxProblem('The sandbox has been closed.');
    const key = keyOf(needed);
    const known = this.#places.get(key);
    if (known) {
      this.#places.delete(key);
      this.#places.set(key, known);
      const isAlive = await known.warm.then(
        (warm) => warm.isAlive,
        () => false,
      );
      // Someone else may have begun a new one while this one was looked at.
      if (this.#places.get(key) !== known) return this.#place(needed);
      if (isAlive) {
        if (known.runs >= this.#options.recycleAfter) this.#replace(key, known);
        return known;
      }
    }
    return this.#begin(key, needed);
  }

  #begin(key: string, needed: Needed): Place {
    const { root, venv, spares } = this.#options;
    const place = new Place(needed, WarmRuntime.start({ root, venv, spares, ...needed }));
    this.#places.set(key, place);
    place.warm.catch(() => {
      // A host that cannot now may be able to later.
      if (this.#places.get(key) === place) this.#places.delete(key);
    });
    this.#endUnused();
    return place;
  }

  /** Starts the next container while the old one still serves. */
  #replace(key: string, old: Place): void {
    // Not again for the runs that come before the next one is ready, or if it never is.
    old.runs = 0;
    const { root, venv, spares } = this.#options;
    const next = new Place(old.needed, WarmRuntime.start({ root, venv, spares, ...old.needed }));
    next.warm.then(
      async () => {
        if (this.#isClosed || this.#places.get(key) !== old) return next.stop();
        this.#places.set(key, next);
        await old.retire();
      },
      // The old one has not failed: it goes on, and this is tried again as many runs later.
      () => undefined,
    );
  }

  #endUnused(): void {
    for (const [key, place] of this.#places) {
      if (this.#places.size <= this.#options.most) return;
      if (!place.isFree) continue;
      this.#places.delete(key);
      void place.retire();
    }
  }
}

function isNoFaultOfContainer(error: unknown): boolean {
  return (
    error instanceof FrameError || error instanceof SandboxProblem || error instanceof AppsProblem
  );
}

function keyOf({ runtime, apps }: Needed): string {
  const files = Object.entries(apps).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([runtime, files]))
    .digest('hex');
}
