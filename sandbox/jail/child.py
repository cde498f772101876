"""The life of one fork: doors first, then the one thing that it was made for, then the end."""

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import ModuleType
from typing import NoReturn

from jail import canaries, doors, execution, handover, judge, places, rehearsal
from jail.inputs import Inputs
from jail.limits import Limits
from jail.report import Reporter

READY = b"ready"
TAKEN = b"+"
_CHUNK = 1 << 20
_MOST_GO = 4096


def main(
    runtime: ModuleType, limits: Limits, descriptors: Sequence[int], *, is_spare: bool
) -> NoReturn:
    """Never returns. Says READY when the doors are closed, or why they could not be; then waits.

    A spare is made before anyone asks for a run: it has time to touch the memory that a run
    touches, so that the run need not wait for the kernel to copy it.
    """
    try:
        doors.place_descriptors(descriptors)
        doors.own_file_system(limits)
        handover.give(f"{places.own}/{runtime.DATABASE}")
        database = _read_all(doors.DATABASE) if len(descriptors) > doors.DATABASE - 1 else None
        os.closerange(doors.DATABASE, 1 << 20)
        doors.close_doors(limits)
        doors.clean_surroundings(runtime.ENVIRONMENT, [""])
        if is_spare:
            rehearsal.rehearse(runtime)
        runtime.enter(database)
        os.write(doors.STATUS, READY)
    except BaseException as error:
        os.write(doors.STATUS, f"{type(error).__name__}: {error}".encode())
        os._exit(1)
    job = _wait()
    os.write(doors.STATUS, TAKEN)
    code = 1
    try:
        code = _work(runtime, job)
    finally:
        # No clean-up of the interpreter: it would run what the program left behind.
        os._exit(code)


def _wait() -> dict:
    """What this fork is for. Only now does it exist: a spare was made knowing nothing."""
    line = b""
    while not line.endswith(b"\n"):
        # By bytes, so that nothing is taken of what may follow: the first of the inputs.
        more = os.read(doors.GO, 1)
        if not more:
            os._exit(1)
        line += more
    return json.loads(line)


def _work(runtime: ModuleType, job: dict) -> int:
    body = _read_all(doors.BODY)
    request = json.loads(body) if body else {}
    inputs = Inputs() if job["inputs"] else None
    os.closerange(doors.GO + 1 if inputs else doors.STATUS, doors.DATABASE + 1)
    reporter = Reporter(job["token"])
    kind = job["kind"]
    if kind == "run":
        code = execution.run(runtime, request, reporter, inputs, job["record"])
        if job["settles"]:
            _settle(runtime)
        return code
    if kind == "rows":
        return execution.fill(runtime, request["rows"], reporter)
    if kind == "judge":
        judge.judge(runtime, request, reporter)
    else:
        reporter.record({"canaries": canaries.sing()})
    sys.stdout.flush()
    return 0


def _settle(runtime: ModuleType) -> None:
    # The program may have made anything of the framework; its database is judged as it is.
    with suppress(Exception):
        runtime.settle()


def _read_all(descriptor: int) -> bytes:
    parts = []
    offset = 0
    # By offset: the file is shared with whoever made it.
    while part := os.pread(descriptor, _CHUNK, offset):
        parts.append(part)
        offset += len(part)
    return b"".join(parts)
