import { createHash } from 'node:crypto';
import { FrameError } from './frames.ts';
import { SandboxProblem } from './problems.ts';
import { AppsProblem, type RuntimeSetup, WarmRuntime } from './warm-runtime.ts';

export interface RuntimePoolOptions extends Pick<
  RuntimeSetup,
  'root' | 'venv' | 'tier' | 'spares'
> {
  /** After so many runs a container is replaced: what the kernel or the interpreter leaks ends with it. */
  recycleAfter: number;
  /** Containers that are kept, beyond which the one that was not used for longest is ended. */
  most: number;
}

/** Which container a run needs: a runtime, and the apps of a fixture. */
export type Needed = Pick<RuntimeSetup, 'runtime' | 'apps'>;

/** One container. It serves one run at a time: whatever that does to it, nobody else is in it. */
class Place {
  readonly needed: Needed;
  readonly key: string;
  readonly warm: Promise<WarmRuntime>;
  runs = 0;
  isTaken = false;
  isRetired = false;
  /** False once its container could not be started, or has ended. */
  #isSound: () => boolean = () => true;

  constructor(needed: Needed, key: string, warm: Promise<WarmRuntime>) {
    this.needed = needed;
    this.key = key;
    this.warm = warm;
    warm.then(
      (runtime) => (this.#isSound = () => runtime.isAlive),
      () => (this.#isSound = () => false),
    );
  }

  get isSound(): boolean {
    return this.#isSound();
  }

  async stop(): Promise<void> {
    await this.warm.then(
      (warm) => warm.stop(),
      () => undefined,
    );
  }
}

/**
 * The containers of this host, started when first needed: for each runtime and fixture as many as have
 * runs at the same time.
 */
export class RuntimePool {
  readonly #options: RuntimePoolOptions;
  /** The one used last stands last. */
  #places: Place[] = [];
  /** Being started, each in the stead of one that still serves. */
  readonly #coming = new Set<Place>();
  #isClosed = false;

  constructor(options: RuntimePoolOptions) {
    this.#options = options;
  }

  /**
   * Does the work in a container that nobody else uses meanwhile; where that is lost over it, once more
   * in another.
   * @param mayRepeat - Asked before that.
   * @throws SandboxProblem, AppsProblem, FrameError, or what the second try met.
   */
  async use<T>(
    needed: Needed,
    work: (warm: WarmRuntime) => Promise<T>,
    mayRepeat: () => boolean = () => true,
  ): Promise<T> {
    for (let isAgain = false; ; isAgain = true) {
      const place = this.#take(needed);
      try {
        return await work(await place.warm);
      } catch (error) {
        if (isNoFaultOfContainer(error)) throw error;
        // Whatever it was, a container in which it happened is not trusted with the next run.
        await place.stop();
        if (isAgain || !mayRepeat()) throw error;
      } finally {
        this.#giveBack(place);
      }
    }
  }

  /**
   * A container to ask what it is; it may be in use.
   * @throws SandboxProblem or AppsProblem
   */
  async warm(needed: Needed): Promise<WarmRuntime> {
    const key = keyOf(needed);
    const known = this.#places.find((place) => place.key === key && place.isSound);
    return (known ?? this.#begin(needed, key)).warm;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#places, ...this.#coming].map((place) => place.stop()));
  }

  #take(needed: Needed): Place {
    const key = keyOf(needed);
    this.#places = this.#places.filter(({ isTaken, isSound }) => isTaken || isSound);
    // The one used last: those that are not needed any more become the oldest.
    const free = this.#places.findLast((place) => place.key === key && !place.isTaken);
    const place = free ?? this.#begin(needed, key);
    this.#places = [...this.#places.filter((other) => other !== place), place];
    place.isTaken = true;
    place.runs += 1;
    if (place.runs === this.#options.recycleAfter) this.#replace(place);
    return place;
  }

  #giveBack(place: Place): void {
    place.isTaken = false;
    if (place.isRetired) void this.#end(place);
    else this.#endUnused();
  }

  #begin(needed: Needed, key: string): Place {
    const place = this.#start(needed, key);
    this.#places.push(place);
    return place;
  }

  #start(needed: Needed, key: string): Place {
    if (this.#isClosed) throw new SandboxProblem('The sandbox has been closed.');
    const { root, venv, tier, spares } = this.#options;
    return new Place(needed, key, WarmRuntime.start({ root, venv, tier, spares, ...needed }));
  }

  /** Starts the next container while the old one still serves. */
  #replace(old: Place): void {
    const next = this.#start(old.needed, old.key);
    this.#coming.add(next);
    next.warm.then(
      () => {
        this.#coming.delete(next);
        if (this.#isClosed) return next.stop();
        this.#places.push(next);
        old.isRetired = true;
        return old.isTaken ? undefined : this.#end(old);
      },
      // The old one has not failed: it goes on, and this is tried again as many runs later.
      () => {
        this.#coming.delete(next);
        old.runs = 0;
      },
    );
  }

  #endUnused(): void {
    const surplus = this.#places.length - this.#options.most;
    const unused = this.#places.filter(({ isTaken }) => !isTaken).slice(0, Math.max(0, surplus));
    for (const place of unused) void this.#end(place);
  }

  async #end(place: Place): Promise<void> {
    this.#places = this.#places.filter((other) => other !== place);
    await place.stop();
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
