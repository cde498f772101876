"""Where in the framework a recording learns of queries and of work that threads are given."""

from collections.abc import Callable
from types import MethodType

from asgiref.current_thread_executor import _WorkItem
from asgiref.sync import SyncToAsync

_HANDLER = SyncToAsync.thread_handler
# Of the handler: the loop, an exception, a task and who is to call, before what is called.
_BEFORE = 4


def landmarks() -> dict[str, object]:
    """Code of functions by what they do, and what is really handed over."""
    from django.db.backends.utils import CursorWrapper

    return {
        # Each has the statement in its variable `sql`.
        "queries": [CursorWrapper._execute.__code__, CursorWrapper._executemany.__code__],
        # Each has in `self.fn` what it runs, in the thread that runs it.
        "work": [_WorkItem.run.__code__],
        "handed_over": _handed_over,
    }


def _handed_over(function: Callable, args: tuple) -> tuple[Callable, tuple]:
    """What `sync_to_async` wraps into a call of its own; anything else as it is."""
    if type(function) is MethodType and function.__func__ is _HANDLER and len(args) > _BEFORE:
        return args[_BEFORE], args[_BEFORE + 1 :]
    return function, args
