"""A request as the drive wants it, and the response as the drive sees it; of no protocol yet."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

_FORM = "application/x-www-form-urlencoded"
_BODILESS = ("GET", "HEAD")


@dataclass(frozen=True)
class Request:
    """method in capitals, path still percent-encoded, headers with names in lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


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


def prepare(method: str, path: str, data: object, headers: Mapping[str, str] | None) -> Request:
    """A mapping as data is a query for GET, else a form, or JSON by header. Raises TypeError."""
    method = method.upper()
    path, _, query = path.partition("?")
    sent = {name.lower(): str(value) for name, value in (headers or {}).items()}
    if method in _BODILESS and isinstance(data, Mapping):
        query = "&".join(part for part in (query, urlencode(data, doseq=True)) if part)
        data = None
    body = _body(data, sent)
    sent.setdefault("host", "testserver")
    if body:
        sent.setdefault("content-length", str(len(body)))
    return Request(method, path, query, sent, body)


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
