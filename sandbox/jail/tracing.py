"""Follows the functions of the program by `sys.settrace`, in every thread that it starts.

Nothing of the program or of the framework is replaced, so neither can go otherwise than unrecorded.
What the interpreter calls here must not raise, must hold no object of the program's, and must leave
the variables of a frame as they are: see `_unchanged`.
"""

import dis
import sys
import threading
from asyncio.events import Handle
from collections.abc import Callable
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, CO_NESTED
from itertools import islice
from types import CodeType, FrameType, MethodType

from jail import safe_text
from jail.recording import Recording
from jail.tasks import own_file, qualified_name

_RETURN, _YIELD, _SEND, _FOR = (
    dis.opmap[name] for name in ("RETURN_VALUE", "YIELD_VALUE", "SEND", "FOR_ITER")
)
# The operand of the RESUME behind a YIELD_VALUE that belongs to an `await`.
_AFTER_AWAIT = 3
_MOST_NAMES = 100
# Beneath it nobody awaits: the loop has called.
_LOOP_CALLS = Handle._run.__code__
# Whose variables others can change while they are looked at: they share them, or go on elsewhere.
_SHARING = CO_NESTED | CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR

# Is told that a certain function of the framework begins; returns what is to be done at its end.
Landmark = Callable[[FrameType], Callable[[], object] | None]


class Tracer:
    """The trace function of every thread, from `start` to `stop`."""

    def __init__(
        self, recording: Recording, own_files: dict[str, int], landmarks: dict[CodeType, Landmark]
    ) -> None:
        """`landmarks`: by the function's code, which lives as long as the framework does."""
        self._recording, self._own_files = recording, own_files
        # By address: a hash would look into the code of whatever is called.
        self._landmarks = {id(code): landmark for code, landmark in landmarks.items()}
        self._names = {code.co_name for code in landmarks}
        # One and the same, so that it can be told from others.
        self.trace = self._enter

    def start(self) -> None:
        """In this thread, and in those that are started from now on."""
        threading.settrace(self.trace)
        sys.settrace(self.trace)

    def stop(self) -> None:
        """Other threads stop by themselves, at their next step."""
        threading.settrace(None)
        if sys.gettrace() is self.trace:
            sys.settrace(None)
        elif not self._recording.is_over:
            # The program traces by itself, and so has ended this.
            self._recording.end("tracing")

    def _enter(self, frame: FrameType, event: str, arg: object) -> Callable | None:
        """A function, any function, begins or goes on."""
        code = frame.f_code
        follow = None
        try:
            file, name = code.co_filename, code.co_name
            # Most functions are the framework's, and as little as possible is done for them.
            # Names are looked up only if they are of no class of the program's.
            if (
                type(file) is not str
                or file in self._own_files
                or type(name) is not str
                or name in self._names
                or self._recording.is_over
            ):
                follow = self._entered(frame, event, arg)
        except RecursionError:
            # The program is near the end of the stack: let it have what is left. What failed was
            # deeper than this, so there is room for this much.
            sys.settrace(None)
            self._recording.is_over = True
            self._recording.cut = self._recording.cut or "tracing"
        except BaseException as error:
            self.failed(error)
        if code.co_flags & _SHARING:
            _unchanged = frame.f_locals
        return follow

    def _entered(self, frame: FrameType, event: str, arg: object) -> Callable | None:
        code = frame.f_code
        is_own = own_file(code, self._own_files) is not None
        if self._recording.is_over:
            self.stop()
        elif not is_own:
            landmark = self._landmarks.get(id(code))
            if landmark and (left := landmark(frame)):
                frame.f_trace_lines = False
                return self._until_left(left)
        elif followed := followed_by(frame):
            followed.trace(frame, event, arg)
        else:
            return self._follow(frame)
        return None

    def _follow(self, frame: FrameType) -> Callable:
        code = frame.f_code
        recording = self._recording
        name, parent = qualified_name(code), place(frame.f_back).get("frame")
        recording.tasks.begins_in(recording.tasks.current(), name)
        file = self._own_files[code.co_filename]
        number = recording.new_frame(name, file, parent)
        followed = Followed(self, recording, number)
        followed.step("call", frame)
        return followed.trace

    def _until_left(self, left: Callable[[], object]) -> Callable:
        def trace(_: FrameType, event: str, __: object) -> None:
            if event == "return":
                try:
                    left()
                except BaseException as error:
                    self.failed(error)

        return trace

    def is_off(self) -> bool:
        """In this thread: the recording is over, or the program traces by itself."""
        if self._recording.is_over:
            self.stop()
            return True
        return sys.gettrace() is not self.trace

    def failed(self, error: BaseException) -> None:
        """Raises what a signal handler of the program's has raised in here: that is the program's.

        What is ours must not reach it: it is out of memory, or has tampered with us.
        """
        trace = error.__traceback__
        while trace:
            if own_file(trace.tb_frame.f_code, self._own_files) is not None:
                raise error
            trace = trace.tb_next
        sys.settrace(None)
        self._recording.is_over, self._recording.cut = True, "tracing"


class Followed:
    """One call of a function of the program; the local trace function of its frame is `trace`."""

    __slots__ = (
        "_last",
        "_raised",
        "_raised_at",
        "_recording",
        "_told",
        "_tracer",
        "_waits",
        "number",
    )

    def __init__(self, tracer: Tracer, recording: Recording, number: int) -> None:
        self.number = number
        self._tracer, self._recording = tracer, recording
        self._told: dict[str, str] = {}
        self._last = ""
        self._waits = False
        # Where in the code the exception came up that goes through the frame now.
        self._raised_at = -1
        # The texts of all that came up in it.
        self._raised: set[str] = set()

    def trace(self, frame: FrameType, event: str, arg: object) -> None:
        """An event in the frame. The interpreter keeps the function when it returns None."""
        try:
            if not self._tracer.is_off():
                self._on(frame, event, arg)
        except RecursionError:
            sys.settrace(None)
            self._recording.is_over = True
            self._recording.cut = self._recording.cut or "tracing"
        except BaseException as error:
            self._tracer.failed(error)
        # The interpreter took a copy of the frame's variables before it called, and will write it
        # back. What other threads have changed in them since, it would undo: so a fresh copy is
        # made here, where no other thread can come between.
        _unchanged = frame.f_locals

    def step(self, kind: str, frame: FrameType, **parts: object) -> None:
        """Adds a step of this frame, with what has changed in it."""
        self._last = kind
        # A module begins in no line.
        line = frame.f_lineno or frame.f_code.co_firstlineno
        where = {"frame": self.number, "line": line, "changed": self._changed(frame) or None}
        self._recording.add(kind, **where, **parts)

    def _on(self, frame: FrameType, event: str, arg: object) -> None:
        if self._waits:
            # Also where it goes on by an exception, which is no call to the interpreter.
            self._waits = False
            self.step("resume", frame)
        if event == "line":
            self._raised_at = -1
            self.step("line", frame)
        elif event == "exception":
            self._raise(frame, arg)
        elif event == "return":
            self._leave(frame, arg)

    def _raise(self, frame: FrameType, arg: tuple) -> None:
        kind, error, _ = arg
        at = frame.f_lasti
        ends = kind is StopIteration or kind is StopAsyncIteration
        if ends and frame.f_code.co_code[at] in (_SEND, _FOR):
            # How the interpreter learns that a loop or an await is over: nothing was raised.
            return
        self._raised_at = at
        text = (
            safe_text.error_text(error)
            if issubclass(type(error), BaseException)
            else safe_text.class_name(kind)
        )
        self._raised.add(text)
        self._recording.add_text_of_raise(self.number, text)
        self.step("raise", frame, text=text)

    def _leave(self, frame: FrameType, arg: object) -> None:
        code, at = frame.f_code.co_code, frame.f_lasti
        is_raised = arg is None and self._raised_at == at
        if code[at] == _YIELD and not is_raised:
            self._waits = True
            if code[at + 3] == _AFTER_AWAIT:
                tasks = self._recording.tasks.waited_for(arg)
                self.step("await", frame, tasks=tasks or None)
            else:
                self.step("yield", frame, text=safe_text.text_of(arg))
        elif code[at] == _RETURN:
            self.step("return", frame, text=safe_text.text_of(arg))
        elif self._last != "raise":
            # After a `finally`, or raised once more. Of several the interpreter does not say which,
            # until it comes to the caller.
            self.step("raise", frame, text=min(self._raised) if len(self._raised) == 1 else None)

    def _changed(self, frame: FrameType) -> list[list]:
        variables = frame.f_locals
        # The body of a class may have a mapping of its own making.
        if type(variables) is not dict:
            return []
        now = {
            name: safe_text.text_of(value)
            for name, value in list(islice(variables.items(), _MOST_NAMES))
            if type(name) is str and _is_told(name)
        }
        told = self._told
        changed = [[safe_text.cut(n), text] for n, text in now.items() if told.get(n) != text]
        changed += [[safe_text.cut(name), None] for name in told if name not in now]
        self._told = now
        return changed


def followed_by(frame: FrameType) -> Followed | None:
    """Who follows a frame; None: it is none of the program's."""
    trace = frame.f_trace
    if type(trace) is MethodType and type(trace.__self__) is Followed:
        return trace.__self__
    return None


def place(frame: FrameType | None) -> dict:
    """Of a frame and those that called or await it, the innermost one of the program's."""
    while frame and frame.f_code is not _LOOP_CALLS:
        if followed := followed_by(frame):
            return {"frame": followed.number, "line": frame.f_lineno}
        frame = frame.f_back
    return {}


def _is_told(name: str) -> bool:
    """Not what the interpreter keeps among the variables: `__name__`, `.0`."""
    return name.isidentifier() and not name.startswith("__")
