"""Stands in for `jail/main.py` in a copy of the sandbox: the same, with a clock at every phase.

The original lies beside it as `started.py`. What was measured leaves a run as the last line of its
stderr. Never used outside the benchmark: the run is told where its time goes.
"""

import cProfile
import json
import os
import re
import resource
import runpy
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

sys.path.append(str(Path(__file__).parents[1]))

from jail import child, doors, execution, kernel, landlock, program, seccomp, zygote

_JAIL = Path(__file__).parent
_PHASES = [
    (doors, "place_descriptors"),
    (doors, "own_file_system"),
    (doors, "close_doors"),
    (kernel, "drop_capabilities"),
    (landlock, "restrict"),
    (seccomp, "install"),
    (doors, "clean_surroundings"),
    (child, "_wait"),
    (program, "load"),
    (program, "wind_up"),
]
_MOST_FUNCTIONS = 200
_marks: list[list] = []


def main() -> None:
    """Puts the clocks in place, then does what the original does."""
    for module, name in _PHASES:
        setattr(module, name, _timed(name, getattr(module, name)))
    # A global of the module hides the function that Python has built in.
    program.compile = _timed("compile", compile)
    zygote._start = _first(zygote._start)
    zygote.serve = _with_runtime(zygote.serve)
    child.main = _noted("in_the_run", child.main)
    profiling = (_JAIL / "by-function").exists()
    timed = _timed("run", execution.run)
    execution.run = _telling(_by_function(execution.run) if profiling else timed)
    runpy.run_path(str(_JAIL / "started.py"), run_name="__main__")


def _timed(name: str, function: Callable) -> Callable:
    def timed(*args: object, **named: object) -> object:
        began, faults = time.monotonic_ns(), _faults()
        try:
            return function(*args, **named)
        finally:
            _marks.append([name, began, time.monotonic_ns(), _faults() - faults])

    return timed


def _noted(name: str, function: Callable) -> Callable:
    """For what never returns: when it begins."""

    def noted(*args: object, **named: object) -> object:
        now = time.monotonic_ns()
        _marks.append([name, now, now, 0])
        return function(*args, **named)

    return noted


def _first(function: Callable) -> Callable:
    noted = _noted("asked", function)

    def first(*args: object) -> object:
        # What the zygote did before, and for others, is none of this run's.
        _marks.clear()
        return noted(*args)

    return first


def _with_runtime(function: Callable) -> Callable:
    def serve(control: object, runtime: ModuleType, *args: object) -> object:
        runtime.enter = _timed("enter", runtime.enter)
        return function(control, runtime, *args)

    return serve


def _telling(function: Callable) -> Callable:
    def run(*args: object, **named: object) -> object:
        _forget_rehearsal()
        told: list = []
        code = function(
            *args, **named, **({"told": told} if function.__name__ == "profiled" else {})
        )
        line = json.dumps({"marks": _marks, "functions": told}) + "\n"
        os.write(2, line.encode())
        return code

    return run


def _forget_rehearsal() -> None:
    """A spare has rehearsed before it was asked: only what follows is this run's."""
    waited = next(index for index, mark in enumerate(_marks) if mark[0] == "_wait")
    before = [mark for mark in _marks[:waited] if mark[0] not in ("load", "compile", "wind_up")]
    _marks[:] = before + _marks[waited:]


def _by_function(function: Callable) -> Callable:
    def profiled(*args: object, told: list, **named: object) -> object:
        profiles: list[cProfile.Profile] = []
        threading.setprofile(lambda *_: _begin(profiles))
        _begin(profiles)
        code = function(*args, **named)
        profiles[0].disable()
        entries = [entry for profile in profiles for entry in profile.getstats()]
        entries.sort(key=lambda entry: -entry.inlinetime)
        told += [
            [_named(entry.code), entry.callcount, entry.inlinetime]
            for entry in entries[:_MOST_FUNCTIONS]
        ]
        return code

    return profiled


def _begin(profiles: list[cProfile.Profile]) -> None:
    """In the thread that is to be watched. Waiting is not counted: only what it computes."""
    profile = cProfile.Profile(time.thread_time)
    profiles.append(profile)
    profile.enable()


def _named(code: object) -> str:
    if isinstance(code, str):
        # Without the address, which differs from one container to the next.
        return re.sub(r" at 0x[0-9a-f]+", "", code)
    short = "/".join(code.co_filename.split("/")[-3:])
    return f"{short}:{code.co_firstlineno} {code.co_name}"


def _faults() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


if __name__ == "__main__":
    main()
