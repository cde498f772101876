"""What a run must not be able to do, tried from inside one, before any work is accepted."""

import errno
import os
import socket
from collections.abc import Callable, Iterable

from jail import doors, kernel, places, syscalls

_NOT_TO_BE_WRITTEN = ("/", "/dev", "/python", "/sandbox", "/python/lib")
_WRITABLE_TO_ALL = ("/", "/dev", "/dev/shm", "/run", "/tmp", "/var/tmp")
_ROOT_ENTRIES = {"dev", "lib", "lib64", "python", "sandbox", "tmp"}
_KEYCTL = {"x86_64": 250, "aarch64": 219}
_UNSHARE_USER = 0x10000000
_REFUSED = (errno.EPERM, errno.EACCES)


def sing() -> list[dict]:
    """Each canary's name, and whether it held: true when the forbidden thing did not happen."""
    chosen = CANARIES | WITHOUT_NAMESPACES if places.on_host else CANARIES
    return [{"name": name, "held": _held(canary)} for name, canary in chosen.items()]


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


def _unwritable(folders: Iterable[str]) -> bool:
    attempts = (os.path.join(folder, "canary") for folder in folders)
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


def _unreadable(*paths: str) -> Callable[[], bool]:
    """They may be there; to be read they are not."""
    codes = (errno.ENOENT, *_REFUSED)
    return lambda: all(_refuses(lambda p=p: os.open(p, os.O_RDONLY), *codes) for p in paths)


def _modes() -> bool:
    """Whose files they are does not help: a run's user may own them."""
    changes = (lambda p: os.chmod(p, 0o777), lambda p: os.utime(p))
    mine = (places.own, places.PACKAGES, places.SANDBOX)
    return all(_refuses(lambda c=c, p=p: c(p)) for c in changes for p in mine)


def _ours() -> tuple[str, ...]:
    return (places.runs, places.SANDBOX, *places.READABLE)


def _signals() -> bool:
    others = (-1, 0, 1, -os.getpid(), os.getppid(), places.supervisor)
    return all(_refuses(lambda p=p: os.kill(p, 0)) for p in others)


def _keyctl() -> bool:
    number = _KEYCTL[os.uname().machine]
    return _refuses(lambda: kernel.syscall(number, 0, -3, 0))


def _own_folder() -> bool:
    """The other way round: what a run needs, it can do."""
    name = os.path.join(places.own, "canary")
    with open(name, "w") as file:
        file.write("x")
    os.unlink(name)
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
    "write": lambda: _unwritable(_NOT_TO_BE_WRITTEN),
    "environment": _environment,
    "unshare": lambda: _refuses(lambda: kernel.unshare(_UNSHARE_USER)),
    "mount": lambda: _refuses(lambda: kernel.mount("none", "/tmp", "tmpfs", 0)),
    "keyctl": _keyctl,
    "signal": lambda: _refuses(lambda: os.kill(-1, 0), errno.ESRCH, *_REFUSED),
    "capabilities": lambda: not any(kernel.capabilities()),
    "descriptors": _descriptors,
    "own-folder": _own_folder,
}

# What the tier without namespaces promises instead: there are things of the host to be seen.
WITHOUT_NAMESPACES: dict[str, Callable[[], bool]] = {
    "proc": _unreadable(
        *("/proc", "/proc/1/environ", "/proc/1/cmdline", "/proc/self/mem", "/proc/self/maps"),
        *("/proc/self/environ", "/sys"),
    ),
    "host-files": _unreadable(
        *("/", "/etc", "/etc/passwd", "/etc/shadow", "/root", "/home", "/var", "/usr"),
        *("/tmp", "/dev", "/dev/shm", "/dev/tty"),
    ),
    "harness": lambda: _unreadable(places.SANDBOX, f"{places.SANDBOX}/jail/main.py")(),
    "other-runs": lambda: _unreadable(places.runs, f"{places.runs}/0")(),
    "write": lambda: _unwritable(filter(os.path.isdir, (*_WRITABLE_TO_ALL, *_ours()))),
    "modes": _modes,
    "signal": _signals,
}
