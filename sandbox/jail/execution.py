"""One run of one program, inside: load, serve, drive, report."""

import mmap
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType

from jail import drive, errors, places, program
from jail.client import Client, Handlers
from jail.inputs import Inputs
from jail.recorded_run import RecordedRun
from jail.recorder import MAX_EVENTS, Recorder
from jail.report import FINISHED, OUT_OF_MEMORY, RAISED, Reporter

ROWS = "rows"
_RESERVE = 8 << 20


class ServeError(Exception):
    """The program does not have what `serve` names; `error` is the RunError."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.error = errors.own(kind, message, "load")


class Findings:
    """What there is to report of a run; the first error of a view outlives later ones."""

    def __init__(self, file: str) -> None:
        self.end = FINISHED
        self.error: dict | None = None
        self._file = file
        # Address space to tell of the end with, when the program has taken all the rest. It is
        # mapped, not touched: it costs no memory.
        self._reserve = mmap.mmap(-1, _RESERVE)

    def view_raised(self, error: BaseException) -> None:
        """A view raised. The run goes on: the application answers, as it does for anyone."""
        if isinstance(error, MemoryError):
            self.end = OUT_OF_MEMORY
        if self.error is None:
            self.error = errors.describe(error, self._file, "view")

    def stopped(self, error: BaseException, file: str, place: str) -> None:
        """The run itself cannot go on."""
        self._reserve.close()
        self.end = OUT_OF_MEMORY if isinstance(error, MemoryError) else RAISED
        if self.error is None:
            self.error = errors.describe(error, file, place)

    def refused(self, error: dict) -> None:
        """The harness stopped the run, for a reason that is no exception of the program's."""
        self.end = RAISED
        if self.error is None:
            self.error = error


def run(
    runtime: ModuleType,
    request: dict,
    reporter: Reporter,
    inputs: Inputs | None = None,
    record: int | None = None,
) -> int:
    """Runs the program as its request says; returns the exit code. `record`: the most steps."""
    file = request["file"]
    sys.argv[:] = [file]
    sys.path.insert(0, places.own)
    if request["seed"] is not None:
        random.seed(request["seed"])
    findings = Findings(file)
    try:
        if not _place_files(request, findings):
            reporter.record({"end": findings.end, "error": findings.error})
            return 1
        is_driven = bool(request["drive"] or request["serve"])
        # What a plain run has to tell of it: nothing.
        told: Callable[[], dict] = dict
        if record is not None:
            told = RecordedRun(runtime, request, record, is_driven=is_driven).end
        if is_driven:
            return _driven(runtime, request, findings, reporter, inputs, told)
        return _script(request, findings, reporter, told)
    except MemoryError:
        # It was out even while the report was made.
        reporter.out_of_memory()
        return 1


def _place_files(request: dict, findings: Findings) -> bool:
    try:
        program.place_files(request["files"])
    except OSError as error:
        findings.stopped(error, request["file"], "load")
        _show(error)
        return False
    return True


def fill(runtime: ModuleType, source: str, reporter: Reporter) -> int:
    """Runs the fixture's rows and reports the database that they leave, or what they raised."""
    try:
        program.load(source, ROWS, ROWS)
        database = runtime.database()
    except BaseException as error:
        reporter.record({"end": RAISED, "error": errors.describe(error, ROWS, "load")})
        errors.show(error)
        return 1
    reporter.raw(b"rows\n" + database)
    return 0


def _script(request: dict, findings: Findings, reporter: Reporter, told: Callable[[], dict]) -> int:
    code = 0
    try:
        program.load(request["program"], request["file"], "__main__")
    except SystemExit as leaving:
        code = program.exit_code(leaving)
    except BaseException as error:
        code = 1
        findings.stopped(error, request["file"], "load")
        _show(error)
    program.wind_up()
    reporter.record({"end": findings.end, "error": findings.error} | told())
    return code


def _driven(
    runtime: ModuleType,
    request: dict,
    findings: Findings,
    reporter: Reporter,
    inputs: Inputs | None,
    told: Callable[[], dict],
) -> int:
    observed, recorder = drive.Observed(), Recorder()
    module = _load(request, findings)
    if module:
        try:
            made = client(runtime, module, request["serve"], recorder, findings)
            recorder.begin()
            drive.run(request["drive"], module, made, recorder, observed, inputs)
        except ServeError as error:
            findings.refused(error.error)
        except BaseException as error:
            findings.stopped(error, drive.FILE, "drive")
            _show(error)
    program.wind_up()
    if recorder.overflowed:
        findings.refused(_too_many_events())
    report = {"end": findings.end, "error": findings.error} | told()
    if findings.end == FINISHED:
        report |= {"values": observed.values(), "events": recorder.events}
    reporter.record(report)
    return 0 if findings.end == FINISHED else 1


def _load(request: dict, findings: Findings) -> ModuleType | None:
    try:
        return program.load(request["program"], request["file"], "program")
    except SystemExit as leaving:
        message = f"The program left with sys.exit({leaving.code!r}) before it could be driven."
        line = errors.line_in(leaving, request["file"])
        findings.refused(errors.own("SystemExit", message[:4096], "load") | {"line": line})
    except BaseException as error:
        findings.stopped(error, request["file"], "load")
        _show(error)
    return None


def client(
    runtime: ModuleType,
    module: ModuleType,
    serve: dict[str, str],
    recorder: Recorder,
    findings: Findings,
) -> Client | None:
    """Serves the program's views. None when nothing is to be served; raises ServeError."""
    if not serve:
        return None
    views = {}
    for path, name in serve.items():
        view = getattr(module, name, None)
        if view is None:
            raise ServeError("NameError", f"`{path}` is to be served by `{name}`, not defined here")
        if not callable(view):
            kind = type(view).__name__
            raise ServeError("TypeError", f"`{name}`, which is to serve `{path}`, is a {kind}")
        views[path] = view
    handlers = runtime.handlers(views, recorder, findings.view_raised)
    return Client(Handlers(*handlers), recorder)


def _too_many_events() -> dict:
    message = f"More than {MAX_EVENTS} events: drive fewer requests, or await less."
    return errors.own("EventLimit", message, "drive")


def _show(error: BaseException) -> None:
    with suppress(MemoryError):
        errors.show(error)
