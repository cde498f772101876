"""One run as the supervisor sees it: its pipes, its clock, its end."""

import os
import secrets
import signal
import time
from collections.abc import Sequence

from jail import report
from jail.limits import Limits

TIME_LIMIT, OUTPUT_LIMIT, REPORT_LIMIT = "time-limit", "output-limit", "report-limit"
MOST_ROWS = 16 * 1024 * 1024
_CHUNK = 64 * 1024
_MOST_STATUS = 1024


class Stream:
    """The reading end of a pipe from a run. Keeps at most `cap` bytes."""

    def __init__(self, cap: int) -> None:
        self.reading, self.writing = os.pipe()
        os.set_blocking(self.reading, False)
        self.data = bytearray()
        self.overflowed = False
        self._cap = cap

    def take(self) -> bool:
        """Reads what is there, one chunk at most. False at the end of the pipe, or when none is."""
        try:
            chunk = os.read(self.reading, _CHUNK)
        except BlockingIOError:
            return False
        room = self._cap - len(self.data)
        self.overflowed |= len(chunk) > room
        self.data += chunk[:room]
        return bool(chunk)

    def text(self) -> str:
        """The bytes as text; a character that the cap cut in two is left out."""
        data = bytes(self.data)
        if self.overflowed:
            data = _whole_characters(data)
        return data.decode("utf-8", "replace")

    def close_writing(self) -> None:
        """Drops our copy of the run's end."""
        os.close(self.writing)

    def close(self) -> None:
        """Drops the reading end."""
        os.close(self.reading)


class Live:
    """A run between its request and its answer."""

    def __init__(self, name: str, kind: str, limits: Limits) -> None:
        self.name, self.kind, self.limits = name, kind, limits
        self.token = secrets.token_hex(16)
        self.stdout = Stream(limits.outputBytes)
        self.stderr = Stream(limits.outputBytes)
        self.report = Stream(MOST_ROWS if kind == "rows" else report.MAX_BYTES)
        self.status = Stream(_MOST_STATUS)
        self.streams: Sequence[Stream] = (self.stdout, self.stderr, self.report, self.status)
        self.pid: int | None = None
        self.began = self.deadline = float("inf")
        self.killed_for: str | None = None
        self.wait_status = 0
        self.usage = {"wallMs": 0.0, "cpuMs": 0.0, "peakBytes": 0}

    def started(self, pid: int) -> None:
        """The run exists; its clock runs from here."""
        self.pid = pid
        self.began = time.monotonic()
        self.deadline = self.began + self.limits.wallMs / 1000

    def check(self) -> None:
        """Kills the run when it is over a limit that this side keeps."""
        if self.stdout.overflowed or self.stderr.overflowed:
            self.kill(OUTPUT_LIMIT)
        elif self.report.overflowed:
            self.kill(REPORT_LIMIT)
        elif time.monotonic() >= self.deadline:
            self.kill(TIME_LIMIT)

    def kill(self, reason: str) -> None:
        """Kills process 1 of the run's namespace, and so all of it. The first reason stands."""
        if self.killed_for is None and self.pid is not None:
            self.killed_for = reason
            # Not yet reaped, so the number is still this run's.
            os.kill(self.pid, signal.SIGKILL)

    def reap(self) -> bool:
        """True when the process is gone, and all that it wrote is here."""
        if self.pid is None:
            return False
        pid, self.wait_status, used = os.wait4(self.pid, os.WNOHANG)
        if pid == 0:
            return False
        self.usage = {
            "wallMs": round((time.monotonic() - self.began) * 1000, 3),
            "cpuMs": round((used.ru_utime + used.ru_stime) * 1000, 3),
            "peakBytes": used.ru_maxrss * 1024,
        }
        for stream in self.streams:
            while stream.take():
                pass
        if self.stdout.overflowed or self.stderr.overflowed:
            self.killed_for = OUTPUT_LIMIT
        return True

    def close(self) -> None:
        """Lets go of the pipes."""
        for stream in self.streams:
            stream.close()


def _whole_characters(data: bytes) -> bytes:
    """Without a trailing character that is not complete."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte & 0xC0 == 0x80:
            continue
        length = 1 if byte < 0x80 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
        return data[:-back] if length > back else data
    return data
