"""The supervisor of the lab's container: takes requests, makes the processes, keeps the limits."""

import json
import os
import select
from importlib.metadata import version
from types import ModuleType

from jail.frames import FrameError, RequestParser, encode
from jail.limits import parse

from assay_lab.lab_run import LabRun

KINDS = ("lab", "canary")
_PACKAGES = ("uvicorn", "gunicorn", "httpx")
_CHUNK = 1 << 18


class Supervisor:
    """Requests come in on descriptor 0, one after another; answers go out on 1."""

    def __init__(self, runtime: ModuleType) -> None:
        self._runtime = runtime
        self._parser = RequestParser()
        self._waiting: list[tuple[dict, bytes]] = []
        self._cancelled: set[object] = set()

    def serve(self) -> None:
        """Returns when nobody asks any more."""
        while self._take(None):
            while self._waiting:
                header, body = self._waiting.pop(0)
                self._answer(header, body)

    def _take(self, seconds: float | None) -> bool:
        """Waits for requests. False when there will be none."""
        if not select.select([0], [], [], seconds)[0]:
            return True
        data = os.read(0, _CHUNK)
        for header, body in self._parser.feed(data):
            if header.get("op") == "cancel":
                self._cancelled.add(header.get("run"))
            else:
                self._waiting.append((header, body))
        return bool(data)

    def _answer(self, header: dict, body: bytes) -> None:
        answer = {"id": header["id"]}
        try:
            answer["ok"] = self._done(header, body)
        except Exception as error:
            answer["failed"] = f"{type(error).__name__}: {error}"
        rest = memoryview(encode(answer))
        while rest:
            rest = rest[os.write(1, rest) :]

    def _done(self, header: dict, body: bytes) -> dict:
        if header.get("op") == "setup":
            packages = {name: version(name) for name in _PACKAGES}
            return {"versions": self._runtime.versions() | packages}
        if header.get("op") not in KINDS:
            raise ValueError(f"unknown operation {header.get('op')!r}")
        run = LabRun(self._runtime, json.loads(body), parse(header.get("limits")))
        if header["op"] == "canary":
            return run.canaries()
        return run.result(lambda: self._is_given_up(header["id"]))

    def _is_given_up(self, name: str) -> bool:
        """Whether whoever asked no longer waits."""
        return not self._take(0) or name in self._cancelled


def serve(runtime: ModuleType) -> None:
    """Serves until descriptor 0 closes."""
    try:
        Supervisor(runtime).serve()
    except FrameError as error:
        os.write(2, f"bad frame: {error}\n".encode())
