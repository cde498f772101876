"""Three services that answer slowly, as if over a network. You use this file and leave it as it is.

    sources.get("news")           waits for the answer, and its thread waits too
    await sources.aget("news")    waits for the answer, and the event loop goes on
"""

import asyncio
import threading
import time
from contextlib import contextmanager

NAMES = ("weather", "rates", "news")
ANSWERS = {"weather": "rain, 4 degrees", "rates": "1 euro is 1.09 dollars", "news": "lift repaired"}
WAITS = {"weather": 0.2, "rates": 0.1, "news": 0.3}  # seconds

# What the services saw of you.
asked = []  # the name of the service, for each question
open_now = []  # questions that are waiting for their answer
most_open = 0
threads_held = []  # the thread that waited, for each question that was asked by `get`
given_up = []  # questions that were cancelled before they were answered


def get(name):
    """The answer of one service."""
    threads_held.append(threading.get_ident())
    with _question(name):
        time.sleep(WAITS[name])
    return ANSWERS[name]


async def aget(name):
    """The same, for async code."""
    with _question(name):
        try:
            await asyncio.sleep(WAITS[name])
        except asyncio.CancelledError:
            given_up.append(name)
            raise
    return ANSWERS[name]


@contextmanager
def _question(name):
    global most_open
    asked.append(name)
    open_now.append(name)
    most_open = max(most_open, len(open_now))
    try:
        yield
    finally:
        open_now.remove(name)
