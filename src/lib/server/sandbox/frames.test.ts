import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, encodeRequest, FrameError, FrameReader, maxHeaderBytes } from './frames.ts';

const bodies = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });

/** The bytes in pieces that end at the given places. */
function split(bytes: Buffer, places: number[]): Buffer[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  );
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

describe('FrameReader', () => {
  it('gives back every frame, wherever the stream is cut', () => {
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(), { maxLength: 10 }), (all, places) => {
        const stream = Buffer.concat(all.map((body) => encodeFrame(body, 1000)));
        const reader = new FrameReader();
        const frames = split(stream, places).flatMap((chunk) => reader.feed(chunk));
        expect(frames.map((frame) => [...frame])).toEqual(all.map((body) => [...body]));
      }),
    );
  });

  it('gives nothing of a frame that has not arrived whole', () => {
    const reader = new FrameReader();
    const frame = encodeFrame(Buffer.from('hello'), 1000);
    expect(reader.feed(frame.subarray(0, -1))).toEqual([]);
    expect(reader.feed(frame.subarray(-1))).toEqual([Buffer.from('hello')]);
  });

  it('refuses a frame above its limit as soon as its length is known', () => {
    const reader = new FrameReader(10);
    expect(() => reader.feed(Buffer.from([0, 0, 0, 11]))).toThrow(FrameError);
  });

  it('never gives a frame above its limit, whatever arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
        const reader = new FrameReader(16);
        let largest = 0;
        try {
          for (const frame of chunks.flatMap((chunk) => reader.feed(Buffer.from(chunk)))) {
            largest = Math.max(largest, frame.length);
          }
        } catch (error) {
          if (!(error instanceof FrameError)) throw error;
        }
        expect(largest).toBeLessThanOrEqual(16);
      }),
    );
  });
});

describe('encodeRequest', () => {
  it('is a frame of the header and a frame of the body', () => {
    const frames = new FrameReader().feed(encodeRequest({ id: '1' }, { program: 'é' }));
    expect(frames.map((frame) => JSON.parse(frame.toString()) as unknown)).toEqual([
      { id: '1' },
      { program: 'é' },
    ]);
  });

  it('refuses what the other side would refuse', () => {
    expect(() => encodeRequest({ id: 'x'.repeat(maxHeaderBytes) }, {})).toThrow(FrameError);
  });
});
