"""One exchange with an ASGI application, as a server would make it: real scope, real messages."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import unquote

from jail.message import Request, Response

Application = Callable[[dict, Callable, Callable], Awaitable[None]]


async def exchange(
    application: Application, request: Request, on_end: Callable[[], None]
) -> Response:
    """Sends the request; `on_end` is called when the last of the answer has come."""
    incoming = [{"type": "http.request", "body": request.body, "more_body": False}]
    answer = _Answer(on_end)

    async def receive() -> dict:
        if incoming:
            return incoming.pop()
        # The client stays; the application gives up waiting when it has answered.
        return await asyncio.get_running_loop().create_future()

    await application(_scope(request), receive, answer.send)
    return answer.response()


class _Answer:
    """Collects the messages of one response."""

    def __init__(self, on_end: Callable[[], None]) -> None:
        self._on_end = on_end
        self._start: dict | None = None
        self._body = bytearray()
        self._ended = False

    async def send(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False) and not self._ended:
            self._ended = True
            self._on_end()

    def response(self) -> Response:
        if self._start is None or not self._ended:
            raise RuntimeError("the application ended without an answer")
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in self._start.get("headers", [])
        }
        return Response(self._start["status"], headers, bytes(self._body))


def _scope(request: Request) -> dict:
    headers = [(name.encode(), value.encode("latin-1")) for name, value in request.headers.items()]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": unquote(request.path),
        "raw_path": request.path.encode(),
        "query_string": request.query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 50000),
        "server": ("testserver", 80),
    }
