"""The two addresses that there are, and sockets that listen before anyone else exists."""

import socket

HOST = "127.0.0.1"
SERVER, UPSTREAM = 8000, 8001

_BACKLOG = 1024
# Accepted connections inherit these: what can pile up in the kernel is bounded by their number.
_RECEIVED, _SENT = 64 * 1024, 256 * 1024


class Listening(socket.socket):
    """A socket that listens already; whoever serves it may not ask for that again."""

    def listen(self, backlog: int = 0) -> None:
        """Nothing: the call is refused to a server, which was given its socket."""


def listen(port: int) -> socket.socket:
    """Begins to listen on loopback."""
    line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVED)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SENT)
    line.bind((HOST, port))
    line.listen(_BACKLOG)
    return line


def given(descriptor: int) -> Listening:
    """The socket that another process began to listen on."""
    return Listening(socket.AF_INET, socket.SOCK_STREAM, 0, descriptor)
