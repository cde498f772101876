"""What a run must not be able to do, tried from inside one, before any work is accepted."""

import errno
import os
import socket
from collections.abc import Callable

from jail import doors, kernel, syscalls

_ROOT_ENTRIES = {"dev", "lib", "lib64", "python", "sandbox", "tmp"}
_KEYCTL = {"x86_64": 250, "aarch64": 219}
_UNSHARE_USER = 0x10000000
_REFUSED = (errno.EPERM, errno.EACCES)


def sing() -> list[dict]:
    """Each canary's name, and whether it held: true when the forbidden thing did not happen."""
    return [{"name": name, "held": _held(canary)} for name, canary in CANARIES.items()]


def _held(canary: Callable[[], bool]) -> bool:
    try:
        return canary()
    except Exception:
        return False


def _refuses(attempt: Callable[[], object], *codes: int) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno in (codes or _REFUSED)
    return False


def _fork() -> bool:
    def attempt() -> None:
        if os.fork() == 0:
            os._exit(0)

    return _refuses(attempt)


def _socket(family: int) -> Callable[[], bool]:
    return lambda: _refuses(lambda: socket.socket(family, socket.SOCK_STREAM))


def _absent(*paths: str) -> Callable[[], bool]:
    return lambda: all(_refuses(lambda p=p: os.stat(p), errno.ENOENT) for p in paths)


def _unwritable() -> bool:
    places = ("/", "/dev", "/python", "/sandbox", "/python/lib")
    attempts = (os.path.join(place, "canary") for place in places)
    codes = (errno.EROFS, *_REFUSED)
    return all(_refuses(lambda p=p: open(p, "w"), *codes) for p in attempts) and all(
        _refuses(lambda d=d: os.chmod(d, 0o600), *codes) for d in doors.DEVICES
    )


def _only_own_root() -> bool:
    try:
        return set(os.listdir("/")) <= _ROOT_ENTRIES
    except PermissionError:
        return True


def _environment() -> bool:
    return all(
        name in doors.ENVIRONMENT or name.endswith("_SETTINGS_MODULE") for name in os.environ
    )


def _descriptors() -> bool:
    def is_open(number: int) -> bool:
        try:
            os.fstat(number)
        except OSError:
            return False
        return True

    return tuple(number for number in range(1024) if is_open(number)) == doors.OPEN_IN_A_RUN


def _keyctl() -> bool:
    number = _KEYCTL[os.uname().machine]
    return _refuses(lambda: kernel.syscall(number, 0, -3, 0))


def _own_folder() -> bool:
    """The other way round: what a run needs, it can do."""
    with open("/tmp/canary", "w") as file:
        file.write("x")
    os.unlink("/tmp/canary")
    left, right = socket.socketpair()
    left.close()
    right.close()
    return bool(syscalls.numbers(syscalls.GUARDED))


CANARIES: dict[str, Callable[[], bool]] = {
    "fork": _fork,
    "exec": lambda: _refuses(lambda: os.execv("/python/bin/python3", ["python3"])),
    "socket-inet": _socket(socket.AF_INET),
    "socket-unix": _socket(socket.AF_UNIX),
    "socket-netlink": _socket(socket.AF_NETLINK),
    "socket-vsock": _socket(socket.AF_VSOCK),
    "proc": _absent("/proc", "/sys"),
    "host-files": _absent("/etc/passwd", "/etc/shadow", "/root", "/home", "/var", "/usr"),
    "host-root": _only_own_root,
    "write": _unwritable,
    "environment": _environment,
    "unshare": lambda: _refuses(lambda: kernel.unshare(_UNSHARE_USER)),
    "mount": lambda: _refuses(lambda: kernel.mount("none", "/tmp", "tmpfs", 0)),
    "keyctl": _keyctl,
    "signal": lambda: _refuses(lambda: os.kill(-1, 0), errno.ESRCH, *_REFUSED),
    "capabilities": lambda: not any(kernel.capabilities()),
    "descriptors": _descriptors,
    "own-folder": _own_folder,
}
