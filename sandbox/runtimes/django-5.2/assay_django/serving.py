"""A program's views behind Django's real handlers, with every step of each request recorded."""

import functools
import sys
import types
from collections.abc import Awaitable, Callable, Generator
from typing import Protocol

from asgiref.sync import iscoroutinefunction, markcoroutinefunction

_URLS = "assay_urls"
_OWN = "assay"


class Recorder(Protocol):
    """Takes the events of the request that the present task or thread works for."""

    def note(self, kind: str) -> None:
        """Adds an event."""


def handlers(
    views: dict[str, Callable], recorder: Recorder, on_error: Callable[[BaseException], None]
) -> tuple[Callable, Callable]:
    """Applications, of ASGI and of WSGI, that serve each view at its path.

    `on_error` gets what views raise.
    """
    from django.core.handlers.asgi import ASGIHandler
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.signals import got_request_exception
    from django.urls import path

    urls = types.ModuleType(_URLS)
    urls.urlpatterns = [
        path(route.lstrip("/"), _recorded(view, recorder)) for route, view in views.items()
    ]
    sys.modules[_URLS] = urls

    def raised(**_: object) -> None:
        error = sys.exc_info()[1]
        if error is not None:
            on_error(error)

    got_request_exception.connect(raised, weak=False, dispatch_uid=_OWN)
    return ASGIHandler(), WSGIHandler()


def stop_serving() -> None:
    """Undoes what `handlers` left in the framework."""
    from django.core.signals import got_request_exception
    from django.urls import clear_url_caches, set_urlconf

    got_request_exception.disconnect(dispatch_uid=_OWN)
    sys.modules.pop(_URLS, None)
    clear_url_caches()
    set_urlconf(None)


def _recorded(view: Callable, recorder: Recorder) -> Callable:
    """The view, still of the kind it was: Django treats a sync view otherwise than an async one."""
    if not iscoroutinefunction(view):

        @functools.wraps(view)
        def sync_view(request: object, *args: object, **kwargs: object) -> object:
            recorder.note("view-entered")
            try:
                return view(request, *args, **kwargs)
            finally:
                recorder.note("view-left")

        return sync_view

    @functools.wraps(view)
    def async_view(request: object, *args: object, **kwargs: object) -> object:
        return _steps(view(request, *args, **kwargs), recorder)

    return markcoroutinefunction(async_view)


@types.coroutine
def _steps(awaitable: Awaitable, recorder: Recorder) -> Generator:
    """Drives the view's coroutine; what it awaits, and what it is sent, pass through unchanged."""
    recorder.note("view-entered")
    waiting = awaitable.__await__()
    step, value = waiting.send, None
    try:
        while True:
            try:
                awaited = step(value)
            except StopIteration as end:
                return end.value
            recorder.note("await")
            try:
                value = yield awaited
                step = waiting.send
            except GeneratorExit:
                waiting.close()
                raise
            except BaseException as error:
                step, value = waiting.throw, error
            recorder.note("resumed")
    finally:
        recorder.note("view-left")
