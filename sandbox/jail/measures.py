"""Counts over a run's events, under the names that expectations use."""

from collections.abc import Iterable
from types import SimpleNamespace

from jail.recorder import ANSWERED, AWAIT, ENTERED, LEFT, RECEIVED

RESERVED = ("views", "handler", "events", "reference")


def measure(events: list[dict]) -> dict[str, object]:
    """The names `views`, `handler` and `events` for an expectation."""
    entered = [event for event in events if event["kind"] == ENTERED]
    views = SimpleNamespace(
        count=len(entered),
        max_open=_most_open(events, ENTERED, LEFT),
        threads=len({event["thread"] for event in entered}),
        awaits=sum(event["kind"] == AWAIT for event in events),
    )
    handler = SimpleNamespace(
        count=sum(event["kind"] == RECEIVED for event in events),
        max_open=_most_open(events, RECEIVED, ANSWERED),
    )
    return {
        "views": views,
        "handler": handler,
        "events": [SimpleNamespace(**event) for event in events],
    }


def counts(events: list[dict]) -> dict[str, int]:
    """The same counts, flat: `views.max_open`. Empty for a run without events."""
    if not events:
        return {}
    names = measure(events)
    return {
        f"{group}.{name}": value
        for group in ("handler", "views")
        for name, value in vars(names[group]).items()
    }


def _most_open(events: Iterable[dict], opens: str, closes: str) -> int:
    now = most = 0
    for event in events:
        now += (event["kind"] == opens) - (event["kind"] == closes)
        most = max(most, now)
    return most
