"""A fixture's apps, installed once in a fork with closed doors before the zygote installs them.

The zygote must have them in its own memory, and its doors are open. What an honest mistake does
there (leave, hang, fork) would end it without a word; here it is caught and told.
"""

import importlib
import json
import os
import pkgutil
import signal
import time
from types import ModuleType

from jail import doors, errors, kernel
from jail.limits import Limits

# Setting a framework up takes longer than a run, on a busy host much longer.
_LIMITS = Limits(wallMs=20_000, cpuMs=8_000)
_EVERY = 0.01
_MOST = 1 << 16


def fault_of(runtime: ModuleType, apps: dict[str, str]) -> dict | None:
    """What is wrong with the apps, as an error with the file it is in; None when nothing is."""
    receive, send = os.pipe()
    trial = kernel.fork_apart(doors.namespaces())
    if trial == 0:
        try:
            _try(runtime, apps, send)
        finally:
            os._exit(1)
    os.close(send)
    timed_out = _wait_for(trial)
    # What an error may be told with has room in the pipe.
    said = os.read(receive, _MOST)
    os.close(receive)
    return json.loads(said)["fault"] if said else _silent(apps, timed_out=timed_out)


def _wait_for(trial: int) -> bool:
    """Until it has ended. Kills it when its time is up, and returns whether that was so."""
    timed_out = False
    deadline = time.monotonic() + _LIMITS.wallMs / 1000
    while os.waitpid(trial, os.WNOHANG)[0] == 0:
        if time.monotonic() > deadline:
            timed_out = True
            os.kill(trial, signal.SIGKILL)
        time.sleep(_EVERY)
    return timed_out


def _try(runtime: ModuleType, apps: dict[str, str], send: int) -> None:
    for module in pkgutil.iter_modules(runtime.__path__, f"{runtime.__name__}."):
        # Behind the doors there is no reading of the harness's own files.
        importlib.import_module(module.name)
    nothing = os.open("/dev/null", os.O_RDWR)
    doors.place_descriptors([nothing, nothing, send])
    doors.own_file_system(_LIMITS)
    doors.close_doors(_LIMITS)
    fault = None
    try:
        runtime.prepare(apps)
    except BaseException as error:
        fault = describe(error, apps)
    os.write(doors.REPORT, json.dumps({"fault": fault}).encode())


def describe(error: BaseException, apps: dict[str, str]) -> dict:
    """The error, with its line in the file of the apps that raised it."""
    file = errors.innermost_file(error, apps)
    return errors.describe(error, file, "load") | {"file": file}


def _silent(apps: dict[str, str], *, timed_out: bool) -> dict:
    kind, message = (
        ("TimeLimit", "installing the apps does not come to an end")
        if timed_out
        else ("ProcessExit", "installing the apps ended the process")
    )
    return errors.own(kind, message, "load") | {"file": next(iter(apps))}
