"""From how a process ended, and what it left in its report, to a named outcome."""

import json
import os
import signal

from jail import canonical, errors, measures, recorder, recording_form, report
from jail.live import CANCELLED, DISK_LIMIT, OUTPUT_LIMIT, REPORT_LIMIT, TIME_LIMIT, Live

_NEVER_FINISHED = "The program ended its process before the run was over, as os._exit() does."
# The kernel keeps the limit by ticks and reports finer sums: the two differ on a busy machine.
_SURELY_OUT_OF_TIME = 0.5
# Generous: the run has kept the limit itself, where nobody has forged anything.
_MAX_VALUES = 2 * canonical.MAX_BYTES
_PLACES = ("load", "view", "drive", "expect")
_ENDS = {report.FINISHED: "finished", report.RAISED: "error", report.OUT_OF_MEMORY: "memory-limit"}


_NUMBER = (int, type(None))
_ERROR = {"type": str, "message": str, "line": _NUMBER, "place": str, "frames": list}
_FRAME = {"file": str, "line": int, "function": str}


class DoorsError(Exception):
    """The fork could not close its doors; nothing was run."""


def how_it_ended(live: Live) -> str | None:
    """The outcome, when the process did not come to its own end; None when it did."""
    if live.killed_for == CANCELLED and not os.WIFEXITED(live.wait_status):
        return "killed"
    if not live.is_ready:
        said = live.status.data.decode("utf-8", "replace") or f"status {live.wait_status}"
        raise DoorsError(f"a run could not be shut in: {said}")
    if live.killed_for == OUTPUT_LIMIT:
        return OUTPUT_LIMIT
    if os.WIFEXITED(live.wait_status):
        return None
    if live.killed_for == TIME_LIMIT:
        return TIME_LIMIT
    if live.killed_for == REPORT_LIMIT:
        return "error"
    if live.killed_for == DISK_LIMIT:
        return "killed"
    number = os.WTERMSIG(live.wait_status)
    used = live.usage["cpuMs"] / 1000
    out_of_time = used >= live.limits.cpu_seconds * _SURELY_OUT_OF_TIME
    return "cpu-limit" if number == signal.SIGKILL and out_of_time else "killed"


def run_result(live: Live) -> dict:
    """The answer to a run. Raises DoorsError."""
    outcome = how_it_ended(live)
    result = {
        "outcome": outcome,
        "exit": os.waitstatus_to_exitcode(live.wait_status) if outcome is None else None,
        "stdout": live.stdout.text(),
        "stderr": live.stderr.text(),
        "truncated": {"stdout": live.stdout.overflowed, "stderr": live.stderr.overflowed},
        "error": None,
        "usage": live.usage,
        "observations": None,
    }
    if live.work.record is not None:
        result["recording"] = None
    if outcome is None:
        result |= _reported(live)
    elif live.killed_for == REPORT_LIMIT:
        result["error"] = _error("ReportLimit", "The report of the run grew too large.")
    elif live.killed_for == DISK_LIMIT:
        result["error"] = _error("DiskLimit", "The run's folder holds more than it may.")
    elif live.killed_for == CANCELLED:
        result["error"] = _error("Cancelled", "Whoever asked for the run no longer waits for it.")
    if live.work.keeps_database:
        # A run that was stopped may have been about to write.
        result["database"] = live.database if result["outcome"] == "finished" else None
    return result


def rows_result(live: Live) -> tuple[bytes | None, dict]:
    """The database that rows left, or None and the result of a run that says why not."""
    result = run_result(live)
    ready = live.token.encode() + b"rows\n"
    if result["exit"] == 0 and live.report.data.startswith(ready):
        return bytes(live.report.data[len(ready) :]), result
    return None, result


def judge_result(live: Live) -> dict:
    """The judgements that were made; `ended` says why there are no more, or is None."""
    ended = how_it_ended(live)
    if ended == "killed" and _crashed(live):
        # Its own doing, as leaving is: nothing that another try would mend.
        ended = None
    whole = bytes(live.report.data).rpartition(b"\n")
    found = report.records(live.token, whole[0] + whole[1])
    counts = found[0].get("counts", {}) if found else {}
    return {"ended": ended, "counts": counts, "judgements": found[1:]}


def _crashed(live: Live) -> bool:
    return live.killed_for is None and os.WTERMSIG(live.wait_status) != signal.SIGKILL


def canary_result(live: Live) -> dict:
    """The canaries' list. Raises DoorsError when they did not come to their end."""
    ended = how_it_ended(live)
    if ended is not None:
        raise DoorsError(f"the canaries ended with {ended}")
    return report.records(live.token, bytes(live.report.data))[0]


def _reported(live: Live) -> dict:
    try:
        found = report.records(live.token, bytes(live.report.data))
        if not found:
            return {"outcome": "error", "error": _error("ProcessExit", _NEVER_FINISHED)}
        if len(found) > 1:
            raise report.MalformedError("there is more than one record")
        return _checked(found[0], live.work.record)
    except ValueError as error:
        # The names in it are the run's own: they can be as long as the report.
        message = f"What the run reported of itself cannot be read: {error}."[: errors.MAX_MESSAGE]
        return {"outcome": "error", "error": _error("BadReport", message)}


def _checked(record: dict, most_steps: int | None) -> dict:
    """A record as outcome, error, observations and recording. Raises ValueError."""
    end = record.get("end")
    # What is no text may not even be looked up.
    if type(end) is not str or end not in _ENDS:
        raise ValueError("it does not say how the run ended")
    result = {"outcome": _ENDS[end], "error": checked_error(record.get("error"))}
    if end == report.OUT_OF_MEMORY and result["error"] is None:
        result["error"] = _error("MemoryError", "")
    if "values" in record:
        values = record["values"]
        if type(values) is not dict:
            raise ValueError("its values are not an object")
        # Before anything that takes longer, the more there is.
        if _size(values) > _MAX_VALUES:
            raise ValueError("its values are too large")
        try:
            for name, value in values.items():
                if fault := measures.name_fault(name):
                    raise ValueError(f"{name!r} {fault}")
                canonical.check(value, name)
        except canonical.CanonicalError as error:
            raise ValueError(str(error)) from None
        events = recorder.unpack(record.get("events"))
        result["observations"] = {"version": 1, "values": values, "events": events}
    # When memory was out, there was none for a recording.
    if most_steps is not None and end != report.OUT_OF_MEMORY:
        result["recording"] = recording_form.check(record.get("recording"), most_steps)
    return result


def _size(values: dict) -> int:
    try:
        return len(json.dumps(values))
    except RecursionError:
        raise ValueError("its values are nested too deeply") from None


def checked_error(error: object) -> dict | None:
    """An error as a run reported it. Raises ValueError unless it is one that the harness makes."""
    if error is None:
        return None
    if not _has_form(error, _ERROR) or len(error["frames"]) > errors.MAX_FRAMES:
        raise ValueError("its error has another form")
    if not all(_has_form(frame, _FRAME) for frame in error["frames"]):
        raise ValueError("a frame of its error has another form")
    if not all(_is_line(step["line"]) for step in [error, *error["frames"]]):
        raise ValueError("its error is in no line that there could be")
    if error["place"] not in _PLACES or not _are_short(error):
        raise ValueError("its error has another form, or is too long")
    return error


def _has_form(value: object, form: dict[str, type | tuple]) -> bool:
    return (
        type(value) is dict
        and set(value) == set(form)
        and all(isinstance(value[name], kind) for name, kind in form.items())
    )


def _is_line(line: int | None) -> bool:
    return line is None or (type(line) is int and 0 <= line <= canonical.MAX_INT)


def _are_short(error: dict) -> bool:
    names = [
        error["type"],
        *(step[part] for step in error["frames"] for part in ("file", "function")),
    ]
    return len(error["message"]) <= errors.MAX_MESSAGE and all(
        len(name) <= errors.MAX_NAME for name in names
    )


def _error(kind: str, message: str) -> dict:
    return errors.own(kind, message, "load")
