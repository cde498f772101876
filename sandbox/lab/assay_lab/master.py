"""Process 1 of the group: shuts itself in, sets the framework up, and is the servers' parent.

The program is loaded by the workers only, each of which has closed further doors before.
"""

import dataclasses
import json
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import ModuleType
from typing import NoReturn

from jail import doors, errors, execution, landlock, program, seccomp, trial
from jail.limits import Limits

from assay_lab import network, servers, trials
from assay_lab.region import SHUT_IN, Region
from assay_lab.spans import Spans

# How a group ends by itself, as its parts tell it.
FAULT, RAISED, OUT_OF_MEMORY, WORKER_ENDED = "fault", "raised", "memory", "ended"
FIXTURE = "FixtureRows"
# Of a worker; its connections, to both sides, are among them.
_MOST_DESCRIPTORS = 256
# Of the whole container.
_MOST_THREADS = 320
_STACK_BYTES = 2 * 1024 * 1024
_UPSTREAM_ONLY = (network.UPSTREAM,)


class Master:
    """The group's side of one lab run. `own` is this process's memory, `regions` the workers'."""

    def __init__(
        self, runtime: ModuleType, request: dict, own: Region, regions: Sequence[Region]
    ) -> None:
        self._runtime, self._request = runtime, request
        self._own, self._regions = own, regions

    def main(self, limits: Limits, descriptors: Sequence[int]) -> NoReturn:
        """Never returns. `descriptors`: stdout, stderr, the socket of the servers."""
        try:
            doors.place_descriptors(descriptors)
            doors.own_file_system(limits)
            doors.close_doors(
                share(limits, self._request["workers"]),
                seccomp.MASTER,
                descriptors=_MOST_DESCRIPTORS,
                threads=_MOST_THREADS,
                ports=_UPSTREAM_ONLY,
            )
            doors.clean_surroundings((), [self._request["file"]])
            threading.stack_size(_STACK_BYTES)
        except BaseException as error:
            self._end(FAULT, errors.own(type(error).__name__, str(error)[:1000], "load"))
        try:
            self._set_up()
            self._own.reached(SHUT_IN)
            self._serve()
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stderr.flush()
            os._exit(1)

    def _set_up(self) -> None:
        apps = self._request["apps"]
        try:
            self._runtime.prepare(apps)
        except BaseException as error:
            if not apps:
                raise
            self._end(RAISED, _of_fixture(trial.describe(error, apps)))
        servers.warm()
        self._runtime.enter(None)
        try:
            program.place_files(self._request["files"])
        except OSError as error:
            self._end(RAISED, errors.describe(error, self._request["file"], "load"))
        if self._request["rows"]:
            self._fill()
        os.environ.update(self._request["environment"])

    def _fill(self) -> None:
        """The rows, in a fork that has a worker's doors: straight into the group's database."""
        child = os.fork()
        if child == 0:
            try:
                _shut_worker_in()
                program.load(self._request["rows"], execution.ROWS, execution.ROWS)
                self._runtime.database()
            except BaseException as error:
                told = errors.describe(error, execution.ROWS, "load") | {"file": execution.ROWS}
                self._tell(self._own, RAISED, _of_fixture(told))
                errors.show(error)
                os._exit(1)
            finally:
                os._exit(0)
        _, status, used = os.wait4(child, 0)
        if status:
            self._worker_ended(status, used.ru_utime + used.ru_stime)

    def _serve(self) -> NoReturn:
        workers, threads = self._request["workers"], self._request["threads"]
        if self._request["server"] == "wsgi":
            servers.serve_wsgi(workers, threads, self._enter, self._worker_ended)
        servers.serve_asgi(workers, self._enter, self._worker_ended)

    def _enter(self, number: int) -> servers.Load:
        """In a worker: closes its doors. Raises OSError; nothing is loaded then."""
        _shut_worker_in()
        region = self._regions[number]
        region.reached(SHUT_IN)
        if self._request["server"] == "canary":
            region.tell(json.dumps({"canaries": trials.sing()}).encode())
            os._exit(0)
        return lambda: self._load(region)

    def _load(self, region: Region) -> tuple[object, object, Spans]:
        file, spans = self._request["file"], Spans(region)
        sys.path.insert(0, "/tmp")
        try:
            module = program.load(self._request["program"], file, "program")
            views = _views(module, self._request["serve"])
            asgi, wsgi = self._runtime.handlers(
                views, spans, lambda error: self._raised(region, error, "view")
            )
        except execution.ServeError as error:
            self._tell(region, RAISED, error.error)
        except SystemExit as leaving:
            message = f"The program left with sys.exit({leaving.code!r}) before it could be served."
            self._tell(region, RAISED, errors.own("SystemExit", message[:4096], "load"))
        except BaseException as error:
            self._raised(region, error, "load")
            with suppress(MemoryError):
                errors.show(error)
        else:
            return asgi, wsgi, spans
        program.flush()
        os._exit(1)

    def _raised(self, region: Region, error: BaseException, place: str) -> None:
        end = OUT_OF_MEMORY if isinstance(error, MemoryError) else RAISED
        self._tell(region, end, errors.describe(error, self._request["file"], place))

    def _worker_ended(self, status: int, cpu: float) -> NoReturn:
        told = {"end": WORKER_ENDED, "status": status, "cpuMs": round(cpu * 1000)}
        self._own.tell(json.dumps(told).encode())
        os._exit(1)

    def _tell(self, region: Region, end: str, error: dict) -> None:
        region.tell(json.dumps({"end": end, "error": error}).encode())

    def _end(self, end: str, error: dict) -> NoReturn:
        self._tell(self._own, end, error)
        os._exit(1)


def share(limits: Limits, workers: int) -> Limits:
    """One worker's part: as no worker can make another, all of them stay within the whole."""
    memory, cpu = limits.memoryBytes // workers, limits.cpuMs // workers
    return dataclasses.replace(limits, memoryBytes=memory, cpuMs=cpu)


def _shut_worker_in() -> None:
    # In a domain of its own, a worker can neither signal nor trace its siblings.
    landlock.restrict(_UPSTREAM_ONLY)
    seccomp.install(seccomp.SERVER)


def _views(module: ModuleType, serve: dict[str, str]) -> dict[str, object]:
    """The views by their paths. Raises ServeError."""
    views = {path: getattr(module, name, None) for path, name in serve.items()}
    for path, view in views.items():
        if not callable(view):
            message = f"`{path}` is to be served by `{serve[path]}`, which is no view of it"
            raise execution.ServeError("NameError", message)
    return views


def _of_fixture(told: dict) -> dict:
    where = told["file"] if told["line"] is None else f"{told['file']}, line {told['line']},"
    message = f"The fixture's {where} failed before the program started: "
    return errors.own(FIXTURE, f"{message}{told['type']}: {told['message']}"[:4096], "load")
