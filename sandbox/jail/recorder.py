"""What happens to each request, in the order in which the run saw it."""

import threading
import time
from contextvars import ContextVar

RECEIVED, ENTERED, AWAIT, RESUMED, LEFT, ANSWERED = KINDS = (
    "received",
    "view-entered",
    "await",
    "resumed",
    "view-left",
    "answered",
)
MAX_EVENTS = 10_000

# The request that the present task or thread is working for; asgiref carries it into threads.
current_request: ContextVar[int] = ContextVar("request", default=0)


class Recorder:
    """Collects events from the loop's thread and from workers."""

    def __init__(self) -> None:
        self.events: list[list] = []
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
        self._requests += 1
        return self._requests

    def note(self, kind: str, request: int | None = None) -> None:
        """Adds an event of the request that this task or thread works for."""
        with self._lock:
            if len(self.events) >= MAX_EVENTS:
                self.overflowed = True
                return
            at = (time.monotonic_ns() - self._began) // 1000
            number = current_request.get() if request is None else request
            self.events.append([KINDS.index(kind), number, self._thread(), at])

    def _thread(self) -> str:
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
    if not 0 <= kind < len(KINDS) or request < 0 or at < 0 or len(thread) > 32:
        raise ValueError("an event is out of range")
    return {"kind": KINDS[kind], "request": request, "thread": thread, "at": at}
