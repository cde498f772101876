"""The processes of ours that stand beside the servers: forked, shut in, told when, and heard.

They run no code of a learner's, but read what such code sends them: so they have a worker's doors.
"""

import json
import logging
import os
from collections.abc import Callable, Sequence

from jail import doors, seccomp
from jail.limits import Limits

READY = b"ready\n"
REPORT, GO, SOCKET = 3, 4, 5
_MOST_REPORT = 4 * 1024 * 1024
_MOST_DESCRIPTORS = 512
_CHUNK = 1 << 18
_LIMITS = Limits(cpuMs=60_000, memoryBytes=512 * 1024 * 1024)


class AttendantError(Exception):
    """It could not be shut in, or did not report: nothing of this run can be relied on."""


class Attendant:
    """One of them, as the supervisor has it."""

    def __init__(
        self, work: Callable[[], dict], ports: Sequence[int], given: Sequence[int] = ()
    ) -> None:
        reading, report = os.pipe()
        go, self._go = os.pipe()
        self.reading, self._said, self._is_gone = reading, bytearray(), False
        self.pid = os.fork()
        if self.pid == 0:
            _become(work, ports, [report, go, *given])
        os.close(report)
        os.close(go)
        os.set_blocking(self.reading, False)

    @property
    def is_ready(self) -> bool:
        """Whether it is shut in. Raises AttendantError when it is not, and is gone."""
        self.hear()
        if self._is_gone and not self._said.startswith(READY):
            raise AttendantError("an attendant could not be shut in")
        return self._said.startswith(READY)

    @property
    def has_reported(self) -> bool:
        """Whether all that it will say has been heard."""
        self.hear()
        return self._is_gone

    def hear(self) -> None:
        """Takes what it has said since. It ends when it has said all."""
        while not self._is_gone:
            try:
                chunk = os.read(self.reading, _CHUNK)
            except BlockingIOError:
                return
            self._said += chunk
            self._is_gone = not chunk or len(self._said) > _MOST_REPORT

    def go(self) -> None:
        """It may begin."""
        os.write(self._go, b"+")

    def stop(self) -> None:
        """It shall report what it has."""
        if self._go >= 0:
            os.close(self._go)
            self._go = -1

    def report(self) -> dict:
        """What it has reported. Raises AttendantError."""
        try:
            return json.loads(self._said.removeprefix(READY))
        except ValueError:
            raise AttendantError("an attendant did not report") from None


def _become(work: Callable[[], dict], ports: Sequence[int], given: list[int]) -> None:
    """Never returns."""
    code = 1
    try:
        nothing = os.open("/dev/null", os.O_RDWR)
        doors.place_descriptors([nothing, 2, *given])
        doors.close_doors(_LIMITS, seccomp.SERVER, descriptors=_MOST_DESCRIPTORS, ports=ports)
        logging.disable()
        os.write(REPORT, READY)
        rest = memoryview(json.dumps(work()).encode())
        while rest:
            rest = rest[os.write(REPORT, rest) :]
        code = 0
    finally:
        os._exit(code)
