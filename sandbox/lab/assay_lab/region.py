"""Memory that a worker shares with the supervisor, which reads it when the worker is dead.

Records have a fixed size, so that nothing has to be parsed, and are there even of a worker that
never comes to an end. What is in it is the program's to forge: a number is only ever a number.
"""

import mmap
import struct

from jail.recorder import KINDS

# How far the process has come.
NOTHING, SHUT_IN, READY = range(3)
MOST_EVENTS = 20_000
MOST_TEXT = 32 * 1024

_HEAD_BYTES = 64
_EVENT = struct.Struct("<BxHIQQ")
_STATE, _CUT = struct.Struct("<I"), struct.Struct("<I")
_COUNT, _TICKS, _GAP, _LAST, _PEAK = (struct.Struct("<Q") for _ in range(5))
_AT = {
    "state": 0,
    "cut": 4,
    "events": 8,
    "ticks": 16,
    "gap": 24,
    "last": 32,
    "text": 40,
    "peak": 48,
}
_TEXT = struct.Struct("<I")
# In microseconds, and as a sum, these are numbers that every reader can hold exactly.
_MOST_TIME, _MOST_TICKS = 2**62, 2**32


class Region:
    """One process's memory: state, loop, a text, events."""

    def __init__(self, most_events: int) -> None:
        self._most = most_events
        self._memory = mmap.mmap(-1, _HEAD_BYTES + MOST_TEXT + _EVENT.size * most_events)
        self._events = 0

    @property
    def state(self) -> int:
        """How far the process says it has come."""
        return _STATE.unpack_from(self._memory, _AT["state"])[0]

    def reached(self, state: int) -> None:
        """Says how far this process has come."""
        _STATE.pack_into(self._memory, _AT["state"], state)

    def note(self, kind: int, thread: int, request: int, at: int, ticks: int) -> None:
        """Adds an event; those that have no room are left out, and that is said."""
        if self._events >= self._most:
            _CUT.pack_into(self._memory, _AT["cut"], 1)
            return
        place = _HEAD_BYTES + MOST_TEXT + self._events * _EVENT.size
        _EVENT.pack_into(self._memory, place, kind, min(thread, 0xFFFF), request, at, ticks)
        self._events += 1
        _COUNT.pack_into(self._memory, _AT["events"], self._events)

    def loop(self, ticks: int, longest_gap: int, last: int) -> None:
        """Says how often the event loop has turned, and how long it did not; nanoseconds."""
        _TICKS.pack_into(self._memory, _AT["ticks"], ticks)
        _GAP.pack_into(self._memory, _AT["gap"], longest_gap)
        _LAST.pack_into(self._memory, _AT["last"], last)

    def peak(self, kibibytes: int) -> None:
        """Says how much memory this process has held at most."""
        _PEAK.pack_into(self._memory, _AT["peak"], kibibytes)

    def tell(self, text: bytes) -> None:
        """Leaves a text, unless there is one or it is too long."""
        if len(text) > MOST_TEXT or _TEXT.unpack_from(self._memory, _AT["text"])[0]:
            return
        self._memory[_HEAD_BYTES : _HEAD_BYTES + len(text)] = text
        _TEXT.pack_into(self._memory, _AT["text"], len(text))

    def read(self) -> dict:
        """All of it, when nobody writes to it any more. Numbers beyond their range are left out."""
        copy = bytes(self._memory)
        count = min(_COUNT.unpack_from(copy, _AT["events"])[0], self._most)
        length = _TEXT.unpack_from(copy, _AT["text"])[0]
        gap, last = (
            min(each.unpack_from(copy, _AT[name])[0], _MOST_TIME)
            for each, name in ((_GAP, "gap"), (_LAST, "last"))
        )
        first = _HEAD_BYTES + MOST_TEXT
        rows = _EVENT.iter_unpack(copy[first : first + count * _EVENT.size])
        return {
            "events": [row for row in rows if _is_possible(*row)],
            "cut": _CUT.unpack_from(copy, _AT["cut"])[0] != 0,
            "ticks": min(_TICKS.unpack_from(copy, _AT["ticks"])[0], _MOST_TICKS),
            "peak": min(_PEAK.unpack_from(copy, _AT["peak"])[0], _MOST_TICKS),
            "gap": gap,
            "last": last,
            "text": copy[_HEAD_BYTES : _HEAD_BYTES + min(length, MOST_TEXT)],
        }


def _is_possible(kind: int, _thread: int, _request: int, at: int, ticks: int) -> bool:
    return kind < len(KINDS) and at < _MOST_TIME and ticks < _MOST_TICKS
