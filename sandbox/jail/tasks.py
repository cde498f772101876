"""The asyncio tasks of a recorded run, numbered as they appear."""

import asyncio
import weakref
from itertools import islice
from types import CodeType, CoroutineType

from jail.recorder import MAX_NUMBER, current_request
from jail.safe_text import cut

# Of other loops nothing is asked: they may be the program's own.
_LOOP = asyncio.SelectorEventLoop
# The future of `asyncio.gather`, which has no public name.
_GATHERING = asyncio.tasks._GatheringFuture
_TASK = asyncio.Task
_running_loop = asyncio._get_running_loop
_running_tasks = asyncio.tasks._current_tasks
_coroutine_of = _TASK.get_coro
_name_of = _TASK.get_name
_MOST_WAITED_FOR = 50


def request_number() -> int:
    """That of the request which is worked for here; 0: none."""
    number = current_request.get()
    return number if type(number) is int and 0 <= number <= MAX_NUMBER else 0


class Tasks:
    """Knows tasks by their address. Holds none: a task that nobody holds dies as it does unseen."""

    def __init__(self, own_files: dict[str, int]) -> None:
        self.told: list[dict] = []
        # Bytes of all names, for the recording's budget.
        self.size = 0
        self._own_files = own_files
        self._known: dict[int, tuple[weakref.ref, int]] = {}
        self._unnamed: set[int] = set()

    def current(self) -> int | None:
        """The number of the one that runs on this thread, or None."""
        loop = _running_loop()
        if type(loop) is not _LOOP:
            return None
        task = _running_tasks.get(loop)
        if not issubclass(type(task), _TASK):
            return None
        number = self._number_of(task)
        told = self.told[number]
        # One that was waited for before it began was met outside of its context.
        if not told["request"]:
            told["request"] = request_number()
        return number

    def begins_in(self, number: int | None, function: str) -> None:
        """A function of the program begins in this task: the first one is the outermost."""
        if number in self._unnamed:
            self._unnamed.discard(number)
            self.told[number]["name"] = function
            self.size += len(function)

    def waited_for(self, future: object) -> list[int]:
        """The tasks behind what a coroutine awaits: one, or those of a gather."""
        if issubclass(type(future), _TASK):
            return [self._number_of(future)]
        children = future._children if type(future) is _GATHERING else None
        if type(children) is not list:
            return []
        few = islice(children, _MOST_WAITED_FOR)
        return [self._number_of(child) for child in few if issubclass(type(child), _TASK)]

    def _number_of(self, task: asyncio.Task) -> int:
        known = self._known.get(id(task))
        if known and known[0]() is task:
            return known[1]
        own_name = self._own_name(task)
        name = own_name or _name_of(task)
        name = cut(name) if type(name) is str else "Task"
        number = added(self.told, {"name": name, "request": 0})
        if own_name is None:
            self._unnamed.add(number)
        self.size += 40 + 6 * len(name)
        self._known[id(task)] = (weakref.ref(task), number)
        return number

    def _own_name(self, task: asyncio.Task) -> str | None:
        """Its function's, when that is the program's."""
        coroutine = _coroutine_of(task)
        if type(coroutine) is not CoroutineType:
            return None
        code = coroutine.cr_code
        return qualified_name(code) if own_file(code, self._own_files) is not None else None


def own_file(code: CodeType, own_files: dict[str, int]) -> int | None:
    """The number of the program's file that the code is from; None: it is none of the program's."""
    name = code.co_filename
    # Code can be given a name of any class, whose hash would be the program's.
    return own_files.get(name) if type(name) is str else None


def qualified_name(code: CodeType) -> str:
    """As a person knows the function."""
    name = code.co_qualname
    return cut(name) if type(name) is str else "function"


def added(things: list, thing: object) -> int:
    """Appends, and returns where: another thread may append as well, before the number is known."""
    things.append(thing)
    number = len(things) - 1
    while things[number] is not thing:
        number -= 1
    return number
