"""The slow upstream: `GET /<ms>` is answered after so many milliseconds."""

import asyncio
import os
import time

from assay_lab import network
from assay_lab.attendant import GO, SOCKET

_MOST_WAIT = 60_000
_MOST_CALLS = 2_000
_MOST_HEAD = 8 * 1024
_BAD = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Upstream:
    """Notes when each call began and ended, and how many were open at once."""

    def __init__(self) -> None:
        self._calls: list[list[int | None]] = []
        self._count = self._open = self._most_open = 0

    def main(self) -> dict:
        """Serves until it is told to report."""
        return asyncio.run(self._serve())

    async def _serve(self) -> dict:
        told = asyncio.Event()
        asyncio.get_running_loop().add_reader(GO, told.set)
        server = await asyncio.start_server(
            self._answer, sock=network.given(SOCKET), limit=_MOST_HEAD
        )
        await told.wait()
        os.close(GO)
        server.close()
        return {"count": self._count, "maxOpen": self._most_open, "calls": self._calls}

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            milliseconds = _wait_of(head)
            writer.write(_BAD if milliseconds is None else await self._wait(milliseconds))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            # Whoever called has gone, or does not speak HTTP.
            pass
        finally:
            writer.close()

    async def _wait(self, milliseconds: int) -> bytes:
        call: list[int | None] = [time.monotonic_ns(), None]
        if self._count < _MOST_CALLS:
            self._calls.append(call)
        self._count += 1
        self._open += 1
        self._most_open = max(self._most_open, self._open)
        await asyncio.sleep(milliseconds / 1000)
        self._open -= 1
        call[1] = time.monotonic_ns()
        body = b'{"waited": %d}' % milliseconds
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
        return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _wait_of(head: bytes) -> int | None:
    method, _, rest = head.partition(b" ")
    path = rest.partition(b" ")[0].removeprefix(b"/")
    if method != b"GET" or not path.isdigit() or len(path) > len(str(_MOST_WAIT)):
        return None
    return min(int(path), _MOST_WAIT)
