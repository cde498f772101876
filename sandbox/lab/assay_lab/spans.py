"""What a worker notes while it serves: of each request, and of its event loop."""

import asyncio
import resource
import threading
import time

from jail.recorder import ANSWERED, KINDS, RECEIVED, current_request

from assay_lab.region import READY, Region

# The header by which the client numbers its requests.
HEADER = "x-lab-request"
_EVERY = 0.001
_MOST_REQUEST = 2**31


class Spans:
    """Is told by `serving.py`, on whatever thread, and writes into the shared memory."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._lock = threading.Lock()
        self._threads: dict[int, int] = {threading.get_ident(): 0}
        self._ticks = self._gap = 0
        self._last = time.monotonic_ns()
        self._has_begun = False

    def note(self, kind: str) -> None:
        """Adds an event of the request that this task or thread works for."""
        own, at = threading.get_ident(), time.monotonic_ns()
        with self._lock:
            self._has_begun = True
            # The main thread is 0: of uvicorn, that of the event loop.
            thread = self._threads.setdefault(own, len(self._threads))
            number = current_request.get()
            self._region.note(KINDS.index(kind), thread, number, at, self._ticks)
            if kind == ANSWERED:
                self._region.peak(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

    def ready(self) -> None:
        """The server takes requests from here on."""
        self._region.reached(READY)

    async def turn(self) -> None:
        """Counts the turns of the event loop, for as long as it lives."""
        self.ready()
        self._last = time.monotonic_ns()
        while True:
            await asyncio.sleep(_EVERY)
            now = time.monotonic_ns()
            if self._has_begun:
                self._ticks += 1
                self._gap = max(self._gap, now - self._last)
            self._last = now
            self._region.loop(self._ticks, self._gap, now)


def over_asgi(application: object, spans: Spans) -> object:
    """The application, each of whose requests is told from the others."""

    async def numbered(scope: dict, receive: object, send: object) -> None:
        headers = dict(scope.get("headers", ()))
        current_request.set(_number(headers.get(HEADER.encode(), b"").decode("latin-1")))
        spans.note(RECEIVED)
        try:
            await application(scope, receive, send)
        finally:
            spans.note(ANSWERED)

    return numbered


def over_wsgi(application: object, spans: Spans) -> object:
    """As `over_asgi`. Answered means here: handed to the server, which then sends it."""

    def numbered(environ: dict, start_response: object) -> object:
        current_request.set(_number(environ.get(f"HTTP_{HEADER.upper().replace('-', '_')}", "")))
        spans.note(RECEIVED)
        try:
            return application(environ, start_response)
        finally:
            spans.note(ANSWERED)

    return numbered


def _number(text: str) -> int:
    """0 for a request that the client did not make."""
    return int(text) % _MOST_REQUEST if text.isascii() and text.isdigit() else 0
