"""Inputs of a drive, handed out one at a time: a run never holds one that it did not ask for."""

import os

from jail import canonical, doors

_CHUNK = 4096


class Inputs:
    """Iterates over them, once. Asks by a byte on STATUS; the answer is a line of JSON on GO."""

    def __init__(self) -> None:
        self._buffer = b""

    def __iter__(self) -> "Inputs":
        return self

    def __next__(self) -> object:
        os.write(doors.STATUS, b"?")
        while b"\n" not in self._buffer:
            more = os.read(doors.GO, _CHUNK)
            if not more:
                raise StopIteration
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        return canonical.parse(line)
