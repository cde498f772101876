"""Counts over a run's events, under the names that expectations use."""

import keyword
from collections.abc import Iterable
from types import SimpleNamespace

from jail.recorder import ANSWERED, AWAIT, ENTERED, LEFT, RECEIVED

RESERVED = ("views", "handler", "events", "reference", "database")
_LONGEST_NAME = 128


def name_fault(name: object) -> str | None:
    """Why an expectation could not use a value under this name; None when it can."""
    if type(name) is not str or not name.isidentifier() or keyword.iskeyword(name):
        return "is not a name that an expectation could use"
    if name in RESERVED or name.startswith("_"):
        return f"is taken; {', '.join(RESERVED)} come by themselves"
    if len(name) > _LONGEST_NAME:
        return f"is longer than {_LONGEST_NAME} characters"
    return None


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
