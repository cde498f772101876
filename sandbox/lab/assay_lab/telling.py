"""From what the processes of a lab run left behind, to the answer."""

import os
import signal
from dataclasses import dataclass

from jail import canonical, errors, live, outcomes
from jail.limits import Limits

from assay_lab import master

# Why it came to no end of its own, beside the reasons of plain runs: the group ended, or the time
# before the program begins was up.
ENDED, SET_UP = "ended", "set-up"
_OUTCOMES = {
    live.TIME_LIMIT: "time-limit",
    live.OUTPUT_LIMIT: live.OUTPUT_LIMIT,
    live.CANCELLED: "killed",
    SET_UP: "time-limit",
}
_SURELY_OUT_OF_TIME = 0.5
_KIND_AND_PLACE = 2


@dataclass
class Seen:
    """All of it: regions as they were read, reports of our own processes, times."""

    stopped: str | None
    # Whether the group was shut in, and the framework set up, before any program was there.
    was_set_up: bool
    client: dict
    upstream: dict
    own: dict
    workers: list[dict]
    # Status, seconds of processor time, KiB of the largest process.
    ended: tuple[int, float, int]
    # On the monotonic clock: how long it took, in seconds, and when it was stopped, in nanoseconds.
    wall: float
    until: int
    limits: Limits


class FaultError(Exception):
    """The group could not be shut in; nothing was run."""


def canaries(own: object, worker: object) -> dict:
    """What the canaries told. Raises FaultError when they told nothing."""
    told = _told(worker.read())
    if type(told.get("canaries")) is not list:
        raise FaultError(f"the canaries said nothing: {_told(own.read())}")
    return {"canaries": told["canaries"]}


def result(seen: Seen, *, is_asgi: bool) -> dict:
    """The answer, but for what was printed. Raises FaultError."""
    outcome, error = _how_it_ended(seen)
    began = seen.client["began"]
    _, cpu, peak = seen.ended
    # A worker's own word, which can be no more than it was allowed.
    peak = max(
        peak, *(min(worker["peak"], seen.limits.memoryBytes // 1024) for worker in seen.workers)
    )
    return {
        "outcome": outcome,
        "error": error,
        "usage": {
            "wallMs": round(seen.wall * 1000, 3),
            "cpuMs": round(cpu * 1000, 3),
            "peakBytes": peak * 1024,
        },
        "requests": [_request(row, began) for row in seen.client["requests"]],
        "upstream": seen.upstream | {"calls": _calls(seen.upstream["calls"], began)},
        "loop": _loop(seen.workers, seen.until) if is_asgi else None,
        "events": [
            [number, *event[:_KIND_AND_PLACE], event[2], _since(event[3], began), event[4]]
            for number, worker in enumerate(seen.workers, start=1)
            for event in worker["events"]
        ]
        if began is not None
        else [],
        "cut": any(worker["cut"] for worker in seen.workers),
    }


def _request(row: list, began: int) -> list:
    number, *times, status, error = row
    return [number, *(_since(at, began) for at in times), status, error]


def _calls(calls: list[list], began: int | None) -> list[list]:
    """None before there was a client: what a program asks for while it is loaded has no time."""
    return [] if began is None else [[_since(at, began) for at in call] for call in calls]


def _since(at: int | None, began: int | None) -> int | None:
    """Whole microseconds since the client began; what was before it is 0."""
    return None if at is None or began is None else max(0, at - began) // 1000


def _loop(workers: list[dict], until: int) -> dict:
    # A loop that is still held has not told of that gap yet.
    served = [worker for worker in workers if worker["events"]]
    gap = max((max(each["gap"], until - each["last"]) for each in served), default=0)
    return {"ticks": sum(worker["ticks"] for worker in workers), "longestGapUs": gap // 1000}


def _how_it_ended(seen: Seen) -> tuple[str, dict | None]:
    own, *workers = (_told(region) for region in (seen.own, *seen.workers))
    if own.get("end") == master.FAULT and not seen.was_set_up:
        raise FaultError(f"the lab could not be shut in: {own.get('error')}")
    try:
        error = next((each for each in map(_error, (own, *workers)) if each), None)
    except ValueError as fault:
        return "error", errors.own("BadReport", str(fault)[: errors.MAX_MESSAGE], "load")
    is_out_of_memory = any(each.get("end") == master.OUT_OF_MEMORY for each in workers)
    if seen.stopped is None:
        return ("memory-limit" if is_out_of_memory else "finished"), error
    if seen.stopped == SET_UP:
        message = "Setting it up, with the fixture's apps and rows, takes too long."
        error = errors.own(master.FIXTURE, message, "load")
    if seen.stopped == live.CANCELLED:
        message = "Whoever asked for the run no longer waits for it."
        error = errors.own("Cancelled", message, "load")
    if seen.stopped != ENDED:
        return _OUTCOMES[seen.stopped], error
    if is_out_of_memory:
        return "memory-limit", error
    if error and error["place"] == "load":
        return "error", error
    return _how_worker_ended(own, seen), error or errors.own(
        "ProcessExit", "A process of the server ended before the load was over.", "load"
    )


def _how_worker_ended(own: dict, seen: Seen) -> str:
    status, used = own.get("status"), own.get("cpuMs")
    if type(status) is not int or type(used) is not int or not 0 <= status <= 0xFFFF:
        status, used = seen.ended[0], seen.ended[1] * 1000
    if not os.WIFSIGNALED(status):
        return "error"
    share = master.share(seen.limits, len(seen.workers)).cpu_seconds * 1000
    is_out_of_time = os.WTERMSIG(status) == signal.SIGKILL and used >= share * _SURELY_OUT_OF_TIME
    return "cpu-limit" if is_out_of_time else "killed"


def _told(region: dict) -> dict:
    """A process's own text; nothing when that is no object."""
    try:
        told = canonical.parse(region["text"]) if region["text"] else {}
    except ValueError:
        return {}
    return told if type(told) is dict else {}


def _error(told: dict) -> dict | None:
    return outcomes.checked_error(told.get("error"))
