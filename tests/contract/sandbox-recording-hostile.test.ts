/** Programs that would rather not be recorded, or recorded as something else. */
import { describe, expect, it } from 'vitest';
import type { Recording } from '#lib/domain/recording.ts';
import { python, sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();
const recorded = (program: string) => under.run(program, { record: 5000 });

/** All that a frame's names were at any time. */
function textsOf({ steps }: Recording, name: string): (string | null)[] {
  return steps.flatMap(({ changed = [] }) =>
    changed.filter(([changedName]) => changedName === name).map(([, text]) => text),
  );
}

/** A class, and one of it, of which every method that could be called says so and never ends. */
const trap = python`
  CALLS = []

  def trap(name):
      def method(*args, **kwargs):
          CALLS.append(name)
          while True:
              pass
      return method

  NAMES = """repr str format eq ne hash len iter bool int index float getattribute getattr dir contains
  lt getitem reversed instancecheck subclasscheck bytes call length_hint enter""".split()
  methods = {f"__{name}__": trap(name) for name in NAMES}
  watched = {"__class__": property(trap("class")), "__dict__": property(trap("dict"))}
  Meta = type("Meta", (type,), methods | {n: property(trap(n)) for n in ("__name__", "__mro__", "__bases__")})
`;

describe('code of the program', () => {
  it.each([
    ['an object', 'object'],
    ['a text', 'str'],
    ['a number', 'int'],
    ['a list', 'list'],
    ['a mapping', 'dict'],
    ['a set', 'set'],
    ['bytes', 'bytes'],
    ['an exception', 'Exception'],
  ])('is never called for the text of %s', async (_, base) => {
    const { outcome, error, stdout, recording } = await recorded(
      `${trap}\n${python`
      Trap = type.__call__(Meta, "Trap", (${base},), methods | watched)
      made = ${base}.__new__(Trap)
      def pass_on(given):
          inside = [given, (given,), {"key": given}]
          yield given
          return given
      def fail(given):
          raise ValueError(given, [given])
      passing = pass_on(made)
      got = next(passing)
      try:
          fail(made)
      except ValueError as error:
          kept = error
      gone = next(passing, None)
      print(CALLS)
    `}`,
    );
    expect({ outcome, error, stdout }).toEqual({
      outcome: 'finished',
      error: null,
      stdout: '[]\n',
    });
    const text = base === 'Exception' ? 'Trap()' : '<Trap>';
    expect(textsOf(recording!, 'made')).toEqual([text]);
    expect(textsOf(recording!, 'kept')).toEqual([`ValueError(${text}, [${text}])`]);
  });

  it('is never called for names, files and tasks that it has made', async () => {
    const { outcome, stdout, recording } = await recorded(python`
      import asyncio
      CALLS = []
      class Text(str):
          def __hash__(self):
              CALLS.append("hash")
              return str.__hash__(self)
          def __eq__(self, other):
              CALLS.append("eq")
              return str.__eq__(self, other)
          def __str__(self):
              CALLS.append("str")
              return "text"
          __repr__ = __str__
      class Task(asyncio.Task):
          __hash__ = Text.__hash__
          def get_coro(self):
              CALLS.append("get_coro")
          get_name = get_coro
      def plain():
          return 1
      plain.__code__ = plain.__code__.replace(co_filename=Text("program.py"), co_qualname=Text("plain"))
      named = type("Named", (), {})
      named.__name__ = Text("Named")
      globals()[Text("odd")] = named()
      CALLS.clear()
      plain()
      async def main():
          loop = asyncio.get_running_loop()
          loop.set_task_factory(lambda loop, coroutine, **more: asyncio.Task(coroutine, loop=loop, **more))
          await asyncio.create_task(asyncio.sleep(0))
      asyncio.run(main())
      print(CALLS)
    `);
    expect({ outcome, stdout }).toEqual({ outcome: 'finished', stdout: '[]\n' });
    expect(recording!.frames.map((frame) => frame.function)).not.toContain('plain');
  });
});

/** Finds what records this very program, as any code in its process can. */
const found = python`
  import gc, sys
  def kept(name):
      return [o for o in gc.get_objects() if type(o).__name__ == name and type(o).__module__.startswith("jail")]
  [recording] = kept("Recording")
  [tracer] = kept("Tracer")
`;

describe('a program that tampers with its recorder', () => {
  it.each([
    ['empties it', 'vars(recording).clear()'],
    ['fills it with objects', 'recording._steps[:] = [object()] * 9'],
    ['takes the steps away', 'recording._steps = None'],
    ['takes the tracer apart', 'vars(tracer).clear()'],
    ['lets the clock raise', 'recording.clock = lambda: 1 / 0'],
    ['makes a step contain itself', 'recording._steps[-1]["changed"] = recording._steps'],
    ['says that it is over', 'recording.is_over = True'],
    ['makes it report megabytes', 'type(recording).result = lambda self: ["x" * 9_000_000]'],
    ['makes it report nothing', 'type(recording).result = lambda self: None'],
    ['writes into every pipe', 'import os; [os.write(n, b"!") for n in (3, 4, 5, 6)]'],
  ])('and %s comes to a named end', async (_, tampering) => {
    const { outcome, error } = await recorded(
      `${found}\n${python`
      from contextlib import suppress
      def tamper():
          ${tampering}
      with suppress(OSError):
          tamper()
      for n in range(3):
          print(n)
    `}`,
    );
    expect(`${outcome} ${error?.type}`).toMatch(
      /^(finished undefined|error (BadReport|ReportLimit|ProcessExit))$/,
    );
  });
});

describe('a forged recording', () => {
  it.each([
    ['another version', 'r["version"] = 2', 'version'],
    ['a version that is no number', 'r["version"] = True', 'version'],
    ['parts of its own', 'r["more"] = 1', 'other parts'],
    ['a part too few', 'del r["cut"]', 'other parts'],
    ['steps that are no list', 'r["steps"] = {}', 'no list'],
    ['more steps than were asked for', 'r["steps"] += r["steps"][:1] * 5000', 'too long'],
    ['too much of everything', 'r["files"] = ["x" * 1000] * 1500', 'too long'],
    ['a time that goes back', 'r["steps"][-1]["at"] = 0', 'goes back'],
    ['a time after its end', 'r["steps"][-1]["at"] = 2**50', 'goes back'],
    ['a time that is none', 'r["steps"][-1]["at"] = 1.5', 'out of range'],
    ['a thread that there is not', 'r["steps"][0]["thread"] = 7', 'out of range'],
    ['a frame that there is not', 'r["steps"][0]["frame"] = -1', 'out of range'],
    ['a task that there is not', 'r["steps"][0]["tasks"] = [0]', 'out of range'],
    ['a kind that there is not', 'r["steps"][0]["kind"] = "leap"', 'no kind'],
    ['a kind that is no text', 'r["steps"][0]["kind"] = ["line"]', 'no kind'],
    ['a line without a frame', 'del r["steps"][0]["frame"]', 'other parts'],
    ['a rest without an end', 'r["steps"][0] |= {"kind": "idle"}', 'other parts'],
    ['a step of more parts', 'r["steps"][0]["html"] = "<b>"', 'other parts'],
    ['a text that is too long', 'r["steps"][0]["text"] = "x" * 201', 'out of range'],
    ['half a character', 'r["steps"][0]["text"] = "\\ud800"', 'out of range'],
    ['a change that is none', 'r["steps"][0]["changed"] = [["a"]]', 'out of range'],
    ['a value that is no text', 'r["steps"][0]["changed"] = [["a", 1]]', 'out of range'],
    ['line 0', 'r["steps"][0]["line"] = 0', 'out of range'],
    ['a caller that is called later', 'r["frames"][0]["parent"] = 0', 'another form'],
    ['a file that there is not', 'r["frames"][0]["file"] = 1', 'another form'],
    ['a task without a name', 'r["tasks"].append({"request": 0})', 'another form'],
    ['a cut of its own', 'r["cut"] = "time"', 'how long'],
    ['a length below nothing', 'r["micros"] = -1', 'how long'],
    ['data nested without end', 'for _ in range(400): r["files"] = [r["files"]]', 'no name'],
  ])('of %s is refused', async (_, forging, why) => {
    const { outcome, error, recording } = await recorded(
      `${found}\n${python`
      whole = type(recording).result
      def forged(self):
          r = whole(self)
          ${forging}
          return r
      type(recording).result = forged
    `}`,
    );
    expect({ outcome, recording }).toEqual({ outcome: 'error', recording: null });
    expect(error).toMatchObject({ type: 'BadReport' });
    expect(error?.message).toContain(why);
  });
});
