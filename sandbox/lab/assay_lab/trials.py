"""What a worker of the lab must not be able to do, tried from inside one."""

import errno
import os
import socket
from collections.abc import Callable

from jail import canaries

from assay_lab import network

_REFUSED = (errno.EPERM, errno.EACCES)
_MPTCP = 262
# Documentation, private, link-local (where clouds keep their secrets), and a well-known one.
_ELSEWHERE = ("192.0.2.1", "10.0.0.1", "169.254.169.254", "1.1.1.1")


def sing() -> list[dict]:
    """Each canary's name, and whether it held."""
    known = {name: each for name, each in canaries.CANARIES.items() if name != "socket-inet"}
    return [{"name": name, "held": _held(each)} for name, each in (known | CANARIES).items()]


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


def _stream() -> socket.socket:
    return socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def _reaches_upstream() -> bool:
    """The other way round: what a view needs, it can do."""
    with socket.create_connection((network.HOST, network.UPSTREAM), 1):
        return True


def _reaches_nobody_else() -> bool:
    def attempt(host: str) -> None:
        with _stream() as line:
            line.settimeout(1)
            line.connect((host, network.UPSTREAM))

    return all(
        _refuses(lambda h=host: attempt(h), errno.ENETUNREACH, *_REFUSED) for host in _ELSEWHERE
    )


CANARIES: dict[str, Callable[[], bool]] = {
    "upstream": _reaches_upstream,
    "elsewhere": _reaches_nobody_else,
    "socket-datagram": lambda: _refuses(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
    "socket-raw": lambda: _refuses(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)),
    "socket-inet6": lambda: _refuses(lambda: socket.socket(socket.AF_INET6, socket.SOCK_STREAM)),
    "socket-mptcp": lambda: _refuses(
        lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, _MPTCP)
    ),
    "bind": lambda: _refuses(lambda: _stream().bind((network.HOST, 0))),
    "listen": lambda: _refuses(lambda: _stream().listen()),
    "signal-master": lambda: _refuses(lambda: os.kill(1, 0)),
}
