"""Exceptions as data, and as the traceback that a person should see."""

import linecache
import sys
import traceback
from types import TracebackType

MAX_MESSAGE = 4096
_MAX_SHOWN = 4096
_HARNESS = "/sandbox/"


def remember_source(file: str, source: str) -> None:
    """Lets tracebacks show the lines of a source that is in no file."""
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)


def describe(error: BaseException, file: str, place: str) -> dict:
    """A RunError: its line is the innermost one in `file`."""
    return {
        "type": type(error).__name__[:256],
        "message": message(error),
        "line": line_in(error, file),
        "place": place,
    }


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
        return error.lineno
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
    told.stack = traceback.StackSummary.from_list(frames)
    for other in (told.__cause__, told.__context__, *(told.exceptions or ())):
        _strip(other, seen)
