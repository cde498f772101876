"""Loading a program. Parsing is execution of hostile input too, so it happens here, in the run."""

import atexit
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from jail import errors, places


def load(source: str, file: str, name: str) -> ModuleType:
    """Runs the source as the module `name`; whatever it raises is raised."""
    errors.remember_source(file, source)
    module = ModuleType(name)
    module.__file__ = file
    module.__builtins__ = __builtins__
    # Before it runs, as an import would do: dataclasses and pickles look their module up.
    sys.modules[name] = module
    code = compile(source, file, "exec", dont_inherit=True)
    exec(code, module.__dict__)
    return module


def place_files(files: dict[str, str]) -> None:
    """Writes the program's other files into its folder. Raises OSError when there is no room."""
    for name, source in files.items():
        path = Path(places.own, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8", errors="surrogatepass")


def exit_code(request: SystemExit) -> int:
    """The code that the interpreter would leave with; prints a message where it would."""
    code = request.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def wind_up() -> None:
    """What the interpreter does at its end: waits for threads, runs exit handlers, flushes."""
    threading._shutdown()
    atexit._run_exitfuncs()
    flush()


def flush() -> None:
    """Flushes both streams, whatever the program has made of them."""
    for stream in (sys.stdout, sys.stderr):
        # Closed or replaced by the program.
        with suppress(Exception):
            stream.flush()
