"""Watching work while it goes on: how much of it at once, on how many threads, and whether the
event loop turned meanwhile.

Turns are counted by a timer on the loop itself. Work that holds the loop lets no timer through, so
its count is exactly 0 on any machine; of work that leaves the loop alone it is at least 1 as soon
as the work takes longer than the timer. How many more depends on the machine and proves nothing.

A busy machine could let work on a thread begin and end before it lets the loop run at all. So such
work is not let go before the loop has turned, or has had ample time to and did not.
"""

import asyncio
import functools
import inspect
import threading
from collections.abc import Callable
from types import ModuleType

from jail.recorder import Recorder

_EVERY = 0.001
_AMPLE = 1.0


class Watch:
    """count, max_open, threads, ticks: whole numbers, each of the work since the watch began.

    The work is the program's views, or calls of the functions of the program that are named.
    """

    def __init__(self, recorder: Recorder, program: ModuleType, names: tuple[str, ...]) -> None:
        self.count = self.max_open = self.ticks = 0
        self._recorder, self._program = recorder, program
        self._functions = {name: _function(program, name) for name in names}
        self._lock = threading.Lock()
        self._turned = threading.Condition()
        self._turns = 0
        self._loop_thread = 0
        self._open = 0
        self._seen: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def threads(self) -> int:
        """On how many threads the work was begun."""
        return len(self._seen)

    def opened(self) -> int:
        """A piece of work begins, on this thread. Returns what `closed` wants to know of it."""
        with self._lock:
            self.count += 1
            self._open += 1
            self.max_open = max(self.max_open, self._open)
            self._seen.add(self._recorder.thread())
            return self._turns

    def closed(self, turns: int) -> None:
        """It is over; `turns` is what `opened` returned."""
        if threading.get_ident() != self._loop_thread:
            with self._turned:
                self._turned.wait_for(lambda: self._turns > turns, _AMPLE)
        with self._lock:
            self._open -= 1

    async def __aenter__(self) -> "Watch":
        if self._functions:
            for name, function in self._functions.items():
                setattr(self._program, name, self._watched(function))
        else:
            self._recorder.watches.append(self)
        self._loop_thread = threading.get_ident()
        self._set_timer(asyncio.get_running_loop())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._timer:
            self._timer.cancel()
        for name, function in self._functions.items():
            setattr(self._program, name, function)
        if not self._functions:
            self._recorder.watches.remove(self)

    def _set_timer(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = loop.call_later(_EVERY, self._tick, loop)

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._open:
            self.ticks += 1
        with self._turned:
            self._turns += 1
            self._turned.notify_all()
        self._set_timer(loop)

    def _watched(self, function: Callable) -> Callable:
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def watched(*args: object, **kwargs: object) -> object:
                turns = self.opened()
                try:
                    return await function(*args, **kwargs)
                finally:
                    self.closed(turns)

        else:

            @functools.wraps(function)
            def watched(*args: object, **kwargs: object) -> object:
                turns = self.opened()
                try:
                    return function(*args, **kwargs)
                finally:
                    self.closed(turns)

        return watched


def _function(program: ModuleType, name: object) -> Callable:
    function = getattr(program, name, None) if isinstance(name, str) else None
    if not callable(function):
        raise ValueError(f"watch(): the program has no function {name!r}")
    return function
