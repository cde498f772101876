"""One exchange with a WSGI application, as a server's worker thread would make it (PEP 3333)."""

import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from urllib.parse import unquote_to_bytes

from jail.message import Request, Response

Application = Callable[[dict, Callable], Iterable[bytes]]


def exchange(
    application: Application, request: Request, on_end: Callable[[], None], *, threads: int
) -> Response:
    """Makes the request on this thread, one of so many; `on_end` is called at the answer's end."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        started.append((status, headers))

    parts = application(_environ(request, threads), start_response)
    try:
        body = b"".join(parts)
        on_end()
    finally:
        if hasattr(parts, "close"):
            parts.close()
    if not started:
        raise RuntimeError("the application ended without an answer")
    status, headers = started[-1]
    return Response(int(status.split()[0]), {n.lower(): v for n, v in headers}, body)


def _environ(request: Request, threads: int) -> dict:
    headers = {
        "HTTP_" + name.upper().replace("-", "_"): value for name, value in request.headers.items()
    }
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if f"HTTP_{name}" in headers:
            headers[name] = headers.pop(f"HTTP_{name}")
    return {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
        "QUERY_STRING": request.query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": threads > 1,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    } | headers
