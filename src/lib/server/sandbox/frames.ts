/**
 * Frames on the channel to a container: four bytes of length (big-endian), then the body.
 * A request is two frames (a header in JSON, a body that only the run opens); an answer is one.
 */

/** Above these the other side refuses, so this side does not send. */
export const maxHeaderBytes = 64 * 1024;
export const maxBodyBytes = 8 * 1024 * 1024;
const maxAnswerBytes = 32 * 1024 * 1024;
const lengthBytes = 4;

export class FrameError extends Error {}

/** @throws FrameError when the body is larger than `limit` bytes. */
export function encodeFrame(body: Uint8Array, limit: number): Buffer {
  if (body.length > limit) {
    throw new FrameError(`a frame of ${body.length} bytes, at most ${limit} are allowed`);
  }
  const frame = Buffer.alloc(lengthBytes + body.length);
  frame.writeUInt32BE(body.length);
  frame.set(body, lengthBytes);
  return frame;
}

/** Header and body as the two frames of a request. */
export function encodeRequest(header: object, body: object): Buffer {
  return Buffer.concat([
    encodeFrame(Buffer.from(JSON.stringify(header)), maxHeaderBytes),
    encodeFrame(Buffer.from(JSON.stringify(body)), maxBodyBytes),
  ]);
}

/** Takes bytes as they arrive and gives whole frames. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #held = 0;
  readonly #limit: number;

  constructor(limit = maxAnswerBytes) {
    this.#limit = limit;
  }

  /**
   * @returns The frames that are complete with `chunk`.
   * @throws FrameError when a frame is announced that is too large.
   */
  feed(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    const frames: Buffer[] = [];
    for (let frame = this.#take(); frame; frame = this.#take()) frames.push(frame);
    return frames;
  }

  #take(): Buffer | null {
    if (this.#held < lengthBytes) return null;
    const length = this.#peek(lengthBytes).readUInt32BE();
    if (length > this.#limit) {
      throw new FrameError(`a frame of ${length} bytes, at most ${this.#limit} are allowed`);
    }
    if (this.#held < lengthBytes + length) return null;
    const all = this.#peek(this.#held);
    const frame = all.subarray(lengthBytes, lengthBytes + length);
    this.#chunks = [all.subarray(lengthBytes + length)];
    this.#held -= lengthBytes + length;
    return frame;
  }

  /** The first bytes, in one piece. Joins only when they are not: large frames come in many chunks. */
  #peek(bytes: number): Buffer {
    const first = this.#chunks[0];
    if (first && first.length >= bytes) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
