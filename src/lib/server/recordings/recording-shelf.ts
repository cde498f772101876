/**
 * Keeps recordings as files: a head, and parts of so many steps, each compressed once. A recording is there whole or
 * not at all, and never changes: its name is a digest of it. Those that lessons show stay; of those that learners
 * made the newest are kept. Losing one costs a run, never truth. Several processes may share the folder.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  partSteps,
  type RecordedStep,
  type Recording,
  type RecordingHead,
} from '#lib/domain/recording.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Whose recording it is: `lessons` are there to stay, `learners` make room for later ones. */
export type Shelf = 'lessons' | 'learners';

const shelves: Shelf[] = ['lessons', 'learners'];

/** How many recordings of learners are kept, and how much they may take, in bytes. */
export const keptOfLearners = { count: 200, bytes: 100 * 1024 * 1024 };

/** A draft older than this was left by a process that ended while it wrote, in milliseconds. */
const draftAge = 60 * 60_000;

const idForm = /^[0-9a-f]{32}$/;
const draftForm = /^\.draft-/;

/** A file as it is kept: JSON under gzip. */
export interface KeptFile {
  gzipped: Buffer;
  shelf: Shelf;
}

export class RecordingShelf {
  readonly #folder: string;
  readonly #kept: typeof keptOfLearners;
  /** Room is made by one at a time. */
  #making: Promise<void> = Promise.resolve();

  /** @param folder - Made when it is first needed. */
  constructor(folder: string, kept = keptOfLearners) {
    this.#folder = folder;
    this.#kept = kept;
  }

  /**
   * Writes a recording, unless it is there.
   * @returns The name under which it is found: 32 hexadecimal digits.
   * @throws When it cannot be written; nothing of it is there then.
   */
  async keep(recording: Recording, shelf: Shelf): Promise<string> {
    const id = recordingId(recording);
    const place = this.#place(shelf, id);
    if (!(await isFolder(place))) await this.#write(id, recording, place);
    if (shelf === 'learners') await this.#makeRoom(id);
    return id;
  }

  /** Whether a lesson's recording is there. */
  async has(id: string): Promise<boolean> {
    return idForm.test(id) && isFolder(this.#place('lessons', id));
  }

  /** A recording without its steps; null: there is none of that name. */
  async findHead(id: string): Promise<KeptFile | null> {
    return this.#find(id, 'head');
  }

  /** @param part - From 0. @returns A list of steps; null: there is no such part. */
  async findPart(id: string, part: number): Promise<KeptFile | null> {
    return Number.isSafeInteger(part) && part >= 0 ? this.#find(id, String(part)) : null;
  }

  async readHead(id: string): Promise<RecordingHead | null> {
    return unpacked<RecordingHead>(await this.findHead(id));
  }

  /** The first parts, up to and including this one; null: they are not all there. */
  async readSteps(id: string, lastPart: number): Promise<RecordedStep[] | null> {
    const steps: RecordedStep[] = [];
    for (let part = 0; part <= lastPart; part++) {
      const read = await unpacked<RecordedStep[]>(await this.findPart(id, part));
      if (!read) return null;
      steps.push(...read);
    }
    return steps;
  }

  #place(shelf: Shelf, id: string): string {
    if (!idForm.test(id)) throw new RangeError(`Not the name of a recording: ${id}`);
    return join(this.#folder, shelf, id);
  }

  async #find(id: string, name: string): Promise<KeptFile | null> {
    // What is no name of ours is no path either.
    if (!idForm.test(id)) return null;
    for (const shelf of shelves) {
      const file = join(this.#place(shelf, id), `${name}.json.gz`);
      const gzipped = await readFile(file).catch(() => null);
      if (gzipped) return { gzipped, shelf };
    }
    return null;
  }

  async #write(id: string, recording: Recording, place: string): Promise<void> {
    const { steps, ...rest } = recording;
    const head: RecordingHead = { ...rest, id, steps: steps.length };
    const draft = join(place, '..', `.draft-${randomUUID()}`);
    await mkdir(draft, { recursive: true });
    try {
      await writePacked(join(draft, 'head.json.gz'), head);
      for (let part = 0; part * partSteps < steps.length; part++) {
        const own = steps.slice(part * partSteps, (part + 1) * partSteps);
        await writePacked(join(draft, `${part}.json.gz`), own);
      }
      // A reader sees all of it or nothing. Where another process was faster, it is there.
      await rename(draft, place).catch(async (error: unknown) => {
        if (!(await isFolder(place))) throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  /** Takes the oldest ones of learners off the shelf, but never the one just kept. */
  #makeRoom(newest: string): Promise<void> {
    this.#making = this.#making.catch(() => undefined).then(() => this.#takeOff(newest));
    return this.#making;
  }

  async #takeOff(newest: string): Promise<void> {
    const folder = join(this.#folder, 'learners');
    const names = await readdir(folder);
    await Promise.all(
      names.filter((name) => draftForm.test(name)).map((name) => clear(folder, name)),
    );
    const all = await Promise.all(
      names.filter((name) => idForm.test(name)).map((id) => measured(folder, id)),
    );
    const byAge = all.flatMap((each) => each ?? []).sort((a, b) => b.at - a.at);
    const ordered = [
      ...byAge.filter(({ id }) => id === newest),
      ...byAge.filter(({ id }) => id !== newest),
    ];
    let bytes = 0;
    for (const [index, each] of ordered.entries()) {
      bytes += each.bytes;
      const isKept = index === 0 || (index < this.#kept.count && bytes <= this.#kept.bytes);
      if (!isKept) await rm(join(folder, each.id), { recursive: true, force: true });
    }
  }
}

/** Names a recording: the same one has the same name. */
export function recordingId(recording: Recording): string {
  return createHash('sha256').update(JSON.stringify(recording)).digest('hex').slice(0, 32);
}

async function writePacked(path: string, value: unknown): Promise<void> {
  await writeFile(path, await pack(JSON.stringify(value)), { flush: true });
}

/** Doubtful files count as not there. */
async function unpacked<T>(file: KeptFile | null): Promise<T | null> {
  if (!file) return null;
  try {
    return JSON.parse((await unpack(file.gzipped)).toString('utf8')) as T;
  } catch {
    return null;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

/** Removes a draft that nobody writes any more. */
async function clear(folder: string, name: string): Promise<void> {
  const path = join(folder, name);
  const found = await stat(path).catch(() => null);
  if (found && Date.now() - found.mtimeMs > draftAge)
    await rm(path, { recursive: true, force: true });
}

/** When a recording was written, and what it takes; null: it is gone. */
async function measured(folder: string, id: string) {
  try {
    const path = join(folder, id);
    const files = await Promise.all((await readdir(path)).map((name) => stat(join(path, name))));
    const at = (await stat(path)).mtimeMs;
    return { id, at, bytes: files.reduce((sum, { size }) => sum + size, 0) };
  } catch {
    return null;
  }
}
