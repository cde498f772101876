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
from jail.limits import Limits, parse
from jail.live import CANCELLED, Live, Stream, Work, file_of
from jail.spares import Spares

KINDS = ("run", "rows", "judge", "canary")
_CHUNK = 1 << 18
_MOST_ROWS_KEPT = 32
_MOST_MESSAGE = 1 << 16
# Waiting for longer than some weeks at a time is more than the selector can be asked for.
_LONGEST_WAIT = 3600.0


class Supervisor:
    """Serves requests on descriptors 0 and 1 until 0 closes or the zygote dies."""

    def __init__(self, control: socket.socket, zygote: int, setup: dict) -> None:
        self._control, self._zygote = control, zygote
        self._selector = selectors.DefaultSelector()
        self._parser = RequestParser()
        self._outgoing = bytearray()
        # Asked of the zygote, in this order.
        self._awaited: deque[Live] = deque()
        # At work, or on the way there.
        self._working: set[Live] = set()
        self._spares = Spares(setup["spares"], parse(setup["limits"]))
        self._rows: OrderedDict[str, int] = OrderedDict()
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
            for live in [*self._working, *self._spares.made]:
                live.check()
                if time.monotonic() >= live.tell_at:
                    self._tell_news(live)
            self._tend_spares()

    def _watch_children(self) -> None:
        reading, writing = os.pipe()
        for end in (reading, writing):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        self._selector.register(reading, selectors.EVENT_READ, lambda: self._reap(reading))

    def _until_next_deadline(self) -> float | None:
        forks = [*self._working, *self._spares.made]
        deadlines = [live.due for live in forks if live.killed_for is None]
        deadlines += [live.tell_at for live in forks]
        if self._is_idle():
            deadlines.append(self._spares.due)
        soonest = min(deadlines, default=float("inf"))
        return None if soonest == float("inf") else self._seconds_until(soonest)

    def _seconds_until(self, moment: float) -> float:
        return min(max(0.0, moment - time.monotonic()), _LONGEST_WAIT)

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
        if kind == "cancel":
            self._cancel(header.get("run"))
            return
        try:
            if kind not in KINDS:
                raise ValueError(f"unknown operation {kind!r}")
            limits = parse(header.get("limits"))
            work = Work(header, body)
        except (TypeError, ValueError) as error:
            self._answer(name, failed=str(error))
            return
        if kind == "run" and work.rows is not None and work.rows not in self._rows:
            self._answer(name, ok={"missing": "rows"})
            return
        self._assign(work, limits)

    def _assign(self, work: Work, limits: Limits) -> None:
        spare = self._spares.take(work, limits)
        if spare:
            try:
                spare.assign(work)
            except BrokenPipeError:
                self._spares.put_back(spare)
            else:
                self._working.add(spare)
                return
        self._assign_to_new(work, limits)

    def _assign_to_new(self, work: Work, limits: Limits) -> None:
        live = Live(limits, work.rows if work.kind == "run" else None)
        live.assign(work)
        self._working.add(live)
        self._fork(live, is_spare=False)

    def _cancel(self, name: object) -> None:
        for live in self._working:
            if live.work and live.work.name == name:
                live.kill(CANCELLED)

    def _tend_spares(self) -> None:
        """Makes the next spare, or ends those that nobody asks for any more."""
        for live in self._spares.outdated():
            live.kill(CANCELLED)
        if self._is_idle() and time.monotonic() >= self._spares.due:
            live = Live(self._spares.limits, self._spares.rows)
            self._spares.made.add(live)
            self._fork(live, is_spare=True)

    def _is_idle(self) -> bool:
        return not (self._working or self._awaited)

    def _fork(self, live: Live, *, is_spare: bool) -> None:
        """Gives the zygote the descriptors, not the data: they are opened by the fork alone."""
        descriptors = [stream.writing for stream in live.streams]
        descriptors += [live.go, live.body, live.handing.fileno()]
        if live.rows is not None:
            descriptors.append(self._rows[live.rows])
        job = {"spare": is_spare, "limits": vars(live.limits), "folder": live.folder.path}
        socket.send_fds(self._control, [json.dumps(job).encode()], descriptors)
        live.drop_theirs()
        for stream in live.streams:
            self._selector.register(
                stream.reading, selectors.EVENT_READ, lambda s=stream: self._read(live, s)
            )
        self._awaited.append(live)

    def _read(self, live: Live, stream: Stream) -> None:
        was_ready = live.is_ready
        if not stream.take():
            # The end of a pipe says nothing about the process: it is waited for all the same.
            self._selector.unregister(stream.reading)
            return
        if stream.overflowed:
            # It is killed for that as soon as the zygote has said who it is. Until then it must not
            # go on, so nothing more is read of it: it waits at the full pipe.
            self._selector.unregister(stream.reading)
        if stream is live.status:
            live.hand_out()
            if live.is_ready and not was_ready:
                live.shut_in()
                if live.work is None:
                    self._spares.is_ready(live)
        elif stream is not live.report and live.work and live.work.streams_output:
            live.has_news()

    def _tell_news(self, live: Live) -> None:
        for which, stream in (("stdout", live.stdout), ("stderr", live.stderr)):
            self._tell(live, which, stream.news())
        live.told()

    def _tell(self, live: Live, which: str, text: str) -> None:
        if live.work and text:
            self._send({"id": live.work.name, "said": [which, text]})

    def _zygote_said(self) -> None:
        data = self._control.recv(_MOST_MESSAGE)
        if not data:
            self._serving = False
            return
        said = json.loads(data)
        live = self._awaited.popleft()
        if "pid" in said:
            live.started(said["pid"])
            self._finish_if_gone(live)
            return
        self._forget(live)
        if live.work:
            self._answer(live.work.name, failed=said["failed"])

    def _reap(self, wakeups: int) -> None:
        os.read(wakeups, 4096)
        if os.waitpid(self._zygote, os.WNOHANG)[0]:
            os.write(2, b"the zygote died\n")
            self._serving = False
            return
        for live in [*self._working, *self._spares.made]:
            self._finish_if_gone(live)

    def _finish_if_gone(self, live: Live) -> None:
        if not live.reap():
            return
        self._spares.rest()
        if live.work is None:
            self._spares.died(live)
            self._forget(live)
            return
        if live.was_spare and not live.has_begun and live.killed_for is None:
            # It died between being chosen and hearing of it: nothing has been run.
            self._forget(live)
            self._assign_to_new(live.work, live.limits)
            return
        if live.work.streams_output:
            self._tell(live, "stdout", live.stdout.last_news())
            self._tell(live, "stderr", live.stderr.last_news())
        self._forget(live)
        try:
            self._answer(live.work.name, ok=self._result(live, live.work))
        except (outcomes.DoorsError, ValueError) as error:
            self._answer(live.work.name, failed=str(error))

    def _forget(self, live: Live) -> None:
        self._working.discard(live)
        self._spares.made.discard(live)
        for stream in live.streams:
            if stream.reading in self._selector.get_map():
                self._selector.unregister(stream.reading)
        live.close()

    def _result(self, live: Live, work: Work) -> dict:
        if work.kind == "run":
            return outcomes.run_result(live)
        if work.kind == "judge":
            return outcomes.judge_result(live)
        if work.kind == "canary":
            return outcomes.canary_result(live)
        database, result = outcomes.rows_result(live)
        if database is None:
            return {"kept": False, "result": result}
        self._keep_rows(str(work.rows), database)
        return {"kept": True, "result": None}

    def _keep_rows(self, digest: str, database: bytes) -> None:
        if old := self._rows.pop(digest, None):
            os.close(old)
        self._rows[digest] = file_of(database)
        if len(self._rows) > _MOST_ROWS_KEPT:
            oldest, descriptor = self._rows.popitem(last=False)
            os.close(descriptor)
            self._spares.rows_gone(oldest)

    def _answer(self, name: str, ok: dict | None = None, failed: str | None = None) -> None:
        self._send({"id": name, "failed": failed} if failed is not None else {"id": name, "ok": ok})

    def _send(self, message: dict) -> None:
        was_idle = not self._outgoing
        self._outgoing += encode(message)
        if was_idle:
            self._selector.register(1, selectors.EVENT_WRITE, self._write)

    def _write(self) -> None:
        del self._outgoing[: os.write(1, self._outgoing)]
        if not self._outgoing:
            self._selector.unregister(1)

    def announce(self, ready: dict) -> None:
        """The first frame: the versions of the runtime, or the fault of the fixture's apps."""
        self._answer("", ok=ready)
