"""What stands in for namespaces where there are none: ties between processes, folders for runs.

Each process dies with its parent, by the kernel's word: the runs and the zygote with the
supervisor, the supervisor with whoever serves. A fork that is made first of all, and runs nothing
else, waits for the supervisor's end and then removes the runs' folders.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from jail import folders, kernel, landlock, places

_PR_SET_PDEATHSIG = 1
_zygote = 0
# Truncating a file by its name is no right of its own before.
_LEAST_LANDLOCK = 3


def begin() -> None:
    """In the supervisor, before anything else is forked. Leaves when this host does not do."""
    # Away from the terminal, and from the signals that it sends.
    os.setsid()
    kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    places.supervisor = os.getpid()
    _wait_to_tidy_up()
    if os.getuid() == 0:
        sys.exit("Without namespaces nothing is run as root: start Assay as an ordinary user.")
    found = _landlock()
    if found < _LEAST_LANDLOCK:
        has = f"version {found}" if found else "none"
        sys.exit(
            f"Without namespaces, Landlock {_LEAST_LANDLOCK} or later is needed (Linux 6.2, "
            f"switched on); this kernel has {has}."
        )


def enter_zygote() -> None:
    """In the zygote, first of all. May not return."""
    import mimetypes

    global _zygote
    _die_with(places.supervisor)
    _zygote = os.getpid()
    places.move_to(f"{places.runs}/0")
    # These a run would find, and then be refused.
    mimetypes.knownfiles.clear()


def enter_own_folder() -> None:
    """In a run, or in a trial, which is the zygote's own child: makes its folder and goes there."""
    _die_with(places.supervisor, _zygote)
    _make(places.own)


@contextmanager
def scratch() -> Iterator[None]:
    """In the zygote, before anything hostile exists: a folder that is gone afterwards."""
    # A trial may have left it.
    folders.remove(places.own)
    _make(places.own)
    try:
        yield
    finally:
        os.chdir("/")
        folders.remove(places.own)


def _die_with(*parents: int) -> None:
    kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # It may have died before the kernel was told.
    if os.getppid() not in parents:
        os._exit(1)


def _landlock() -> int:
    try:
        return landlock.version()
    except PermissionError:
        # The filter of a container that knows nothing of it.
        return 0


def _make(folder: str) -> None:
    os.umask(0o077)
    os.mkdir(folder, 0o700)
    os.chdir(folder)


def _wait_to_tidy_up() -> None:
    reading, writing = os.pipe()
    if os.fork():
        # Never closed by hand, and by nobody else held for longer than the supervisor lives.
        os.close(reading)
        return
    try:
        os.setsid()
        os.close(writing)
        # Not stderr: as long as that is open, whoever serves knows that there is something left.
        os.closerange(0, 2)
        os.read(reading, 1)
        with suppress(FileNotFoundError):
            folders.remove_when_left(places.runs)
    except BaseException as error:
        os.write(2, f"{places.runs} could not be removed: {error}\n".encode())
    finally:
        os._exit(0)
