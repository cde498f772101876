"""Exceptions as data, and as the traceback that a person should see."""

import linecache
import sys
import traceback
from collections.abc import Iterable
from types import TracebackType

from jail import places

MAX_MESSAGE = 4096
# Of a type, a function or a file.
MAX_NAME = 256
_MAX_SHOWN = 4096
_MOST_LINES = 2**31
MAX_FRAMES = 20
_HARNESS = f"{places.SANDBOX}/"
_NOT_OWN = (_HARNESS, *(f"{place}/" for place in places.READABLE), "<frozen ")


def remember_source(file: str, source: str) -> None:
    """Lets tracebacks show the lines of a source that is in no file."""
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)


def describe(error: BaseException, file: str, place: str) -> dict:
    """A RunError: its line is the innermost one in `file`."""
    return {
        "type": type(error).__name__[:MAX_NAME],
        "message": message(error),
        "line": line_in(error, file),
        "place": place,
        "frames": frames(error),
    }


def own(kind: str, message: str, place: str) -> dict:
    """A RunError that is the harness's own word."""
    return {"type": kind, "message": message, "line": None, "place": place, "frames": []}


def frames(error: BaseException) -> list[dict]:
    """The steps that are not the harness's, the interpreter's or a package's; the innermost few."""
    own_steps = []
    for frame, number in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        if not name.startswith(_NOT_OWN):
            step = {"file": _short(name.removeprefix(f"{places.own}/")), "line": number or 0}
            own_steps.append(step | {"function": _short(frame.f_code.co_name)})
            if len(own_steps) > MAX_FRAMES:
                del own_steps[0]
    return own_steps


def _short(name: str) -> str:
    """A program can give its code any name."""
    return name[:MAX_NAME].encode("utf-8", "backslashreplace").decode()


def innermost_file(error: BaseException, files: Iterable[str]) -> str:
    """Of these files the one in which the exception was raised; else the first of them."""
    known = list(files)
    found = known[0]
    if isinstance(error, SyntaxError) and error.filename in known:
        return error.filename
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename in known:
            found = frame.f_code.co_filename
    return found


def message(error: BaseException) -> str:
    """str(error), whatever a class of the program makes of it, cut to a sensible length."""
    try:
        # A SyntaxError's own text repeats file and line, which stand beside it.
        text = error.msg if type(error) is SyntaxError and error.msg else str(error)
        return text[:MAX_MESSAGE].encode("utf-8", "backslashreplace").decode()
    except Exception as second:
        return f"(its message could not be made: {type(second).__name__})"


def line_in(error: BaseException, file: str) -> int | None:
    """The innermost line of `file` that the exception passed, or None."""
    if isinstance(error, SyntaxError) and error.filename == file:
        # A program can raise one itself, with anything in it.
        number = error.lineno
        return number if type(number) is int and 0 < number <= _MOST_LINES else None
    line = None
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == file:
            line = number
    return line


def show(error: BaseException) -> None:
    """Prints the traceback to stderr, without the harness's own frames."""
    hook = sys.excepthook
    if hook is not sys.__excepthook__:
        hook(type(error), error, _own_part(error.__traceback__))
        return
    told = traceback.TracebackException.from_exception(error)
    _strip(told, set())
    for text in told.format():
        # A line of source can be as long as the source.
        sys.stderr.write(text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}...\n")


def _own_part(trace: TracebackType | None) -> TracebackType | None:
    while trace and trace.tb_frame.f_code.co_filename.startswith(_HARNESS):
        trace = trace.tb_next
    return trace


def _strip(told: traceback.TracebackException | None, seen: set[int]) -> None:
    if told is None or id(told) in seen:
        return
    seen.add(id(told))
    frames = [frame for frame in told.stack if not frame.filename.startswith(_HARNESS)]
    for frame in frames:
        frame.filename = places.shown(frame.filename)
    told.stack = traceback.StackSummary.from_list(frames)
    for other in (told.__cause__, told.__context__, *(told.exceptions or ())):
        _strip(other, seen)
