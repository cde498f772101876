"""What a recorded run did, step by step; `src/lib/domain/recording.ts` has the format.

It is made in the program's own process and is a claim like all that a run says of itself:
`recording_form.py` checks what comes of it where the program never was. It takes no locks, since a
finaliser or a signal handler of the program may run in the middle of anything here. What two
threads do to each other is put right in the end: steps are sorted by their time.
"""

import json
import threading
import time
from itertools import count

from jail.recording_form import MOST_BYTES, MOST_TEXT, VERSION
from jail.safe_text import cut
from jail.tasks import Tasks, added, request_number

# Some room for what a last step names, and for what threads count past each other.
_BYTES = MOST_BYTES - (1 << 17)
# Digits that `until` may still gain.
_LATER = 16
# Two rests of the loop with no more than this between them, in microseconds, are told as one: a
# timer of the harness is nothing that a reader waits for.
_SHORT = 1_000

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_now = time.monotonic_ns


class Recording:
    """Collects steps from every thread until there are enough; `cut` then says of what."""

    def __init__(self, most: int, files: list[str], own_files: dict[str, int], thread: str) -> None:
        self.cut: str | None = None
        self.is_over = False
        self.tasks = Tasks(own_files)
        self.hops = count()
        self._most = most
        self._files = files
        # Of the first thread. Others are numbered as they appear; the events of requests number
        # theirs, and must not be numbered otherwise because somebody looks.
        self._thread_name = thread
        self._threads: list[object] = []
        self._frames: list[dict] = []
        self._steps: list[dict] = []
        self._bytes = sum(6 * len(name) + 8 for name in files)
        self._began: int | None = None
        self._here = threading.local()

    def new_frame(self, function: str, file: int, parent: int | None) -> int:
        """Numbers a call of a function."""
        frame = {"function": function, "file": file, "parent": parent}
        self._bytes += len(_encode(frame)) + 1
        return added(self._frames, frame)

    def add(self, kind: str, **parts: object) -> dict | None:
        """Adds a step of this thread; parts that are None are left out. None when it is over."""
        if self.is_over:
            return None
        here = self._here
        task = self.tasks.current()
        step = {"kind": kind, "at": 0, "thread": self._thread()}
        if task is not None:
            step["task"] = task
        elif "request" not in parts and (number := request_number()):
            step["request"] = number
        step |= {name: part for name, part in parts.items() if part is not None}
        self._bytes += len(_encode(step)) + _LATER
        if len(self._steps) >= self._most:
            self.end("steps")
        elif self._bytes + self.tasks.size > _BYTES:
            self.end("bytes")
        else:
            step["at"] = self.clock()
            here.last = step
            self._steps.append(step)
            return step
        return None

    def add_idle(self) -> dict | None:
        """The loop of this thread rests. One rest after another is still the same."""
        last = getattr(self._here, "last", None)
        if last and last["kind"] == "idle" and self.clock() - last["until"] <= _SHORT:
            return None if self.is_over else last
        return self.add("idle", until=0)

    def add_print(self, text: str, **where: object) -> None:
        """Something was printed. What belongs to one line is one step."""
        last = getattr(self._here, "last", None)
        if last and last["kind"] == "print" and not self._here.line_ended and not self.is_over:
            before = last["text"]
            last["text"] = shortened(before + text.removesuffix("\n"))
            self._bytes += 6 * (len(last["text"]) - len(before))
        else:
            self.add("print", text=shortened(text.removesuffix("\n")), **where)
        self._here.line_ended = text.endswith("\n")

    def add_text_of_raise(self, caller: int, text: str) -> None:
        """What comes to the caller is what has just left the function that it called."""
        last = getattr(self._here, "last", None)
        if not last or last["kind"] != "raise" or "text" in last or self.is_over:
            return
        if self._frames[last["frame"]]["parent"] == caller:
            last["text"] = text
            self._bytes += 6 * len(text)

    def clock(self) -> int:
        """Microseconds since the first step."""
        now = _now()
        if self._began is None:
            self._began = now
        return (now - self._began) // 1000

    def end(self, why: str) -> None:
        """It does not go on to the end of the run."""
        self.cut = self.cut or why
        self.is_over = True

    def result(self) -> dict:
        """All of it. What is noted later is not told."""
        self.is_over = True
        steps = sorted(self._steps, key=lambda step: step["at"])[: self._most]
        # A thread that still runs may have been quicker than the clock.
        micros = max([self.clock(), *(step["at"] for step in steps[-1:])])
        for step in steps:
            if "until" in step:
                # What has not ended when the run does, ends then.
                step["until"] = max(step["until"] or micros, step["at"])
        others = (f"worker-{number}" for number in range(1, len(self._threads)))
        return {
            "version": VERSION,
            "files": self._files,
            "threads": [self._thread_name, *others][: len(self._threads)],
            "tasks": self.tasks.told,
            "frames": self._frames,
            "steps": steps,
            "cut": self.cut,
            "micros": micros,
        }

    def _thread(self) -> int:
        number = getattr(self._here, "number", None)
        if number is None:
            number = self._here.number = added(self._threads, object())
            self._bytes += 16
        return number


def shortened(text: str) -> str:
    """A statement, or what was printed. Takes exact `str` only."""
    return cut(text, MOST_TEXT)
