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

from jail import doors, errors
from jail.limits import Limits

# Setting a framework up takes longer than a run, on a busy host much longer.
_LIMITS = Limits(wallMs=20_000, cpuMs=8_000)
_EVERY = 0.01
_MOST = 1 << 16


def fault_of(runtime: ModuleType, apps: dict[str, str]) -> dict | None:
    """What is wrong with the apps, as an error with the file it is in; None when nothing is."""
    receive, send = os.pipe()
    between = os.fork()
    if between == 0:
        os.close(receive)
        _between(runtime, apps, send)
    os.close(send)
    said = b"".join(iter(lambda: os.read(receive, _MOST), b""))
    os.close(receive)
    _, status = os.waitpid(between, 0)
    if said:
        return json.loads(said)["fault"]
    return _silent(apps, timed_out=os.waitstatus_to_exitcode(status) == 1)


def _between(runtime: ModuleType, apps: dict[str, str], send: int) -> None:
    """Never returns. Leaves with 1 when the time was up."""
    timed_out = False
    try:
        doors.leave_namespaces()
        trial = os.fork()
        if trial == 0:
            _try(runtime, apps, send)
        os.close(send)
        deadline = time.monotonic() + _LIMITS.wallMs / 1000
        while os.waitpid(trial, os.WNOHANG)[0] == 0:
            if time.monotonic() > deadline:
                timed_out = True
                os.kill(trial, signal.SIGKILL)
            time.sleep(_EVERY)
    finally:
        os._exit(timed_out)


def _try(runtime: ModuleType, apps: dict[str, str], send: int) -> None:
    """Never returns."""
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
    os._exit(0)


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
