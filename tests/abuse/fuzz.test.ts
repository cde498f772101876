import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JsonValue, outcomes } from '#lib/domain/run.ts';
import { bubblewrapArguments, findBubblewrap } from '#lib/server/sandbox/bubblewrap.ts';
import { Container, ContainerLost, ContainerRefusal } from '#lib/server/sandbox/container.ts';
import { encodeFrame, FrameError, FrameReader } from '#lib/server/sandbox/frames.ts';
import { containerIdentity } from '#lib/server/sandbox/identity.ts';
import { findInterpreter } from '#lib/server/sandbox/interpreter.ts';
import { defaultLimits } from '#lib/server/sandbox/limits.ts';
import type { RunRequest } from '#lib/server/sandbox/port.ts';
import { options, python, root, sandboxUnderTest } from '../contract/sandbox-under-test.ts';
import { containerProcesses } from './census.ts';
import { runtime, whatAnHonestRunMisses } from './companions.ts';

const mostBytes = 4_096;
const quick = { ...defaultLimits, wallMs: 2_000, cpuMs: 1_000 };

/** Strings as attackers write them: halves of surrogates, NUL, escapes, paths, very long. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', '\0', '\ud800', '../../etc/passwd', '/', '__import__', '\x1b[2J', '\r\n'),
  fc.integer({ min: 1, max: 5_000 }).map((length) => 'é'.repeat(length)),
);
function nestedTo(depth: number): JsonValue {
  let value: JsonValue = 0;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}
const nested = fc.integer({ min: 1, max: 300 }).map(nestedTo);
const anything = fc.oneof(
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 4 },
  { arbitrary: text, weight: 2 },
  { arbitrary: nested, weight: 1 },
  {
    arbitrary: fc.constantFrom<unknown>(-1, 0, 1e308, 2 ** 53, -0.5, 4096, [], {}, null, true),
    weight: 3,
  },
);

/** The bytes in pieces of these lengths, in turn. */
function cut(bytes: Buffer, lengths: number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length]!;
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

describe('the reader of answers', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 8 });

  it('gives back every frame, however the bytes arrive', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 2_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(bodies, lengths, (sent, pieces) => {
        const stream = Buffer.concat(sent.map((body) => encodeFrame(body, mostBytes)));
        const reader = new FrameReader(mostBytes);
        const got = cut(stream, pieces).flatMap((piece) => reader.feed(piece));
        expect(got.map((frame) => frame.toString('hex'))).toEqual(
          sent.map((body) => Buffer.from(body).toString('hex')),
        );
      }),
    );
  });

  it('meets any bytes with frames or with a FrameError, and keeps no more than one frame', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), lengths, (bytes, pieces) => {
        const reader = new FrameReader(mostBytes);
        let read = 0;
        try {
          for (const piece of cut(Buffer.from(bytes), pieces)) {
            for (const frame of reader.feed(piece)) read += frame.length + 4;
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
        expect(read).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe('the reader of requests', () => {
  it('meets any bytes with requests or with a FrameError, whatever the seed', () => {
    const program = python`
      import json, random, struct, sys
      sys.path.insert(0, ${JSON.stringify(join(root, 'sandbox'))})
      from jail.frames import FrameError, RequestParser

      def frame(body): return struct.pack(">I", len(body)) + body

      HEADERS = [b'{"id":"1"}', b'{"id":1}', b'[]', b'null', b'{"id":"1","id":2}', b'"', b'\xff\xfe',
                 b'{"id":"\\ud800"}', b'[' * 60000, b'{"id":' + b'9' * 9000 + b'}', b'NaN', b'']

      def stream(chance):
          parts = []
          for _ in range(chance.randrange(1, 5)):
              header = chance.choice(HEADERS if chance.random() < 0.3 else HEADERS[:1])
              parts += [frame(header), frame(chance.randbytes(chance.randrange(200)))]
          data = bytearray(b"".join(parts))
          for _ in range(chance.choice((0, 0, 1, 3))):
              data[chance.randrange(len(data))] = chance.randrange(256)
          return bytes(data)

      requests = refused = 0
      for seed in range(4000):
          chance = random.Random(seed)
          parser, data = RequestParser(), stream(chance)
          try:
              while data:
                  size = chance.randrange(1, 3000)
                  for header, body in parser.feed(data[:size]):
                      assert isinstance(header["id"], str) and isinstance(body, bytes)
                      requests += 1
                  data = data[size:]
          except FrameError:
              refused += 1
      print(json.dumps([requests > 1000, refused > 1000]))
    `;
    const interpreter = join(options.venv, 'bin/python');
    const said = execFileSync(interpreter, ['-I', '-B', '-c', program], { timeout: 100_000 });
    expect(JSON.parse(said.toString())).toEqual([true, true]);
  });
});

describe('the supervisor', () => {
  let open: Container | null = null;
  afterAll(() => open?.kill());

  async function container(): Promise<Container> {
    if (open?.isAlive) return open;
    const interpreter = await findInterpreter(options.venv);
    const sandbox = join(root, 'sandbox');
    const hidden = readdirSync(interpreter.library).filter((name) => name.endsWith('-packages'));
    const list = bubblewrapArguments({ interpreter, sandbox, runtime, hidden });
    const { executable, library, packages } = interpreter;
    const identity = await containerIdentity([executable, library, packages, sandbox]);
    open = new Container(await findBubblewrap(), list, identity);
    await open.start({ spares: 1, limits: defaultLimits }, { apps: {} });
    return open;
  }

  const ordinary = { op: 'run', rows: null, limits: quick, inputs: null, stream: false };
  const body = {
    ...{ program: 'print(6 * 7)', file: 'program.py', files: {}, serve: {}, drive: '', seed: null },
  };

  it('answers or refuses any header, and then does an ordinary run', async () => {
    const field = fc.constantFrom('op', 'rows', 'limits', 'inputs', 'stream', 'run', 'other');
    const limit = fc.constantFrom(...Object.keys(quick));
    const headers = fc.oneof(
      fc.tuple(field, anything).map(([name, value]) => ({ ...ordinary, [name]: value })),
      fc
        .tuple(limit, anything)
        .map(([name, value]) => ({ ...ordinary, limits: { ...quick, [name]: value } })),
    );
    await fc.assert(
      fc.asyncProperty(headers, async (header) => {
        const held = await container();
        // To cancel is not answered; what it names is not running.
        if (header.op !== 'cancel') await meetsAnything(held.ask(header, body, 20_000));
        const answer = await (await container()).ask(ordinary, body, 20_000);
        expect(answer).toMatchObject({ outcome: 'finished', stdout: '42\n' });
      }),
      { numRuns: 80 },
    );
  });

  it('answers any body, and then does an ordinary run', async () => {
    const field = fc.constantFrom(...Object.keys(body));
    await fc.assert(
      fc.asyncProperty(field, anything, async (name, value) => {
        await meetsAnything((await container()).ask(ordinary, { ...body, [name]: value }, 20_000));
        const answer = await (await container()).ask(ordinary, body, 20_000);
        expect(answer).toMatchObject({ outcome: 'finished', stdout: '42\n' });
      }),
      { numRuns: 80 },
    );
  });

  /** An answer, a refusal, or the one end that is agreed on: a frame that is none. */
  async function meetsAnything(asked: Promise<unknown>): Promise<void> {
    try {
      expect(await asked).toBeTypeOf('object');
    } catch (error) {
      if (error instanceof ContainerRefusal || error instanceof FrameError) return;
      expect(error).toBeInstanceOf(ContainerLost);
      expect((error as Error).message).toContain('bad frame');
    }
  }
});

describe('a request for a run', () => {
  const under = sandboxUnderTest();
  let container: number | undefined;
  beforeAll(() => {
    container = containerProcesses()[0]?.pid;
  });

  it('has an outcome whatever it holds, and does not bring the container down', async () => {
    const requests = fc.record(
      {
        program: fc.oneof(text, fc.constantFrom('print(1)', 'raise SystemExit(3)', 'x = 1 / 0')),
        fileName: text,
        files: fc.dictionary(text, text, { maxKeys: 3 }),
        serve: fc.dictionary(text, text, { maxKeys: 2 }),
        drive: fc.oneof(text, fc.constantFrom('observe("a", 1)', 'await request("GET", "/")')),
        inputs: fc.array(anything, { maxLength: 3 }),
        rows: fc.oneof(text, fc.constant(null)),
        seed: fc.integer(),
        limits: fc.constant({ wallMs: 2_000 }),
      },
      { requiredKeys: ['program', 'limits'] },
    );
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const result = await under.sandbox.run({ ...request, runtime } as RunRequest);
        expect(outcomes).toContain(result.outcome);
        expect(await whatAnHonestRunMisses(under.sandbox)).toBeNull();
        expect(containerProcesses()[0]?.pid, JSON.stringify(result)).toBe(container);
      }),
      // Nothing smaller could fail in the same way: the container is another one then.
      { numRuns: 80, endOnFailure: true },
    );
    expect(container).toBeGreaterThan(0);
  });

  it('has an outcome when its inputs are nested deeper than the other side reads', async () => {
    const request = { runtime, program: '', drive: 'list(inputs)', inputs: [nestedTo(5_000)] };
    const { outcome } = await under.sandbox.run(request);
    expect(['error', 'infrastructure']).toContain(outcome);
    expect(await whatAnHonestRunMisses(under.sandbox)).toBeNull();
  });
});
