"""One lab run: its processes from the first to the last, and what is told of it."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType

from jail import doors, kernel, live
from jail.limits import Limits

from assay_lab import network, telling
from assay_lab.attendant import Attendant, AttendantError
from assay_lab.load import Load
from assay_lab.master import Master
from assay_lab.region import MOST_EVENTS, READY, SHUT_IN, Region
from assay_lab.upstream import Upstream

# For setting the framework up; the program's own time begins after that.
_LONGEST_WAY_IN = 30.0
_EVERY = 0.005
# For what was told on the way to the answer that the client already has.
_AFTERWARDS = 0.05
_LONGEST_LAST_WORD = 2.0
_LONGEST_REPORT = 5.0
# Of processes and threads, from the master to its last worker.
_MOST_NUMBERS = 4096


class LabRun:
    """Made for one request; used once."""

    def __init__(self, runtime: ModuleType, request: dict, limits: Limits) -> None:
        self._limits, self._request = limits, request
        workers = request["workers"]
        self._own = Region(0)
        self._regions = [Region(MOST_EVENTS // workers) for _ in range(workers)]
        self._master = Master(runtime, request, self._own, self._regions)
        self._streams = [live.Stream(limits.outputBytes) for _ in range(2)]
        self._attendants: list[Attendant] = []
        self._group = self._began = self._until = 0
        self._was_set_up = False
        self._ended: tuple[int, float, int] | None = None

    def canaries(self) -> dict:
        """What a worker that is shut in found when it tried its doors."""
        with network.listen(network.SERVER) as server, network.listen(network.UPSTREAM):
            self._start_group(server.fileno())
            self._wait_until(time.monotonic() + _LONGEST_WAY_IN, self._is_gone)
            self._end_group()
        return telling.canaries(self._own, self._regions[0])

    def result(self, is_given_up: Callable[[], bool]) -> dict:
        """Makes the run. Raises AttendantError when a process of ours failed."""
        with network.listen(network.SERVER) as server, network.listen(network.UPSTREAM) as slow:
            try:
                upstream = self._help(Upstream().main, (), slow.fileno())
                load = self._help(self._load().main, (network.SERVER,))
                self._wait_until(time.monotonic() + _LONGEST_WAY_IN, self._are_shut_in)
                if not self._are_shut_in():
                    raise AttendantError("an attendant was not shut in in time")
                self._start_group(server.fileno())
                stopped = self._serve(load, is_given_up)
                client = self._report_of(load)
                self._end_group()
                calls = self._report_of(upstream)
            finally:
                self._end_group()
                self._end_attendants()
        seen = telling.Seen(
            stopped=stopped,
            was_set_up=self._was_set_up,
            client=client,
            upstream=calls,
            limits=self._limits,
            own=self._own.read(),
            workers=[region.read() for region in self._regions],
            ended=self._ended or (0, 0.0, 0),
            wall=time.monotonic() - self._began,
            until=self._until,
        )
        stdout, stderr = self._streams
        return telling.result(seen, is_asgi=self._request["server"] == "asgi") | {
            "stdout": stdout.text(),
            "stderr": stderr.text(),
            "truncated": {"stdout": stdout.overflowed, "stderr": stderr.overflowed},
        }

    def _load(self) -> Load:
        asked = self._request
        return Load(asked["requests"], asked["atOnce"], asked["path"])

    def _help(self, work: Callable[[], dict], ports: tuple[int, ...], *given: int) -> Attendant:
        attendant = Attendant(work, ports, given)
        self._attendants.append(attendant)
        return attendant

    def _are_shut_in(self) -> bool:
        return all(attendant.is_ready for attendant in self._attendants)

    def _start_group(self, server: int) -> None:
        self._began = time.monotonic()
        self._group = kernel.fork_apart(doors.namespaces())
        if self._group == 0:
            try:
                given = [*(stream.writing for stream in self._streams), server]
                self._master.main(self._limits, given)
            finally:
                os._exit(1)
        for stream in self._streams:
            stream.close_writing()

    def _serve(self, load: Attendant, is_given_up: Callable[[], bool]) -> str | None:
        """Until the load is over. Returns why it was not, when it was not."""
        steps = [
            (_LONGEST_WAY_IN, lambda: self._own.state >= SHUT_IN, None),
            (None, self._are_serving, load.go),
            (None, lambda: load.has_reported, None),
        ]
        deadline = 0.0
        for seconds, is_done, then in steps:
            if seconds is not None:
                deadline = time.monotonic() + seconds
            elif then:
                # The program is loaded from here on: that is its own time.
                self._began = time.monotonic()
                deadline = self._began + self._limits.wallMs / 1000
            stopped = self._step(deadline, is_done, is_given_up)
            if stopped:
                return telling.SET_UP if stopped == live.TIME_LIMIT and seconds else stopped
            self._was_set_up = True
            if then:
                then()
        time.sleep(_AFTERWARDS)
        if any(row[-1] for row in load.report()["requests"]):
            # A connection was lost: if that is since a worker ended, it is told in a moment.
            self._wait_until(time.monotonic() + _LONGEST_LAST_WORD, self._is_gone)
        return telling.ENDED if self._is_gone() else None

    def _are_serving(self) -> bool:
        return all(region.state == READY for region in self._regions)

    def _step(
        self, deadline: float, is_done: Callable[[], bool], is_given_up: Callable[[], bool]
    ) -> str | None:
        found: list[str] = []

        def is_over() -> bool:
            if any(stream.overflowed for stream in self._streams):
                found.append(live.OUTPUT_LIMIT)
            elif is_given_up():
                found.append(live.CANCELLED)
            elif not is_done():
                # The client may have had its last answer from a worker that is gone by now.
                if self._is_gone():
                    found.append(telling.ENDED)
                return bool(found)
            return True

        if not self._wait_until(deadline, is_over):
            return live.TIME_LIMIT
        return found[0] if found else None

    def _wait_until(self, deadline: float, is_over: Callable[[], bool]) -> bool:
        """Hears what is said meanwhile. False when the time is up."""
        while not is_over():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            for stream in self._streams:
                stream.take()
            time.sleep(min(_EVERY, left))
        return True

    def _is_gone(self) -> bool:
        if self._ended is None and self._group:
            pid, status, used = os.wait4(self._group, os.WNOHANG)
            if pid:
                self._ended = (status, used.ru_utime + used.ru_stime, used.ru_maxrss)
        return self._ended is not None

    def _end_group(self) -> None:
        """Kills process 1 of its namespaces, and so all of it. Reads what it left."""
        if self._group and not self._is_gone():
            self._until = time.monotonic_ns()
            of_workers = self._used_by_workers()
            os.kill(self._group, signal.SIGKILL)
            _, status, used = os.wait4(self._group, 0)
            self._ended = (status, used.ru_utime + used.ru_stime + of_workers, used.ru_maxrss)
        for stream in self._streams:
            stream.drain()

    def _used_by_workers(self) -> float:
        """Seconds of processor time. What dies with its namespace is not added to its parent's.

        The workers have the numbers behind the master's: nobody else was made after it.
        """
        seconds = 0.0
        for pid in range(self._group + 1, self._group + _MOST_NUMBERS):
            with suppress(OSError):
                seconds += time.clock_gettime(live.cpu_clock(pid))
        return seconds

    def _report_of(self, attendant: Attendant) -> dict:
        attendant.stop()
        deadline = time.monotonic() + _LONGEST_REPORT
        while not attendant.has_reported and time.monotonic() < deadline:
            time.sleep(_EVERY)
        return attendant.report()

    def _end_attendants(self) -> None:
        for attendant in self._attendants:
            attendant.stop()
            os.kill(attendant.pid, signal.SIGKILL)
            os.waitpid(attendant.pid, 0)
