"""Forks made beforehand: each is used once, by whoever asks next for what it was made for."""

import os
import time

from jail.limits import Limits
from jail.live import Live, Work

# Only when nothing has been asked for this long is the processor free for them: under load they
# would take from the runs more than they give.
_IDLE_SECONDS = 0.01
_MOST_FAILURES = 3


class Spares:
    """Decides how many there are and for what: the limits and rows that were asked for last."""

    def __init__(self, most: int, limits: Limits) -> None:
        self.limits, self.rows = limits, None
        self.made: set[Live] = set()
        self._most = most
        self._ready: list[Live] = []
        self._failures = 0
        self._due = time.monotonic()

    @property
    def due(self) -> float:
        """When the next is to be made, one at a time, if nothing else is to be done until then.

        On the monotonic clock; infinity when none is missing.
        """
        return self._due if self._is_short() else float("inf")

    def take(self, work: Work, limits: Limits) -> Live | None:
        """A ready spare that is what the work needs, or None; and learns what is asked for."""
        if work.kind == "run":
            self.limits, self.rows = limits, work.rows
        for live in self._ready:
            if live.limits == limits and self._has_rows(live, work):
                self._ready.remove(live)
                self.made.discard(live)
                live.was_spare = True
                return live
        return None

    def put_back(self, live: Live) -> None:
        """It turned out to be dead: it is reaped like any other."""
        self.made.add(live)

    def is_ready(self, live: Live) -> None:
        """It has closed its doors and waits."""
        self._ready.append(live)
        self._failures = 0
        self._due = time.monotonic()

    def died(self, live: Live) -> None:
        """It ended without having been used. Several in a row: this host is better off without."""
        if live in self._ready:
            self._ready.remove(live)
        if live.killed_for is None or not live.is_ready:
            self._failures += 1
            said = live.status.data.decode("utf-8", "replace")
            os.write(2, f"a spare died: {said or live.wait_status}\n".encode())
        if self._failures >= _MOST_FAILURES:
            self._most = 0

    def outdated(self) -> list[Live]:
        """Those that are ready for what is no longer asked for."""
        old = [live for live in self._ready if (live.limits, live.rows) != (self.limits, self.rows)]
        self._ready = [live for live in self._ready if live not in old]
        return old

    def rest(self) -> None:
        """Something has just ended: whoever asked may ask again at once."""
        self._due = time.monotonic() + _IDLE_SECONDS

    def rows_gone(self, rows: str) -> None:
        """These rows are no longer kept."""
        if self.rows == rows:
            self.rows = None

    def _is_short(self) -> bool:
        return len(self._ready) < self._most and len(self.made) == len(self._ready)

    def _has_rows(self, live: Live, work: Work) -> bool:
        # A judge looks at no database; rows begin with an empty one.
        return work.kind == "judge" or live.rows == (work.rows if work.kind == "run" else None)
