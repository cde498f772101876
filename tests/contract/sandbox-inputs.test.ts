import { describe, expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/run.ts';
import { python, runtime, sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();

const doubling = 'def double(number):\n    return number * 2\n';
const drive = 'observe("doubled", [program.double(given) for given in inputs])';

describe('inputs of a drive', () => {
  it('come in order, then end', async () => {
    const { observations } = await under.run(doubling, { drive, inputs: [3, 1, 2.5] });
    expect(observations?.values).toEqual({ doubled: [6, 2, 5] });
  });

  it('may be none, and any plain data', async () => {
    const all = [null, true, 'é "x"\n', [1, [2]], { a: { b: 'c' } }];
    const same = 'observe("given", [each for each in inputs])';
    expect((await under.run('', { drive: same, inputs: all })).observations?.values).toEqual({
      given: all,
    });
    expect((await under.run('', { drive: same, inputs: [] })).observations?.values).toEqual({
      given: [],
    });
  });

  it('may be as large as a request for a run allows', async () => {
    const all = Array.from({ length: 3 }, (_, n) => String(n).repeat(20_000));
    const { observations } = await under.run('', {
      drive: 'observe("sizes", [len(each) for each in inputs])',
      inputs: all,
    });
    expect(observations?.values).toEqual({ sizes: [20_000, 20_000, 20_000] });
    const refused = async (inputs: JsonValue[]) => {
      const { outcome, error } = await under.run('', { drive: 'pass', inputs });
      return [outcome, error?.message];
    };
    const deep: JsonValue = JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`);
    expect(await refused([deep])).toEqual([
      ...['infrastructure', 'An input may be nested at most 16 deep.'],
    ]);
    expect(await refused(['x'.repeat(100_000)])).toEqual([
      ...['infrastructure', 'The inputs take 100004 bytes; at most 61440 can be given.'],
    ]);
  });

  it('may be many, and long text in any script', async () => {
    const count = 'observe("count", sum(1 for each in inputs))';
    const many = await under.run('', { drive: count, inputs: Array<number>(5_000).fill(7) });
    expect(many.observations?.values).toEqual({ count: 5_000 });
    const sizes = 'observe("sizes", [len(each) for each in inputs])';
    const long = await under.run('', { drive: sizes, inputs: ['é'.repeat(30_000)] });
    expect(long.observations?.values).toEqual({ sizes: [30_000] });
  });

  it('that were not asked for yet are nowhere in the memory of the run', async () => {
    const program = python`
      import ctypes, gc

      def later_one(marker):
          # Every object, and the raw bytes of what could hold text.
          wanted = marker.encode()
          for thing in gc.get_objects():
              if isinstance(thing, dict) and any(marker in repr(v)[:200] for v in thing.values() if type(v) is str):
                  return True
          return any(wanted in bytes(block) for block in blocks())

      def blocks():
          for thing in gc.get_objects():
              if isinstance(thing, (bytes, bytearray)):
                  yield thing
    `;
    const found = await under.run(program, {
      drive: python`
        first = next(inputs)
        observe("before", program.later_one("".join(["SECRET-", "INPUT"])))
        second = next(inputs)
        observe("second", second)
      `,
      inputs: ['first', 'SECRET-INPUT'],
    });
    expect(found.error).toBeNull();
    expect(found.observations?.values).toEqual({ before: false, second: 'SECRET-INPUT' });
  });

  it('leave no descriptor open in a run that has none', async () => {
    const program = python`
      import os
      def is_open(number):
          try: os.fstat(number)
          except OSError: return False
          return True
      def listed():
          return [number for number in range(256) if is_open(number)]
    `;
    const asked = { drive: 'observe("open", program.listed())' };
    const without = await under.run(program, asked);
    expect((without.observations?.values['open'] as number[]).slice(0, 4)).toEqual([0, 1, 2, 3]);
    const withInputs = await under.run(program, { ...asked, inputs: [1] });
    expect((withInputs.observations?.values['open'] as number[]).slice(0, 6)).toEqual([
      ...[0, 1, 2, 3, 4, 5],
    ]);
  });

  it('are not handed out twice, nor more of them, to a run that shouts for them', async () => {
    const program =
      'import os\ntry:\n    for _ in range(900): os.write(4, b"?")\nexcept OSError: pass\n';
    const { observations, outcome } = await under.run(program, {
      drive: 'observe("given", [each for each in inputs])',
      inputs: [1, 2, 3],
    });
    expect(outcome).toBe('finished');
    expect(observations?.values).toEqual({ given: [1, 2, 3] });
    expect((await under.run('print(1)')).stdout).toBe('1\n');
  });

  it('end the run that asks for them without end', async () => {
    const program = 'import os\nwhile True: os.write(4, b"?" * 1000)\n';
    const result = await under.run(program, { drive: 'pass', inputs: [1] });
    expect(result).toMatchObject({ outcome: 'error', error: { type: 'ReportLimit' } });
    expect((await under.run('print(1)')).stdout).toBe('1\n');
  });

  it('are made afresh from a seed by a run of their own', async () => {
    const make = 'import random\nobserve("made", [random.randint(1, 10**6) for _ in range(5)])';
    const made = async (seed: number) =>
      (await under.run('', { drive: make, seed })).observations?.values['made'];
    expect(await made(1)).toEqual(await made(1));
    expect(await made(1)).not.toEqual(await made(2));
  });
});

describe('judging against a reference', () => {
  const judge = async (answer: string, reference: string) => {
    const inputs = [7, 11];
    const [given, right] = await Promise.all(
      [answer, reference].map((source) => under.run(source, { drive, inputs })),
    );
    const { judgements } = await under.sandbox.judge({
      runtime,
      observations: given!.observations!,
      reference: right!.observations!.values,
      expectations: [{ id: 'same', kind: 'holds', source: 'doubled == reference.doubled' }],
    });
    return judgements[0]?.holds;
  };

  it('finds another right answer right, and a wrong one wrong', async () => {
    expect(await judge('def double(n): return n + n', doubling)).toBe(true);
    expect(await judge('def double(n): return n ** 2', doubling)).toBe(false);
  });

  it('keeps the name `reference` from programs', async () => {
    const { error } = await under.run('', { drive: 'observe("reference", 1)' });
    expect(error?.message).toContain("'reference' is taken");
  });
});
