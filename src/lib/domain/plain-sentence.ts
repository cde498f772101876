/**
 * What an error means, for who meets it for the first time, and what to try. Python's own message is
 * shown beside it, so nothing of it is repeated. `code` stands between backticks.
 */
import type { RunError } from './run.ts';

/** A kind of error: its types, its message, and what is said; `$1` is the message's first group. */
type Known = [types: string, message: RegExp, says: string];

const missingAwait =
  'This is a coroutine that was not awaited: put `await` before the call that made it, in an `async def`.';

/** The first that fits is said; within a type the telling ones come first. */
const known: Known[] = [
  ['TabError', /./, 'Tabs and spaces are mixed in the indentation. Use four spaces for each step.'],
  [
    'IndentationError',
    /expected an indented block/,
    'The line before ends in a colon, so something must stand below it, four spaces deeper.',
  ],
  [
    'IndentationError',
    /unexpected indent/,
    'This line stands deeper than the one before, which begins no block.',
  ],
  [
    'IndentationError',
    /unindent does not match/,
    'This line stands at a depth that no line above it has. Count its spaces.',
  ],
  ['SyntaxError', /was never closed/, 'This bracket is opened, and not closed again further down.'],
  ['SyntaxError', /unmatched|does not match/, 'A bracket is closed here that was not opened so.'],
  [
    'SyntaxError',
    /expected ':'/,
    'A colon is missing: `def`, `if`, `for` and the like end in one.',
  ],
  ['SyntaxError', /unterminated/, 'A text begins here and has no quotation mark at its end.'],
  [
    'SyntaxError',
    /outside (?:of an )?(?:async(?:hronous)? )?function/,
    'This can stand only in a function; `await`, `async for` and `async with` only in an `async def`.',
  ],
  ['SyntaxError', /forgot a comma/, 'Two things stand side by side here. Is a comma missing?'],
  [
    'SyntaxError',
    /instead of '='|cannot assign/,
    'One `=` gives a name to a value; two, `==`, compare.',
  ],
  [
    'SyntaxError',
    /./,
    'Python cannot read this line. The cause may be at the end of the one before.',
  ],
  [
    'UnboundLocalError',
    /./,
    'The function gives this name a value further down, and here it has none yet.',
  ],
  [
    'NameError',
    /^name '(.+?)' is not defined/,
    'Nothing is called `$1` at this point. Is it spelt as where it was made? Is it imported?',
  ],
  ['AttributeError', /^'coroutine' object/, missingAwait],
  [
    'AttributeError',
    /^'NoneType' object has no attribute '(.+?)'/,
    'What stands before `.$1` is `None`: what should have given a value gave none.',
  ],
  [
    'AttributeError',
    /^module '(.+?)' has no attribute '(.+?)'/,
    'The module `$1` has nothing called `$2`. Is it spelt right? Does it come from elsewhere?',
  ],
  [
    'AttributeError',
    /^'(.+?)' object has no attribute '(.+?)'/,
    'What stands before `.$2` is a `$1`, and no `$1` has that.',
  ],
  ['TypeError', /'coroutine' object|iterable coroutine|type coroutine/, missingAwait],
  [
    'TypeError',
    /can't be used in 'await' expression/,
    '`await` stands before something that is there already: only a coroutine or the like can be awaited.',
  ],
  [
    'TypeError',
    /'async for' requires|asynchronous iterator/,
    'What stands after `in` can be gone through with a plain `for` only, or must be awaited first.',
  ],
  [
    'TypeError',
    /does not support the asynchronous context manager/,
    'This works with a plain `with`, and not with `async with`.',
  ],
  [
    'TypeError',
    /missing \d+ required|takes .* arguments? but|unexpected keyword argument/,
    'The call gives other arguments than the function takes. Compare it with its `def` line.',
  ],
  [
    'TypeError',
    /^'(.+?)' object is not callable/,
    'The brackets call something, but before them stands a `$1`, which cannot be called.',
  ],
  [
    'TypeError',
    /^'NoneType' object/,
    'This is `None`: what should have given a value gave none. Is a `return` missing?',
  ],
  [
    'ValueError',
    /didn't return an HttpResponse object.*coroutine/,
    'The view gave back a coroutine and no response: an `await` is missing, or its `async`.',
  ],
  [
    'ValueError',
    /didn't return an HttpResponse object/,
    'The view came to its end without giving back a response. Is a `return` missing?',
  ],
  [
    'SynchronousOnlyOperation',
    /./,
    'Code that waits for the database was called where the event loop runs, and would have stopped it. Use the method with the `a` before its name, and `await` it, or `sync_to_async`.',
  ],
  [
    'ModuleNotFoundError',
    /^No module named '(.+?)'/,
    "There is no `$1` here: only Python's own modules, what is installed for this lesson, and the files beside this one can be imported.",
  ],
  [
    'ImportError',
    /^cannot import name '(.+?)' from '(.+?)'/,
    '`$2` is there and has no `$1`. Is it spelt right?',
  ],
  ['RecursionError', /./, 'A function calls itself again and again, with nothing that ends it.'],
  ['TimeoutError', /./, 'What was waited for took longer than the time that was allowed for it.'],
  ['CancelledError', /./, 'A task that was waited for had been cancelled.'],
  ['MemoryError', /./, 'More memory was asked for than a run may have.'],
];

/**
 * A sentence or two for a common error.
 * @returns Null for one that is not common: then its own message has to do.
 */
export function plainSentence({
  type,
  message,
}: Pick<RunError, 'type' | 'message'>): string | null {
  for (const [types, pattern, says] of known) {
    if (types !== type) continue;
    // A message that is empty says nothing more than the type does.
    const match = pattern.exec(message || ' ');
    if (match)
      return says.replaceAll(/\$(\d)/g, (_, group: string) => codeSafe(match[Number(group)]));
  }
  return null;
}

/** A name from a message, which a program may have made itself: it must not end the code span. */
function codeSafe(name = ''): string {
  return name.replaceAll('`', "'").slice(0, 60);
}

/** What a run that failed in no way has left on stderr nevertheless. Null when it is nothing known. */
export function plainWarning(stderr: string): string | null {
  const forgotten = /RuntimeWarning: coroutine '(.+?)' was never awaited/.exec(stderr)?.[1];
  if (!forgotten) return null;
  return `\`${codeSafe(forgotten)}\` was called and not awaited, so none of its code ran: put \`await\` before the call.`;
}
