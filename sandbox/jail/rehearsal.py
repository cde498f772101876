"""Running a small program beforehand, for the sake of what it leaves in memory.

In the zygote: code that the interpreter has specialised, modules that are imported. In a spare
fork: pages that are its own already. A program must not be able to tell: whatever counts or names
things starts anew afterwards, and `tests/contract/sandbox-spares.test.ts` compares.
"""

import asyncio
import itertools
import linecache
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

from jail import drive, execution, program
from jail.recorder import Recorder

_FILE = "program.py"


def rehearse(runtime: ModuleType) -> None:
    """Drives the runtime's own small program once, and forgets it. Raises what that raises."""
    streams, arguments, path = (sys.stdout, sys.stderr), sys.argv[:], sys.path[:]
    asyncio.set_event_loop_policy(_Policy())
    try:
        with open(os.devnull, "w") as nowhere:
            sys.stdout = sys.stderr = nowhere
            _drive(runtime)
    finally:
        sys.stdout, sys.stderr = streams
        sys.argv[:], sys.path[:] = arguments, path
        _forget(runtime)


def _drive(runtime: ModuleType) -> None:
    runtime.enter(None)
    recorder, findings = Recorder(), execution.Findings(_FILE)
    source, serve, steps = runtime.REHEARSAL
    module = program.load(source, _FILE, "program")
    client = execution.client(runtime, module, serve, recorder, findings)
    recorder.begin()
    drive.run(steps, module, client, recorder, drive.Observed())
    if findings.error:
        raise RuntimeError(f"the rehearsal failed: {findings.error}")


def _forget(runtime: ModuleType) -> None:
    asyncio.set_event_loop_policy(None)
    runtime.forget()
    for name in (_FILE, drive.FILE):
        linecache.cache.pop(name, None)
    sys.modules.pop("program", None)
    # The names of threads count from here.
    threading._counter = itertools.count(1).__next__
    ThreadPoolExecutor._counter = itertools.count().__next__
    runtime.begin()


class _Policy(asyncio.DefaultEventLoopPolicy):
    """Its loops name their tasks: the interpreter's own count of unnamed ones cannot be reset."""

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        loop = super().new_event_loop()
        loop.set_task_factory(_named)
        return loop


def _named(loop: asyncio.AbstractEventLoop, coroutine: object, **more: object) -> asyncio.Task:
    return asyncio.Task(coroutine, loop=loop, **(more | {"name": "rehearsal"}))
