"""Frames on the channel to the outer supervisor: four bytes of length (big-endian), then the body.

A request is two frames: a header that the supervisor reads (JSON) and a body that it does not
(only the fork that does the work opens it). An answer is one frame of JSON.
"""

import json
import struct

MAX_HEADER = 64 * 1024
MAX_BODY = 8 * 1024 * 1024
_LENGTH = struct.Struct(">I")


class FrameError(Exception):
    """The other side sent something that is not a frame, or one that is too large."""


class RequestParser:
    """Takes bytes as they arrive and gives (header, body) pairs."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._header: dict | None = None

    def feed(self, data: bytes) -> list[tuple[dict, bytes]]:
        """Returns the requests that are complete with `data`; raises FrameError."""
        self._buffer += data
        requests = []
        while (frame := self._take()) is not None:
            if self._header is None:
                self._header = _parse_header(frame)
            else:
                requests.append((self._header, frame))
                self._header = None
        return requests

    def _take(self) -> bytes | None:
        if len(self._buffer) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._buffer)
        limit = MAX_HEADER if self._header is None else MAX_BODY
        if length > limit:
            raise FrameError(f"a frame of {length} bytes, at most {limit} are allowed")
        end = _LENGTH.size + length
        if len(self._buffer) < end:
            return None
        frame = bytes(self._buffer[_LENGTH.size : end])
        del self._buffer[:end]
        return frame


def encode(answer: dict) -> bytes:
    """An answer as one frame; ASCII only, so that no lone surrogate can break the encoding."""
    body = json.dumps(answer, ensure_ascii=True, allow_nan=False).encode("ascii")
    return _LENGTH.pack(len(body)) + body


def _parse_header(frame: bytes) -> dict:
    try:
        header = json.loads(frame)
    except (ValueError, RecursionError) as error:
        raise FrameError(f"a header that is not JSON: {error}") from None
    if not isinstance(header, dict) or not isinstance(header.get("id"), str):
        raise FrameError("a header without an id")
    return header
