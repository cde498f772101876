"""One fork as the supervisor sees it: its pipes, its clock, its work, its end."""

import codecs
import fcntl
import json
import os
import secrets
import signal
import time
from collections.abc import Sequence

from jail import folders, handover, places, recording_form, report
from jail.child import READY, TAKEN
from jail.frames import MAX_HEADER
from jail.limits import Limits

TIME_LIMIT, OUTPUT_LIMIT, REPORT_LIMIT = "time-limit", "output-limit", "report-limit"
DISK_LIMIT = "disk-limit"
CANCELLED = "cancelled"
MOST_ROWS = 16 * 1024 * 1024
_CHUNK = 64 * 1024
# READY and TAKEN, or why the doors could not be closed. A byte for each input comes on top.
_MOST_STATUS = 1024
# For closing the doors and, in a spare, the rehearsal.
_LONGEST_WAY_IN = 10.0
# A program that writes byte by byte must not keep the supervisor busy.
_TELL_EVERY = 0.02


class Stream:
    """The reading end of a pipe from a run. Keeps at most `cap` bytes."""

    def __init__(self, cap: int) -> None:
        self.reading, self.writing = os.pipe()
        os.set_blocking(self.reading, False)
        self.data = bytearray()
        self.overflowed = False
        self.cap = cap
        self._decoder = _decoder()
        self._decoded = self._told = 0

    def take(self) -> bool:
        """Reads what is there, one chunk at most. False at the end of the pipe."""
        return self._read() != b""

    def drain(self) -> None:
        """Reads all that is there."""
        while self._read():
            pass

    def _read(self) -> bytes | None:
        """What was read; nothing at the end of the pipe, None when there is nothing as yet."""
        try:
            chunk = os.read(self.reading, _CHUNK)
        except BlockingIOError:
            return None
        room = self.cap - len(self.data)
        self.overflowed |= len(chunk) > room
        self.data += chunk[:room]
        return chunk

    def text(self) -> str:
        """The bytes as text; a character that the cap cut in two is left out."""
        return _decoder().decode(bytes(self.data), final=not self.overflowed)

    def news(self) -> str:
        """The text that came since this was last asked, without a character still incomplete."""
        fresh = self._decoder.decode(bytes(self.data[self._decoded :]))
        self._decoded = len(self.data)
        self._told += len(fresh)
        return fresh

    def last_news(self) -> str:
        """What `text` has beyond all news so far."""
        return self.text()[self._told :]

    def close_writing(self) -> None:
        """Drops our copy of the run's end."""
        os.close(self.writing)

    def close(self) -> None:
        """Drops the reading end."""
        os.close(self.reading)


class Work:
    """What a fork is asked to do, and by which name the answer goes back.

    Raises TypeError or ValueError for a header that asks for nothing that can be done.
    """

    def __init__(self, header: dict, body: bytes) -> None:
        self.name: str = header["id"]
        self.kind: str = header["op"]
        self.body = body
        self.rows: str | None = header.get("rows")
        if self.rows is not None and type(self.rows) is not str:
            raise ValueError("rows must be a digest, or null")
        self.streams_output = header.get("stream") is True
        # Whether the answer is to hold the database that the run leaves.
        self.keeps_database = header.get("keepsDatabase") is True
        # The most steps that are recorded of the run; None: it is not.
        self.record = recording_form.steps(header.get("record"))
        inputs = header.get("inputs")
        self.inputs = None if inputs is None else [_line(item) for item in inputs]


class Live:
    """A fork between its making and its end. A spare has no work until someone asks for a run."""

    def __init__(self, limits: Limits, rows: str | None) -> None:
        self.limits, self.rows = limits, rows
        self.folder = folders.Folder(places.folder_for_a_run(), limits)
        self.work: Work | None = None
        self.was_spare = False
        self.token = secrets.token_hex(16)
        self.stdout = Stream(limits.outputBytes)
        self.stderr = Stream(limits.outputBytes)
        self.report = Stream(MOST_ROWS)
        self.status = Stream(_MOST_STATUS)
        self.streams: Sequence[Stream] = (self.stdout, self.stderr, self.report, self.status)
        self.go, self._go_writing = os.pipe()
        os.set_blocking(self._go_writing, False)
        self.body = os.memfd_create("request")
        self._handed, self.handing = handover.channel()
        # What it left, packed, when that was asked for and is there.
        self.database: str | None = None
        self.pid: int | None = None
        self.began = self.deadline = float("inf")
        self.killed_for: str | None = None
        self._doom: str | None = None
        self.wait_status = 0
        self.usage = {"wallMs": 0.0, "cpuMs": 0.0, "peakBytes": 0}
        # When what was written may be told next; infinity while there is nothing to tell.
        self.tell_at = float("inf")
        self._told_at = float("-inf")
        self._cpu_before = 0.0
        self._handed_out = 0

    @property
    def is_ready(self) -> bool:
        """The doors are closed."""
        return self.status.data.startswith(READY)

    @property
    def has_begun(self) -> bool:
        """It has taken the work: from here on, what becomes of it is the program's doing."""
        return self.status.data.startswith(READY + TAKEN)

    @property
    def due(self) -> float:
        """When it is to be checked next, at the latest: on the monotonic clock."""
        return min(self.deadline, self.folder.due) if self._fills_the_host else self.deadline

    @property
    def _fills_the_host(self) -> bool:
        return places.on_host and self.has_begun

    def started(self, pid: int) -> None:
        """The fork exists. The way in is no part of a run's time, however little that may be."""
        self.pid = pid
        if self._doom:
            self.kill(self._doom)
        if self.is_ready:
            # It was quicker than the word of it.
            self.shut_in()
        else:
            self._start_clock(_LONGEST_WAY_IN)

    def shut_in(self) -> None:
        """The doors are closed: the run's time begins. A spare may wait for as long as it likes."""
        if self.work:
            self._start_clock(self.limits.wallMs / 1000)
        else:
            self.deadline = float("inf")

    def assign(self, work: Work) -> None:
        """Says what the fork is for. Raises BrokenPipeError when it is no longer there."""
        _write_all(self.body, work.body)
        if work.kind != "rows":
            self.report.cap = report.MAX_BYTES
        job = {"kind": work.kind, "token": self.token, "inputs": work.inputs is not None}
        job |= {"settles": work.keeps_database, "record": work.record}
        os.write(self._go_writing, json.dumps(job).encode() + b"\n")
        self.work = work
        if work.inputs is None:
            self._close_go()
        else:
            # Room for all of them, however the run asks: no line is ever written in part.
            fcntl.fcntl(self._go_writing, fcntl.F_SETPIPE_SZ, 2 * MAX_HEADER)
            # One byte more asks whether there is another.
            self.status.cap += len(work.inputs) + 1
        if self.pid is not None:
            self._cpu_before = time.clock_gettime(cpu_clock(self.pid))
            self._start_clock(self.limits.wallMs / 1000)

    def _start_clock(self, seconds: float) -> None:
        self.began = time.monotonic()
        self.deadline = self.began + seconds

    def hand_out(self) -> None:
        """Gives the inputs that were asked for since, each once; after the last one, the end."""
        if self._go_writing < 0 or self.work is None or self.work.inputs is None:
            return
        asked = len(self.status.data) - len(READY + TAKEN)
        while self._handed_out < min(asked, len(self.work.inputs)):
            try:
                os.write(self._go_writing, self.work.inputs[self._handed_out])
            except (BlockingIOError, BrokenPipeError):
                # It asks without reading, or is gone: an honest drive does neither.
                return
            self._handed_out += 1
        if asked > len(self.work.inputs):
            self._close_go()

    def has_news(self) -> None:
        """The run wrote something: told at once, but not more often than a person could see."""
        self.tell_at = max(time.monotonic(), self._told_at + _TELL_EVERY)

    def told(self) -> None:
        """All that it wrote has been told."""
        self.tell_at, self._told_at = float("inf"), time.monotonic()

    def check(self) -> None:
        """Kills the run when it is over a limit that this side keeps."""
        if self.stdout.overflowed or self.stderr.overflowed:
            self.kill(OUTPUT_LIMIT)
        elif self.report.overflowed or self.status.overflowed:
            self.kill(REPORT_LIMIT)
        elif time.monotonic() >= self.deadline:
            self.kill(TIME_LIMIT)
        elif self._fills_the_host and self.folder.is_overfull():
            self.kill(DISK_LIMIT)

    def kill(self, reason: str) -> None:
        """Kills process 1 of the run's namespace, and so all of it. The first reason stands."""
        if self.pid is None:
            # The zygote has not said yet who it is.
            self._doom = self._doom or reason
        elif self.killed_for is None:
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
        cpu = used.ru_utime + used.ru_stime - self._cpu_before
        self.usage = {
            "wallMs": round((time.monotonic() - self.began) * 1000, 3),
            "cpuMs": round(max(0.0, cpu) * 1000, 3),
            "peakBytes": used.ru_maxrss * 1024,
        }
        for stream in self.streams:
            stream.drain()
        if self.stdout.overflowed or self.stderr.overflowed:
            self.killed_for = OUTPUT_LIMIT
        if self.work and self.work.keeps_database:
            self.database = handover.take(self._handed)
        return True

    def drop_theirs(self) -> None:
        """Closes our copies of the ends that the fork has."""
        for stream in self.streams:
            stream.close_writing()
        os.close(self.go)
        self.handing.close()

    def close(self) -> None:
        """Lets go of everything."""
        for stream in self.streams:
            stream.close()
        self._close_go()
        os.close(self.body)
        self._handed.close()
        if places.on_host:
            self.folder.remove()

    def _close_go(self) -> None:
        if self._go_writing >= 0:
            os.close(self._go_writing)
            self._go_writing = -1


def file_of(data: bytes) -> int:
    """The data as a file without a name, which can be handed on."""
    descriptor = os.memfd_create("handed-over")
    _write_all(descriptor, data)
    return descriptor


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def cpu_clock(pid: int) -> int:
    """The clock of the processor time that a process has used: clock_getcpuclockid(3)."""
    return (~pid << 3) | 2


def _decoder() -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder("utf-8")("replace")


def _line(item: object) -> bytes:
    """As bytes, no longer than in the header: so the pipe holds them all."""
    text = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"
