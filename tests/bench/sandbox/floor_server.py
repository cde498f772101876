"""The floor that the sandbox is measured against: the same warm zygote, forked once, no isolation.

`floor_server.py RUNTIME`, in the sandbox's container, spoken to with the sandbox's own framing.
"""

import gc
import importlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NoReturn

_CHUNK = 1 << 18


def main(name: str) -> None:
    """Sets the runtime up as the zygote does, then answers one request after another."""
    folder = f"/sandbox/runtimes/{name}"
    sys.path += ["/python/site-packages", "/sandbox", folder]
    from jail import doors, rehearsal

    runtime = importlib.import_module(
        json.loads(Path(folder, "runtime.json").read_text())["module"]
    )
    requests = _requests()
    next(requests)
    runtime.prepare({})
    # Its /tmp: there is none in the container, and here each run need not have its own.
    with doors.scratch():
        for _ in range(3):
            rehearsal.rehearse(runtime)
        gc.collect()
        gc.freeze()
        _answer("", {"versions": runtime.versions()})
        for header, body in requests:
            _answer(header["id"], {"stdout": _forked(runtime, json.loads(body)["source"])})


def _requests() -> Iterator[tuple[dict, bytes]]:
    from jail.frames import RequestParser

    parser = RequestParser()
    while data := os.read(0, _CHUNK):
        yield from parser.feed(data)


def _answer(name: str, ok: dict) -> None:
    from jail.frames import encode

    os.write(1, encode({"id": name, "ok": ok}))


def _forked(runtime: ModuleType, source: str) -> str:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _run(runtime, source, writing)
    os.close(writing)
    said = b""
    while part := os.read(reading, _CHUNK):
        said += part
    os.close(reading)
    os.waitpid(pid, 0)
    return said.decode()


def _run(runtime: ModuleType, source: str, writing: int) -> NoReturn:
    from jail import program

    code = 1
    try:
        sys.stdout = os.fdopen(writing, "w", encoding="utf-8", closefd=False)
        runtime.enter(None)
        program.load(source, "program.py", "__main__")
        program.wind_up()
        code = 0
    except BaseException as error:
        sys.stdout.write(f"{type(error).__name__}: {error}\n")
        sys.stdout.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1])
