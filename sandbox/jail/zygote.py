"""The zygote: a runtime, set up once, that forks whenever the supervisor asks.

It never sees a request, a result or an answer: those are files that it hands on unopened. So its
memory, which every run inherits, holds nothing but the runtime and its fixture's apps.
"""

import gc
import json
import os
import socket
import threading
from types import ModuleType

from jail import child, doors, kernel, places, rehearsal, seccomp, trial
from jail.limits import parse

_MOST_BYTES = 4096
_MOST_DESCRIPTORS = 8
# From the third time on, the interpreter has specialised what is to be specialised.
_REHEARSALS = 3


def serve(control: socket.socket, runtime: ModuleType, apps: dict[str, str]) -> None:
    """Sets the runtime up, says its versions, then forks for each job until the channel closes."""
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    # For all runs at once: they inherit it, and it takes nothing from the zygote, which executes no
    # program.
    if not places.on_host:
        kernel.drop_bounding_set()
    control.send(json.dumps(_prepare(runtime, apps)).encode())
    gc.collect()
    gc.freeze()
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, _MOST_BYTES, _MOST_DESCRIPTORS)
        if not data:
            return
        answer = _start(control, runtime, json.loads(data), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        control.send(json.dumps(answer).encode())


def _prepare(runtime: ModuleType, apps: dict[str, str]) -> dict:
    """What to announce: the versions, or what is wrong with the fixture's apps."""
    if apps and (fault := trial.fault_of(runtime, apps)):
        return {"fault": fault}
    try:
        runtime.prepare(apps)
    except BaseException as error:
        if not apps:
            raise
        return {"fault": trial.describe(error, apps)}
    with doors.scratch():
        for _ in range(_REHEARSALS):
            rehearsal.rehearse(runtime)
    seccomp.program()
    return {"versions": runtime.versions()}


def _start(
    control: socket.socket, runtime: ModuleType, job: dict, descriptors: list[int]
) -> dict[str, int | str]:
    """Forks the run. Returns its pid, or why there is none."""
    if threading.active_count() != 1:
        raise RuntimeError("the zygote has a second thread: a fork of it could hang")
    try:
        run = kernel.fork_apart(doors.namespaces(), as_sibling=True)
    except OSError as error:
        return {"failed": f"fork: {error}"}
    if run:
        return {"pid": run}
    try:
        # Its descriptor is closed with all others; the object must not close a later one.
        control.detach()
        places.move_to(job["folder"])
        child.main(runtime, parse(job["limits"]), descriptors, is_spare=job["spare"])
    finally:
        os._exit(1)
