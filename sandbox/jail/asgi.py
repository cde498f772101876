"""Requests to an ASGI application, as a server would make them: real scopes, real messages."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import unquote, urlencode

from jail.recorder import ANSWERED, RECEIVED, Recorder, current_request

Application = Callable[[dict, Callable, Callable], Awaitable[None]]
_FORM = "application/x-www-form-urlencoded"
_BODILESS = ("GET", "HEAD")


class Response:
    """status (int), headers (names in lower case), text (str), json (None unless it is JSON)."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.text = body.decode("utf-8", "replace")
        try:
            self.json = json.loads(body)
        except ValueError:
            self.json = None

    def __repr__(self) -> str:
        return f"<Response {self.status} {self.text[:60]!r}>"


class Client:
    """Makes requests of one application and records what happens to each."""

    def __init__(self, application: Application, recorder: Recorder) -> None:
        self._application = application
        self._recorder = recorder

    async def request(
        self,
        method: str,
        path: str,
        data: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """One request. A mapping as data is a query for GET, else a form, or JSON by header."""
        scope, body = _scope(method, path, data, dict(headers or {}))
        # In a task of its own, so that the number of the request belongs to it alone.
        return await asyncio.create_task(self._exchange(scope, body))

    async def requests(
        self,
        method: str,
        path: str,
        data: object = None,
        headers: Mapping[str, str] | None = None,
        *,
        times: int = 1,
        at_once: bool = False,
    ) -> list[Response]:
        """The same request several times: one after another, or all at once."""
        if at_once:
            calls = (self.request(method, path, data, headers) for _ in range(times))
            return list(await asyncio.gather(*calls))
        return [await self.request(method, path, data, headers) for _ in range(times)]

    async def _exchange(self, scope: dict, body: bytes) -> Response:
        number = self._recorder.next_request()
        current_request.set(number)
        incoming = [{"type": "http.request", "body": body, "more_body": False}]
        answer = _Answer(lambda: self._recorder.note(ANSWERED, number))

        async def receive() -> dict:
            if incoming:
                return incoming.pop()
            # The client stays; the application gives up waiting when it has answered.
            return await asyncio.get_running_loop().create_future()

        self._recorder.note(RECEIVED, number)
        await self._application(scope, receive, answer.send)
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


def _scope(method: str, path: str, data: object, headers: dict[str, str]) -> tuple[dict, bytes]:
    method = method.upper()
    path, _, query = path.partition("?")
    sent = {name.lower(): str(value) for name, value in headers.items()}
    if method in _BODILESS and isinstance(data, Mapping):
        query = "&".join(part for part in (query, urlencode(data, doseq=True)) if part)
        data = None
    body = _body(data, sent)
    sent.setdefault("host", "testserver")
    if body:
        sent.setdefault("content-length", str(len(body)))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items()],
        "client": ("127.0.0.1", 50000),
        "server": ("testserver", 80),
    }
    return scope, body


def _body(data: object, headers: dict[str, str]) -> bytes:
    if data is None:
        return b""
    if isinstance(data, bytes):
        return data
    if isinstance(data, str):
        return data.encode()
    if "json" in headers.get("content-type", ""):
        return json.dumps(data).encode()
    if isinstance(data, Mapping):
        headers.setdefault("content-type", _FORM)
        return urlencode(data, doseq=True).encode()
    raise TypeError(f"data is a {type(data).__name__}: only a form may leave its content-type out")
