"""What a recording has that is no line of the program: known by functions of the framework.

When one of them begins or ends, the tracer says so. They are not replaced: a program that prints
where it was called from sees no difference.
"""

import io
import sys
from asyncio import BaseEventLoop
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, thread
from selectors import EpollSelector
from types import CodeType, FrameType, FunctionType, MethodType, ModuleType

from jail import places
from jail.recorder import ANSWERED, ENTERED, LEFT, RECEIVED, Recorder
from jail.recording import Recording, shortened
from jail.safe_text import function_name, function_of
from jail.tasks import request_number
from jail.tracing import Landmark, place

_TURN = BaseEventLoop._run_once.__code__
_REQUEST_KINDS = (RECEIVED, ENTERED, LEFT, ANSWERED)


def landmarks(recording: Recording, runtime: ModuleType) -> dict[CodeType, Landmark]:
    """By the code of the function that is one."""
    known = runtime.landmarks()
    hops = _Hops(recording, known["handed_over"])
    marked = {
        EpollSelector.select.__code__: _idle(recording),
        Recorder.note.__code__: _request(recording),
        BaseEventLoop.run_in_executor.__code__: hops.hand_over,
        thread._WorkItem.run.__code__: hops.begin,
        Future.set_result.__code__: hops.has_ended,
        Future.set_exception.__code__: hops.has_ended,
    }
    marked |= dict.fromkeys(known["work"], hops.begin)
    return marked | dict.fromkeys(known["queries"], _query(recording))


def listen_to_output(recording: Recording) -> None:
    """Puts a stream in place of the standard output that tells what is written to it."""
    stream = sys.stdout
    options = {"encoding": stream.encoding, "errors": stream.errors, "line_buffering": True}
    heard = _Heard(stream.detach(), **options)
    heard.recording = recording
    sys.stdout = sys.__stdout__ = heard


class _Heard(io.TextIOWrapper):
    def write(self, text: str) -> int:
        written = super().write(text)
        if self.recording.is_over:
            return written
        try:
            # A subclass of str says what it is as the stream itself has it.
            self.recording.add_print(str.__str__(text), **place(sys._getframe(1)))
        except RecursionError:
            # As in the tracer: the stack is the program's.
            self.recording.is_over, self.recording.cut = True, "tracing"
        return written


def _idle(recording: Recording) -> Landmark:
    def select(frame: FrameType) -> Callable | None:
        caller, timeout = frame.f_back, frame.f_locals["timeout"]
        kind = type(timeout)
        waits = timeout is None or ((kind is float or kind is int) and timeout > 0)
        if not waits or caller is None or caller.f_code is not _TURN:
            return None
        return _until_left(recording, recording.add_idle())

    return select


def _request(recording: Recording) -> Landmark:
    def note(frame: FrameType) -> None:
        kind, request = frame.f_locals["kind"], frame.f_locals["request"]
        if type(kind) is str and kind in _REQUEST_KINDS:
            recording.add(kind, request=request if type(request) is int else request_number())

    return note


def _query(recording: Recording) -> Landmark:
    def execute(frame: FrameType) -> Callable | None:
        statement = frame.f_locals["sql"]
        text = shortened(statement) if type(statement) is str else None
        step = recording.add("query", text=text, until=0, **place(frame))
        return _until_left(recording, step)

    return execute


class _Hops:
    """Functions on their way from a loop to a thread: known by address, first come, first served.

    Whoever is to run one keeps it alive until then, so that no other has its address.
    """

    def __init__(self, recording: Recording, handed_over: Callable) -> None:
        self._recording, self._handed_over = recording, handed_over
        self._on_the_way: dict[int, deque[int]] = {}
        # By address of the future that is to have the result.
        self._begun: dict[int, int] = {}

    def hand_over(self, frame: FrameType) -> None:
        """A loop gives a function to a thread."""
        function, args = frame.f_locals["func"], frame.f_locals["args"]
        behind, rest = function_of(function, args)
        behind, _ = function_of(*self._handed_over(behind, rest))
        if _is_the_clients(behind):
            return
        hop = next(self._recording.hops)
        self._on_the_way.setdefault(id(function), deque()).append(hop)
        name = function_name(behind)
        self._recording.add("hand-over", text=name, hop=hop, **place(frame))

    def begin(self, frame: FrameType) -> Callable | None:
        """A thread begins with a function, in a method of what holds it."""
        held = frame.f_locals["self"]
        waiting = self._on_the_way.get(id(held.fn))
        if not waiting:
            return None
        future = id(held.future)
        self._begun[future] = hop = waiting.popleft()
        self._recording.add("hop-begin", hop=hop)
        return lambda: self._end(future)

    def has_ended(self, frame: FrameType) -> None:
        """Its result is being set. The loop may go on before the method is left."""
        self._end(id(frame.f_locals["self"]))

    def _end(self, future: int) -> None:
        hop = self._begun.pop(future, None)
        if hop is not None:
            self._recording.add("hop-end", hop=hop)


def _is_the_clients(function: object) -> bool:
    """Whether it is the part of a server that the harness plays."""
    function = function.__func__ if type(function) is MethodType else function
    if type(function) is not FunctionType:
        return False
    return function.__code__.co_filename.startswith(f"{places.SANDBOX}/jail/")


def _until_left(recording: Recording, step: dict | None) -> Callable | None:
    """Sets the end of a step when the function is left."""
    if step is None:
        return None

    def left() -> None:
        step["until"] = recording.clock()

    return left
