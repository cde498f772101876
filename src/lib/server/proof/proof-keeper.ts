/** Where proofs and run records are kept between starts. Losing them costs time, never truth. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ProofKeeper {
  /** What was kept under a key, or null; anything doubtful counts as not there. */
  find(key: string): Promise<unknown>;
  /** Keeps plain data under a key made of hexadecimal digits. Rejects when it cannot be written. */
  keep(key: string, record: unknown): Promise<void>;
}

/** Keeps each record in a file of its own. Several processes may share the folder. */
export class FileProofKeeper implements ProofKeeper {
  readonly #folder: string;

  /** @param folder - Made when it is first needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async find(key: string): Promise<unknown> {
    try {
      const kept = JSON.parse(await readFile(this.#path(key), 'utf8')) as Kept;
      const whole = kept.key === key && kept.sum === sumOf(kept.record);
      return whole ? JSON.parse(kept.record) : null;
    } catch {
      return null;
    }
  }

  async keep(key: string, record: unknown): Promise<void> {
    const path = this.#path(key);
    await mkdir(join(this.#folder, key.slice(0, 2)), { recursive: true });
    const text = JSON.stringify(record);
    const kept: Kept = { key, sum: sumOf(text), record: text };
    // A reader sees the old file or the new one, never half of either.
    const draft = `${path}.${randomUUID()}.draft`;
    try {
      await writeFile(draft, JSON.stringify(kept));
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  #path(key: string): string {
    if (!/^[0-9a-f]{16,64}$/.test(key)) throw new RangeError(`Not a key: ${key}`);
    return join(this.#folder, key.slice(0, 2), `${key}.json`);
  }
}

interface Kept {
  key: string;
  /** SHA-256 of `record`. */
  sum: string;
  /** The record as JSON. */
  record: string;
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
