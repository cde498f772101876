/**
 * Keeps lab runs that lessons show as files, each compressed once. A run is there whole or not at all, and never
 * changes: its name is a digest of it. Losing one costs a measurement, never truth. Several processes may share the
 * folder.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { LabResult } from '#lib/domain/lab.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

const idForm = /^[0-9a-f]{32}$/;

/** A run as it is kept: a `LabResult` as JSON under gzip. */
export interface KeptLabRun {
  gzipped: Buffer;
}

export class LabShelf {
  readonly #folder: string;

  /** @param recordings - The folder of all recordings; `lab` in it is made when it is first needed. */
  constructor(recordings: string) {
    this.#folder = join(recordings, 'lab');
  }

  /**
   * Writes a run, unless it is there.
   * @returns The name under which it is found: 32 hexadecimal digits.
   * @throws When it cannot be written; nothing of it is there then.
   */
  async keep(result: LabResult): Promise<string> {
    const text = JSON.stringify(result);
    const id = createHash('sha256').update(text).digest('hex').slice(0, 32);
    if (await this.has(id)) return id;
    await mkdir(this.#folder, { recursive: true });
    const draft = join(this.#folder, `.draft-${randomUUID()}`);
    try {
      await writeFile(draft, await pack(text), { flush: true });
      // A reader sees all of it or nothing, whoever else writes the same.
      await rename(draft, this.#place(id));
    } finally {
      await rm(draft, { force: true });
    }
    return id;
  }

  async has(id: string): Promise<boolean> {
    if (!idForm.test(id)) return false;
    const found = await stat(this.#place(id)).catch(() => null);
    return found?.isFile() ?? false;
  }

  /** @returns Null: there is none of that name. */
  async find(id: string): Promise<KeptLabRun | null> {
    // What is no name of ours is no path either.
    if (!idForm.test(id)) return null;
    const gzipped = await readFile(this.#place(id)).catch(() => null);
    return gzipped && { gzipped };
  }

  /** @returns Null: there is none of that name, or it was damaged. */
  async read(id: string): Promise<LabResult | null> {
    const found = await this.find(id);
    if (!found) return null;
    try {
      return JSON.parse((await unpack(found.gzipped)).toString('utf8')) as LabResult;
    } catch {
      return null;
    }
  }

  #place(id: string): string {
    return join(this.#folder, `${id}.json.gz`);
  }
}
