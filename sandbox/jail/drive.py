"""The author's drive: code that makes the program act, and observes what comes of it."""

import ast
import asyncio
import inspect
import json
from types import ModuleType

from jail import canonical, errors, measures
from jail.client import Client
from jail.inputs import Inputs
from jail.recorder import Recorder
from jail.watch import Watch

FILE = "drive"


class Observed:
    """The values observed so far, each already as JSON: later changes do not reach them."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._bytes = 0

    def observe(self, name: str, value: object) -> None:
        """Keeps a value under a name that an expectation can use."""
        if fault := measures.name_fault(name):
            raise ValueError(f"observe(): {name!r} {fault}")
        if name in self._values:
            raise ValueError(f"observe(): {name!r} has been observed already")
        try:
            text = canonical.encode(value)
        except canonical.CanonicalError as error:
            raise TypeError(f"observe({name!r}): {error}") from None
        self._bytes += len(json.dumps(name)) + len(text)
        if self._bytes > canonical.MAX_BYTES:
            raise TypeError(f"observe({name!r}): more than {canonical.MAX_BYTES} bytes in all")
        self._values[name] = text

    def values(self) -> dict:
        """All of them, by name."""
        return {name: json.loads(text) for name, text in self._values.items()}


def run(
    source: str,
    program: ModuleType,
    client: Client | None,
    recorder: Recorder,
    observed: Observed,
    inputs: Inputs | None = None,
) -> None:
    """Runs the drive to its end in one event loop; whatever it raises is raised."""
    errors.remember_source(FILE, source)
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile(source, FILE, "exec", flags=flags, dont_inherit=True)
    names = {
        "__name__": "drive",
        "program": program,
        "observe": observed.observe,
        "watch": lambda *functions: Watch(recorder, program, functions),
    }
    if inputs:
        names["inputs"] = inputs
    if client:
        names |= {"request": client.request, "requests": client.requests}
    asyncio.run(_run(code, names))


async def _run(code: object, names: dict) -> None:
    # Top-level await makes the code a coroutine's; without any it has run when eval returns.
    pending = eval(code, names)
    if inspect.iscoroutine(pending):
        await pending
