"""Whether what a report holds has the form of a recording: `src/lib/domain/recording.ts`.

It says nothing of whether the program did so: the recording was made beside it.
"""

import json
from collections.abc import Callable

from jail.recorder import MAX_NUMBER

VERSION = 1
MOST_STEPS = 5_000
MOST_BYTES = 1 << 20
MOST_TEXT = 200
MOST_NAME = 120
_MOST_LINE = 2**31
_MOST_FILE = 1024
_PARTS = {"version", "files", "threads", "tasks", "frames", "steps", "cut", "micros"}
_CUTS = (None, "steps", "bytes", "tracing")

_OF_ALL = {"kind", "at", "thread"}
_OF_A_FRAME = _OF_ALL | {"frame", "line"}
# What a step of a kind must have.
_NEEDED = {
    **dict.fromkeys(("call", "line", "return", "raise", "await", "yield", "resume"), _OF_A_FRAME),
    **dict.fromkeys(("received", "view-entered", "view-left", "answered"), _OF_ALL | {"request"}),
    "idle": _OF_ALL | {"until"},
    "query": _OF_ALL | {"until"},
    "hand-over": _OF_ALL | {"hop", "text"},
    "hop-begin": _OF_ALL | {"hop"},
    "hop-end": _OF_ALL | {"hop"},
    "print": _OF_ALL | {"text"},
}
# What it may have, apart from that.
_POSSIBLE = {"task", "frame", "line", "changed", "text", "tasks", "request"}
_ALLOWED = {kind: needed | _POSSIBLE for kind, needed in _NEEDED.items()}


def steps(record: object) -> int | None:
    """The most steps that a request asks for; None: it asks for none. Raises ValueError."""
    if record is not None and (type(record) is not int or not 0 < record <= MOST_STEPS):
        raise ValueError(f"record must be a number of steps from 1 to {MOST_STEPS}, or null")
    return record


def check(recording: object, most_steps: int) -> dict:
    """The recording, if it has the form of one. Raises ValueError."""
    if type(recording) is not dict or set(recording) != _PARTS:
        raise ValueError("its recording has other parts than a recording")
    for part in ("files", "threads", "tasks", "frames", "steps"):
        if type(recording[part]) is not list:
            raise ValueError(f"the {part} of its recording are no list")
    if recording["version"] != VERSION or type(recording["version"]) is not int:
        raise ValueError("its recording is of another version")
    if recording["cut"] not in _CUTS or not _is_whole(recording["micros"]):
        raise ValueError("its recording does not say how long it is")
    # Before anything that takes longer, the more there is.
    if len(recording["steps"]) > most_steps or _size(recording) > MOST_BYTES:
        raise ValueError("its recording is too long")
    _check_lists(recording)
    parts = _parts(recording)
    before = 0
    for step in recording["steps"]:
        _check_step(step, parts)
        if not before <= step["at"] <= recording["micros"]:
            raise ValueError("the time of its recording goes back")
        before = step["at"]
    return recording


def _size(recording: dict) -> int:
    try:
        return len(json.dumps(recording, separators=(",", ":")))
    except RecursionError:
        raise ValueError("its recording is nested too deeply") from None


def _check_lists(recording: dict) -> None:
    files, frames = recording["files"], recording["frames"]
    if not all(_is_text(name, _MOST_FILE) for name in files):
        raise ValueError("a file of its recording has no name")
    if not all(_is_text(name, MOST_NAME) for name in recording["threads"]):
        raise ValueError("a thread of its recording has no name")
    for task in recording["tasks"]:
        _check_form(task, {"name": _is_name, "request": _is_whole}, "a task")
    for number, frame in enumerate(frames):
        # Whoever calls a function has been called before it.
        parent = _below(number)
        form = {
            "function": _is_name,
            "file": _below(len(files)),
            "parent": lambda value, is_one=parent: value is None or is_one(value),
        }
        _check_form(frame, form, "a frame")


def _parts(recording: dict) -> dict[str, Callable[[object], bool]]:
    """What each part of a step must be: of numbers that refer to something, how many there are."""
    is_task = _below(len(recording["tasks"]))
    return _PART | {
        "thread": _below(len(recording["threads"])),
        "task": is_task,
        "tasks": lambda value: type(value) is list and all(map(is_task, value)),
        "frame": _below(len(recording["frames"])),
    }


def _check_step(step: object, parts: dict[str, Callable[[object], bool]]) -> None:
    if type(step) is not dict:
        raise ValueError("a step of its recording is no object")
    kind = step.get("kind")
    # What is no text may not even be looked up.
    if type(kind) is not str or kind not in _NEEDED:
        raise ValueError("a step of its recording is of no kind")
    if not _NEEDED[kind] <= step.keys() or not step.keys() <= _ALLOWED[kind]:
        raise ValueError(f"a step of its recording has other parts than `{kind}`")
    for name, value in step.items():
        if not parts[name](value):
            raise ValueError(f"`{name}` of a step of its recording is out of range")
    if "until" in step and step["until"] < step["at"]:
        raise ValueError("a step of its recording ends before it begins")


def _check_form(value: object, form: dict[str, Callable], what: str) -> None:
    if (
        type(value) is not dict
        or set(value) != set(form)
        or not all(is_right(value[name]) for name, is_right in form.items())
    ):
        raise ValueError(f"{what} of its recording has another form")


def _below(size: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and 0 <= value < size


def _is_whole(value: object) -> bool:
    return type(value) is int and 0 <= value <= MAX_NUMBER


def _is_text(value: object, most: int) -> bool:
    if type(value) is not str or len(value) > most:
        return False
    # Half of a surrogate pair is no text.
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)


def _is_name(value: object) -> bool:
    return _is_text(value, MOST_NAME)


def _are_changes(value: object) -> bool:
    return type(value) is list and all(
        type(change) is list
        and len(change) == 2
        and _is_name(change[0])
        and (change[1] is None or _is_name(change[1]))
        for change in value
    )


_PART: dict[str, Callable[[object], bool]] = {
    "kind": lambda _: True,
    "at": _is_whole,
    "until": _is_whole,
    "hop": _is_whole,
    "request": _is_whole,
    "line": lambda value: type(value) is int and 0 < value <= _MOST_LINE,
    "text": lambda value: _is_text(value, MOST_TEXT),
    "changed": _are_changes,
}
