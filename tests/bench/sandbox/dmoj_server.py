"""DMOJ's Python executor, spoken to with the sandbox's framing.

`dmoj_server.py SANDBOX PYTHON PACKAGES`: our folder `sandbox/`, the interpreter that programs get,
and the packages that they may read.
"""

import json
import os
import subprocess
import sys

from dmoj.cptbox.filesystem_policies import RecursiveDir
from dmoj.executors import PY3

_CHUNK = 1 << 18
_SECONDS = 20
_KIBIBYTES = 1 << 20


def main(sandbox: str, python: str, packages: str) -> None:
    """Answers one request after another until its input ends."""
    sys.path.append(sandbox)
    from jail.frames import RequestParser, encode

    executor = _executor(python, packages)
    parser = RequestParser()
    while data := os.read(0, _CHUNK):
        for header, body in parser.feed(data):
            source = json.loads(body).get("source")
            ok = {} if source is None else {"stdout": _run(executor, source.encode())}
            os.write(1, encode({"id": header["id"], "ok": ok}))


def _executor(python: str, packages: str) -> type[PY3.Executor]:
    class Executor(PY3.Executor):
        """DMOJ's own, with what Django and asyncio need beyond a contest's programs."""

        runtime_dict = {"python3": python}  # noqa: RUF012
        fs = [RecursiveDir(packages)]  # noqa: RUF012
        nproc = -1
        syscalls = ["socketpair", "getsockname", "getpeername", "sendto", "recvfrom"]  # noqa: RUF012

    return Executor


def _run(executor: type[PY3.Executor], source: bytes) -> str:
    pipe = subprocess.PIPE
    made = executor("bench", source)
    process = made.launch(time=_SECONDS, memory=_KIBIBYTES, stdin=pipe, stdout=pipe, stderr=pipe)
    out, err = process.communicate(b"")
    made.cleanup()
    fault = f"it was stopped for {process.protection_fault[1]}" if process.protection_fault else ""
    return (out or err).decode() + fault


if __name__ == "__main__":
    main(*sys.argv[1:])
