"""What a run says of itself, on a pipe of its own: records of a token, JSON and a line end.

The token is no secret from code that reads this process's memory. It keeps a program that writes to
every descriptor it finds from being taken for the harness.
"""

import json
import os

from jail import canonical
from jail.doors import REPORT

MAX_BYTES = 2 * 1024 * 1024
FINISHED, RAISED, OUT_OF_MEMORY = "finished", "raised", "memory"


class MalformedError(ValueError):
    """What stands in the pipe is not what the harness writes."""


class Reporter:
    """Writes this process's records."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        # Made now: when memory is out there is none to make it with.
        self._out_of_memory = self._token + b'{"end":"memory"}\n'

    def record(self, data: dict) -> None:
        """Writes one record."""
        text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
        self.raw(text.encode() + b"\n")

    def raw(self, data: bytes) -> None:
        """Writes the token and then these bytes."""
        rest = memoryview(self._token + data)
        while rest:
            rest = rest[os.write(REPORT, rest) :]

    def out_of_memory(self) -> None:
        """Says that memory was out, without asking for any."""
        os.write(REPORT, self._out_of_memory)


def records(token: str, data: bytes) -> list[dict]:
    """Reads the records back. Raises MalformedError when anything else stands there."""
    lines = data.split(b"\n")
    if lines.pop():
        raise MalformedError("the report broke off")
    return [_record(token.encode(), line) for line in lines]


def _record(token: bytes, line: bytes) -> dict:
    if not line.startswith(token):
        raise MalformedError("something other than the harness wrote to the report")
    try:
        data = canonical.parse(line[len(token) :])
    except ValueError as error:
        raise MalformedError(f"a record is not JSON: {error}") from None
    if type(data) is not dict:
        raise MalformedError("a record is not an object")
    return data
