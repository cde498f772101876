"""The supervisor inside the container: takes requests, has the zygote fork, keeps the limits.

It reads what a run wrote, kills and reaps it, and answers. It is the parent of the zygote and, as
the nearest subreaper, of every run; requests and results stay in its memory, which no run inherits.
"""

import json
import os
import selectors
import signal
import socket
import time
from collections import OrderedDict, deque

from jail import outcomes
from jail.frames import FrameError, RequestParser, encode
from jail.limits import parse
from jail.live import Live, Stream

KINDS = ("run", "rows", "judge", "canary")
_CHUNK = 1 << 18
_MOST_ROWS_KEPT = 32
_MOST_MESSAGE = 4096


class Supervisor:
    """Serves requests on descriptors 0 and 1 until 0 closes or the zygote dies."""

    def __init__(self, control: socket.socket, zygote: int) -> None:
        self._control, self._zygote = control, zygote
        self._selector = selectors.DefaultSelector()
        self._parser = RequestParser()
        self._outgoing = bytearray()
        self._waiting: deque[Live] = deque()
        self._running: set[Live] = set()
        self._rows: OrderedDict[str, int] = OrderedDict()
        self._digests: dict[Live, str] = {}
        self._serving = True

    def serve(self) -> None:
        """The loop. Returns when there is nothing left to serve."""
        self._watch_children()
        self._selector.register(0, selectors.EVENT_READ, self._requests)
        self._selector.register(self._control, selectors.EVENT_READ, self._zygote_said)
        os.set_blocking(0, False)
        os.set_blocking(1, False)
        while self._serving:
            for key, _ in self._selector.select(self._until_next_deadline()):
                # One before it may have ended the run and closed this descriptor, or used it anew.
                if self._selector.get_map().get(key.fd) is key:
                    key.data()
            for live in list(self._running):
                live.check()

    def _watch_children(self) -> None:
        reading, writing = os.pipe()
        for end in (reading, writing):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        self._selector.register(reading, selectors.EVENT_READ, lambda: self._reap(reading))

    def _until_next_deadline(self) -> float | None:
        deadlines = [live.deadline for live in self._running if live.killed_for is None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _requests(self) -> None:
        data = os.read(0, _CHUNK)
        if not data:
            self._serving = False
            return
        try:
            for header, body in self._parser.feed(data):
                self._begin(header, body)
        except FrameError as error:
            # Whoever speaks like this is not our outer supervisor: there is no going on.
            os.write(2, f"bad frame: {error}\n".encode())
            self._serving = False

    def _begin(self, header: dict, body: bytes) -> None:
        name, kind = header["id"], header.get("op")
        try:
            if kind not in KINDS:
                raise ValueError(f"unknown operation {kind!r}")
            limits = parse(header.get("limits"))
            digest = header.get("rows")
            if kind == "run" and digest is not None and digest not in self._rows:
                self._answer(name, ok={"missing": "rows"})
                return
        except ValueError as error:
            self._answer(name, failed=str(error))
            return
        live = Live(name, kind, limits)
        if kind == "rows":
            self._digests[live] = str(digest)
        rows = self._rows[digest] if kind == "run" and digest is not None else None
        self._hand_over(live, body, rows)

    def _hand_over(self, live: Live, body: bytes, rows: int | None) -> None:
        """Gives the zygote the descriptors, not the data: they are opened by the run alone."""
        sealed = _file(body)
        descriptors = [stream.writing for stream in live.streams] + [sealed]
        if rows is not None:
            descriptors.append(rows)
        job = {"kind": live.kind, "token": live.token, "limits": vars(live.limits)}
        socket.send_fds(self._control, [json.dumps(job).encode()], descriptors)
        os.close(sealed)
        for stream in live.streams:
            stream.close_writing()
            self._selector.register(
                stream.reading, selectors.EVENT_READ, lambda s=stream: self._read(s)
            )
        self._waiting.append(live)

    def _read(self, stream: Stream) -> None:
        if not stream.take():
            # The end of a pipe says nothing about the process: it is waited for all the same.
            self._selector.unregister(stream.reading)

    def _zygote_said(self) -> None:
        data = self._control.recv(_MOST_MESSAGE)
        if not data:
            self._serving = False
            return
        said = json.loads(data)
        live = self._waiting.popleft()
        if "pid" not in said:
            self._let_go(live)
            self._answer(live.name, failed=said["failed"])
            return
        live.started(said["pid"])
        self._running.add(live)
        self._finish_if_gone(live)

    def _reap(self, wakeups: int) -> None:
        os.read(wakeups, 4096)
        if os.waitpid(self._zygote, os.WNOHANG)[0]:
            os.write(2, b"the zygote died\n")
            self._serving = False
            return
        for live in list(self._running):
            self._finish_if_gone(live)

    def _finish_if_gone(self, live: Live) -> None:
        if not live.reap():
            return
        self._running.discard(live)
        self._let_go(live)
        try:
            self._answer(live.name, ok=self._result(live))
        except (outcomes.DoorsError, ValueError) as error:
            self._answer(live.name, failed=str(error))

    def _result(self, live: Live) -> dict:
        if live.kind == "run":
            return outcomes.run_result(live)
        if live.kind == "judge":
            return outcomes.judge_result(live)
        if live.kind == "canary":
            return outcomes.canary_result(live)
        database, result = outcomes.rows_result(live)
        digest = self._digests.pop(live)
        if database is None:
            return {"kept": False, "result": result}
        self._keep_rows(digest, database)
        return {"kept": True, "result": None}

    def _keep_rows(self, digest: str, database: bytes) -> None:
        if old := self._rows.pop(digest, None):
            os.close(old)
        self._rows[digest] = _file(database)
        if len(self._rows) > _MOST_ROWS_KEPT:
            os.close(self._rows.popitem(last=False)[1])

    def _let_go(self, live: Live) -> None:
        for stream in live.streams:
            if stream.reading in self._selector.get_map():
                self._selector.unregister(stream.reading)
        live.close()

    def _answer(self, name: str, ok: dict | None = None, failed: str | None = None) -> None:
        answer = {"id": name, "failed": failed} if failed is not None else {"id": name, "ok": ok}
        was_idle = not self._outgoing
        self._outgoing += encode(answer)
        if was_idle:
            self._selector.register(1, selectors.EVENT_WRITE, self._write)

    def _write(self) -> None:
        del self._outgoing[: os.write(1, self._outgoing)]
        if not self._outgoing:
            self._selector.unregister(1)

    def announce(self, versions: dict[str, str]) -> None:
        """The first frame: the runtime is set up, and this is what it is."""
        self._answer("", ok={"versions": versions})


def _file(data: bytes) -> int:
    """The data as a file without a name, which can be handed on."""
    descriptor = os.memfd_create("handed-over")
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    return descriptor
