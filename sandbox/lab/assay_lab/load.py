"""The load: so many requests, so many of them at once, and when each was sent and answered."""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import suppress

from assay_lab import network
from assay_lab.attendant import GO
from assay_lab.spans import HEADER

_MOST_HEAD = 16 * 1024
_MOST_BODY = 4 * 1024 * 1024
_CHUNK = 64 * 1024
_LENGTH = b"content-length:"


class AnswerError(Exception):
    """What came back is no answer that can be read."""


class Load:
    """One go of requests; times are nanoseconds of the monotonic clock."""

    def __init__(self, requests: int, at_once: int, path: str) -> None:
        self._at_once, self._path = at_once, path
        # Number, sent, connected, answered, status, error.
        self._rows: list[list] = [[number + 1, *[None] * 5] for number in range(requests)]

    def main(self) -> dict:
        """Waits until it may begin; reports when all is answered, or when it is told to."""
        if os.read(GO, 1) != b"+":
            return {"began": None, "requests": []}
        return asyncio.run(self._run())

    async def _run(self) -> dict:
        waiting = iter(self._rows)
        began = time.monotonic_ns()
        senders = [asyncio.create_task(self._send(waiting)) for _ in range(self._at_once)]
        all_sent = asyncio.gather(*senders)
        asyncio.get_running_loop().add_reader(GO, all_sent.cancel)
        # When it is told to report, it reports what there is: what was not answered stays so.
        with suppress(asyncio.CancelledError):
            await all_sent
        return {"began": began, "requests": [row for row in self._rows if row[1] is not None]}

    async def _send(self, waiting: Iterator[list]) -> None:
        for row in waiting:
            row[1] = time.monotonic_ns()
            try:
                row[4] = await self._ask(row)
                row[3] = time.monotonic_ns()
            except (OSError, AnswerError, asyncio.IncompleteReadError) as error:
                row[5] = type(error).__name__
            except asyncio.LimitOverrunError:
                row[5] = AnswerError.__name__

    async def _ask(self, row: list) -> int:
        """The status of the answer, once it is whole."""
        reader, writer = await asyncio.open_connection(
            network.HOST, network.SERVER, limit=_MOST_HEAD
        )
        row[2] = time.monotonic_ns()
        try:
            head = f"GET {self._path} HTTP/1.1\r\nHost: {network.HOST}\r\n{HEADER}: {row[0]}\r\n"
            writer.write(f"{head}Connection: close\r\n\r\n".encode())
            status, length = _read_head(await reader.readuntil(b"\r\n\r\n"))
            await _read_body(reader, length)
        finally:
            writer.close()
        return status


def _read_head(head: bytes) -> tuple[int, int | None]:
    """Status, and length of the body; None: until the connection ends."""
    first, *lines = head.split(b"\r\n")
    parts = first.split(b" ")
    if not first.startswith(b"HTTP/1.") or len(parts) < 2:
        raise AnswerError
    lengths = [line[len(_LENGTH) :] for line in lines if line.lower().startswith(_LENGTH)]
    return _whole(parts[1], 999), _whole(lengths[0], _MOST_BODY) if lengths else None


def _whole(text: bytes, most: int) -> int:
    text = text.strip()
    if not text.isdigit() or len(text) > len(str(most)) or int(text) > most:
        raise AnswerError
    return int(text)


async def _read_body(reader: asyncio.StreamReader, length: int | None) -> None:
    left = _MOST_BODY if length is None else length
    while left > 0:
        chunk = await reader.read(min(_CHUNK, left))
        if not chunk:
            if length is None:
                return
            raise AnswerError
        left -= len(chunk)
    if length is None:
        raise AnswerError
