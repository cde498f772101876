"""The drive's requests, through the handler that it names, with what happens to each recorded."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from jail import asgi, message, wsgi
from jail.message import Request, Response
from jail.recorder import ANSWERED, RECEIVED, Recorder, current_request

ASGI, WSGI = "asgi", "wsgi"
_MOST_THREADS = 16


@dataclass(frozen=True)
class Handlers:
    """The same views behind both of the framework's handlers."""

    asgi: asgi.Application
    wsgi: wsgi.Application


class Client:
    """Makes requests and records what happens to each."""

    def __init__(self, handlers: Handlers, recorder: Recorder) -> None:
        self._handlers = handlers
        self._recorder = recorder

    async def request(
        self,
        method: str,
        path: str,
        data: object = None,
        headers: Mapping[str, str] | None = None,
        *,
        through: str = ASGI,
    ) -> Response:
        """One request. A mapping as data is a query for GET, else a form, or JSON by header."""
        [response] = await self.requests(method, path, data, headers, through=through)
        return response

    async def requests(
        self,
        method: str,
        path: str,
        data: object = None,
        headers: Mapping[str, str] | None = None,
        *,
        times: int = 1,
        at_once: bool = False,
        through: str = ASGI,
        threads: int | None = None,
    ) -> list[Response]:
        """The same request several times: one after another, or all at once.

        Through "wsgi" as many `threads` (1) as a server would have take the requests from one line.
        """
        request = message.prepare(method, path, data, headers)
        if through == ASGI and threads is None:
            return await _all(lambda: self._asgi(request), times, at_once)
        threads = _checked(through, threads)
        with ThreadPoolExecutor(threads) as pool:
            return await _all(lambda: self._wsgi(request, pool, threads), times, at_once)

    async def _asgi(self, request: Request) -> Response:
        # In a task of its own, so that the number of the request belongs to it alone.
        return await asyncio.create_task(self._asgi_exchange(request))

    async def _asgi_exchange(self, request: Request) -> Response:
        on_end = partial(self._recorder.note, ANSWERED, self._receive())
        return await asgi.exchange(self._handlers.asgi, request, on_end)

    async def _wsgi(self, request: Request, pool: Executor, threads: int) -> Response:
        # A context of its own for the same reason.
        context = contextvars.copy_context()
        work = (context.run, self._wsgi_exchange, request, threads)
        return await asyncio.get_running_loop().run_in_executor(pool, *work)

    def _wsgi_exchange(self, request: Request, threads: int) -> Response:
        on_end = partial(self._recorder.note, ANSWERED, self._receive())
        return wsgi.exchange(self._handlers.wsgi, request, on_end, threads=threads)

    def _receive(self) -> int:
        number = self._recorder.next_request()
        current_request.set(number)
        self._recorder.note(RECEIVED, number)
        return number


async def _all(
    make: Callable[[], Awaitable[Response]], times: int, at_once: bool
) -> list[Response]:
    if at_once:
        return list(await asyncio.gather(*(make() for _ in range(times))))
    return [await make() for _ in range(times)]


def _checked(through: str, threads: int | None) -> int:
    """The number of worker threads. Raises ValueError for what cannot be asked for."""
    if through == ASGI:
        raise ValueError('threads: only with through="wsgi"; an ASGI server has its event loop')
    if through != WSGI:
        raise ValueError(f'through: "{ASGI}" or "{WSGI}", not {through!r}')
    if threads is None:
        return 1
    if type(threads) is not int or not 1 <= threads <= _MOST_THREADS:
        raise ValueError(f"threads: from 1 to {_MOST_THREADS}, not {threads!r}")
    return threads
