"""Runs' folders on the host, as those see them who trust nothing in them: measuring and removing.

A program may have filled its folder with links, folders without rights and endless depth. So each
folder is opened without following a link, and none is walked into deeper than one level.
"""

import contextlib
import errno
import itertools
import os
import stat
import time

from jail.limits import Limits

_SECONDS_BETWEEN_LOOKS = 0.1
_BLOCK = 512
_FOLDER_ONLY = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# The program has something of that name.
_TAKEN = (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR)
_TRIES = 40
_SECONDS_BETWEEN_TRIES = 0.05


class Folder:
    """The folder of one run: not made here, but removed."""

    def __init__(self, path: str, limits: Limits) -> None:
        self.path = path
        self.due = 0.0
        # The kernel keeps each file to diskBytes, and tells the program so: that must come first.
        self._most_bytes, self._most_files = 2 * limits.diskBytes, limits.files

    def is_overfull(self) -> bool:
        """Looks, when that is due, whether it holds more than it may."""
        if time.monotonic() < self.due:
            return False
        self.due = time.monotonic() + _SECONDS_BETWEEN_LOOKS
        return _holds_more(self.path, self._most_bytes, self._most_files)

    def remove(self) -> None:
        """Removes it with all that is in it. The run must be dead."""
        remove(self.path)


def remove(path: str) -> None:
    """Removes a folder with all that is in it; nothing when it is not there. Raises OSError."""
    try:
        top = _open_anyhow(path)
    except FileNotFoundError:
        return
    try:
        _empty(top)
    finally:
        os.close(top)
    os.rmdir(path)


def remove_when_left(path: str) -> None:
    """As `remove`, while the last of those who write there are still dying."""
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            remove(path)
            return
        time.sleep(_SECONDS_BETWEEN_TRIES)
    remove(path)


def _empty(top: int) -> None:
    """What is deeper is lifted to the top first: neither paths nor the stack can overflow."""
    numbers = itertools.count()
    while names := os.listdir(top):
        for name in names:
            if not _is_folder(name, top):
                os.unlink(name, dir_fd=top)
                continue
            inner = _open_anyhow(name, top)
            try:
                _lift(inner, top, numbers)
            finally:
                os.close(inner)
            os.rmdir(name, dir_fd=top)


def _lift(inner: int, top: int, numbers: "itertools.count[int]") -> None:
    for name in os.listdir(inner):
        if not _is_folder(name, inner):
            os.unlink(name, dir_fd=inner)
            continue
        # To move a folder elsewhere, one must be allowed to write in it.
        os.close(_open_anyhow(name, inner))
        for number in numbers:
            try:
                os.rename(name, f"lifted-{number}", src_dir_fd=inner, dst_dir_fd=top)
            except OSError as error:
                if error.errno not in _TAKEN:
                    raise
            else:
                break


def _is_folder(name: str, parent: int) -> bool:
    return stat.S_ISDIR(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode)


def _open_anyhow(name: str, parent: int | None = None) -> int:
    """A folder, never a link to one, with all rights given to its owner."""
    found = os.open(name, os.O_PATH | _FOLDER_ONLY, dir_fd=parent)
    try:
        if os.fstat(found).st_mode & stat.S_IRWXU != stat.S_IRWXU:
            # By descriptor: by name, it could be another file by now.
            os.chmod(f"/proc/self/fd/{found}", 0o700)
        return os.open(".", os.O_RDONLY | _FOLDER_ONLY, dir_fd=found)
    finally:
        os.close(found)


def _holds_more(path: str, most_bytes: int, most_files: int) -> bool:
    """Whether more files or blocks are below; stops as soon as that is known."""
    size = count = 0
    waiting = [path]
    try:
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    found = entry.stat(follow_symlinks=False)
                    count += 1
                    size += found.st_blocks * _BLOCK
                    if count > most_files or size > most_bytes:
                        return True
                    if stat.S_ISDIR(found.st_mode):
                        waiting.append(entry.path)
    except FileNotFoundError:
        # Not yet made, or removed by the program between two steps of ours.
        return False
    except OSError:
        # Too deep to be named, or closed to us: not something that could be counted.
        return True
    return False
