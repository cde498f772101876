"""What happens to each request, in the order in which the run saw it."""

import threading
import time
from contextvars import ContextVar
from typing import Protocol

RECEIVED, ENTERED, AWAIT, RESUMED, LEFT, ANSWERED = KINDS = (
    "received",
    "view-entered",
    "await",
    "resumed",
    "view-left",
    "answered",
)
MAX_EVENTS = 10_000
MAX_NUMBER = 2**53 - 1

# The request that the present task or thread is working for; asgiref carries it into threads.
current_request: ContextVar[int] = ContextVar("request", default=0)


class Watcher(Protocol):
    """Is told when a view begins and ends."""

    def opened(self) -> int:
        """On the thread that the view is entered on. Returns what `closed` is to be given."""

    def closed(self, turns: int) -> None:
        """On the thread that the view is left on."""


class Recorder:
    """Collects events from the loop's thread and from workers."""

    def __init__(self) -> None:
        self.events: list[list] = []
        self.watches: list[Watcher] = []
        self._watched: dict[tuple[Watcher, int], int] = {}
        self.overflowed = False
        self._lock = threading.Lock()
        self._names = threading.local()
        self._workers = 0
        self._requests = 0
        self._began = time.monotonic_ns()

    def begin(self) -> None:
        """The drive begins now, on this thread, which is the event loop's."""
        self._names.name = "loop"
        self._began = time.monotonic_ns()

    def next_request(self) -> int:
        """The number of a new request, from 1."""
        with self._lock:
            self._requests += 1
            return self._requests

    def note(self, kind: str, request: int | None = None) -> None:
        """Adds an event of the request that this task or thread works for."""
        number = current_request.get() if request is None else request
        for watch in self.watches:
            if kind == ENTERED:
                self._watched[watch, number] = watch.opened()
            elif kind == LEFT and (watch, number) in self._watched:
                watch.closed(self._watched.pop((watch, number)))
        with self._lock:
            if len(self.events) >= MAX_EVENTS:
                self.overflowed = True
                return
            at = (time.monotonic_ns() - self._began) // 1000
            self.events.append([KINDS.index(kind), number, self._own_name(), at])

    def thread(self) -> str:
        """The name of this thread; no other thread of the run ever has it."""
        with self._lock:
            return self._own_name()

    def _own_name(self) -> str:
        name = getattr(self._names, "name", None)
        if name is None:
            self._workers += 1
            name = self._names.name = f"worker-{self._workers}"
        return name


def unpack(rows: object) -> list[dict]:
    """Events from a report, checked. Raises ValueError."""
    if type(rows) is not list or len(rows) > MAX_EVENTS:
        raise ValueError("events must be a list, and not too long")
    return [_unpack(row) for row in rows]


def _unpack(row: object) -> dict:
    if type(row) is not list or [type(item) for item in row] != [int, int, str, int]:
        raise ValueError("an event is not a kind, a request, a thread and a time")
    kind, request, thread, at = row
    if not (0 <= request <= MAX_NUMBER and 0 <= at <= MAX_NUMBER):
        raise ValueError("an event's number is out of range")
    if not 0 <= kind < len(KINDS) or len(thread) > 32:
        raise ValueError("an event is out of range")
    return {"kind": KINDS[kind], "request": request, "thread": thread, "at": at}
