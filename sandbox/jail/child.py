"""The life of one fork: doors first, then the one thing that it was made for, then the end."""

import json
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from jail import canaries, doors, execution, judge
from jail.limits import Limits
from jail.report import Reporter

READY = b"ready"
_CHUNK = 1 << 20


def main(
    runtime: ModuleType, kind: str, token: str, limits: Limits, descriptors: Sequence[int]
) -> NoReturn:
    """Never returns. Says READY when the doors are closed, or why they could not be."""
    try:
        doors.place_descriptors(descriptors)
        doors.own_file_system(limits)
        body = _read_all(doors.BODY)
        if kind in ("run", "rows"):
            runtime.enter(_read_all(doors.DATABASE) if len(descriptors) > 5 else None)
        doors.close_doors(limits)
        doors.clean_surroundings(runtime.ENVIRONMENT, [""])
        os.write(doors.STATUS, READY)
        os.closerange(doors.REPORT + 1, 1 << 20)
    except BaseException as error:
        os.write(doors.STATUS, f"{type(error).__name__}: {error}".encode())
        os._exit(1)
    code = 1
    try:
        code = _work(runtime, kind, body, Reporter(token))
    finally:
        # No clean-up of the interpreter: it would run what the program left behind.
        os._exit(code)


def _work(runtime: ModuleType, kind: str, body: bytes, reporter: Reporter) -> int:
    request = json.loads(body) if body else {}
    if kind == "run":
        return execution.run(runtime, request, reporter)
    if kind == "rows":
        return execution.fill(runtime, request["rows"], reporter)
    if kind == "judge":
        judge.judge(request["observations"], request["expectations"], reporter)
    else:
        reporter.record({"canaries": canaries.sing()})
    sys.stdout.flush()
    return 0


def _read_all(descriptor: int) -> bytes:
    parts = []
    offset = 0
    # By offset: the file is shared with whoever made it.
    while part := os.pread(descriptor, _CHUNK, offset):
        parts.append(part)
        offset += len(part)
    return b"".join(parts)
